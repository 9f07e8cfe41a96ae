import { useLanguage } from '../../text/language';
import { useText } from '../../text/strings';
import { wordsOfField } from '../../text/words-of-field';
import type { SheetFault } from '../answers';
import { type Field, FIELDS } from './columns';
import { importStrings } from './strings';

const KNOWN: readonly (readonly [RegExp, Exclude<keyof typeof importStrings.it.why, 'other'>])[] = [
  [/^field\.required$/, 'required'],
  [/^row\.empty$/, 'empty'],
  [/^row\.left$/, 'left'],
  [/^date\.|^contact\.no-day$/, 'date'],
  [/^contact\.in-the-future$/, 'future'],
  [/^contact\.row-recorded$/, 'recorded'],
  [/^contact\.unknown-comune$/, 'comune'],
  [/^contact\.unknown-language$/, 'language'],
  [/^code\.|^contact\.unknown-/, 'code'],
];

export const fieldOf = ({ field }: SheetFault): Field | undefined => FIELDS.find((one) => one === field);

/** What is wrong with a row, in words. */
export function useFaultWords(): { readonly field: (fault: SheetFault) => string; readonly why: (fault: SheetFault) => string } {
  const say = useText(importStrings);
  const language = useLanguage();
  return {
    field: (fault) => say(`field.${fieldOf(fault) ?? 'row'}`),
    why: (fault) => {
      const found = KNOWN.find(([code]) => code.test(fault.code))?.[1];
      if (found === undefined) return wordsOfField('', fault.code, language) ?? say('why.other', { code: fault.code });
      // Both are codes by their form, and people know them by other words.
      const own = found === 'code' && (fault.field === 'comune' || fault.field === 'language') ? fault.field : found;
      return say(`why.${own}`);
    },
  };
}
