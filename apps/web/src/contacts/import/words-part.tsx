import type { ReactNode } from 'react';
import { useRead } from '../../api/query';
import type { Comune } from '../../text/known-comuni';
import { useText } from '../../text/strings';
import { Pick } from '../../ui/pick';
import { cellOf, type Columns, type Field } from './columns';
import { useMeanings } from './columns-form';
import { fieldOf } from './fault-words';
import type { OwnSheet } from './sheet-file';
import { importStrings } from './strings';
import type { Trial } from './use-trial';

interface Props {
  readonly sheet: OwnSheet;
  readonly trial: Trial;
  readonly words: Columns['words'];
  readonly onWord: (field: Field, word: string, meaning: string | undefined) => void;
}

const MOST = 40;
const WORDY: readonly Field[] = ['comune', 'channel', 'language', 'met', 'needs', 'offered'];

/** Words of the sheet that are on no list, each once: what they mean holds for every row. */
export function unknownWords({ rows }: OwnSheet, { faults, columns }: Trial): { readonly field: Field; readonly word: string }[] {
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const found = new Map<string, { field: Field; word: string }>();
  for (const fault of faults) {
    const [row, field] = [byRow.get(fault.row), fieldOf(fault)];
    const word = row && field && WORDY.includes(field) ? cellOf(row, field, columns) : '';
    if (field && word !== '' && /^(code\.|contact\.unknown)/.test(fault.code)) found.set(`${field} ${word}`, { field, word });
  }
  return [...found.values()];
}

export function WordsPart({ sheet, trial, words, onWord }: Props): ReactNode {
  const say = useText(importStrings);
  const meanings = useMeanings();
  // What was said before stays to be corrected.
  const said = Object.entries(words).flatMap(([field, of]) => Object.keys(of).map((word) => ({ field: field as Field, word })));
  const unknown = unknownWords(sheet, trial).filter(({ field, word }) => words[field]?.[word] === undefined);
  const all = [...said, ...unknown].slice(0, MOST);
  if (all.length === 0) return null;
  return (
    <fieldset className="rc-card">
      <legend>{say('words.title')}</legend>
      <p>{say('words.text')}</p>
      {all.map(({ field, word }) => {
        const common = {
          label: say('words.label', { field: say(`field.${field}`), word }),
          any: say('words.none'),
          value: words[field]?.[word],
          onPick: (meaning: string | undefined) => onWord(field, word, meaning),
        };
        return field === 'comune' ? (
          <PickComune key={`${field} ${word}`} word={word} {...common} />
        ) : (
          <Pick key={`${field} ${word}`} {...common} choices={meanings(field)} />
        );
      })}
    </fieldset>
  );
}

const BEGINNING = 4;
/** Municipalities that begin like the word. */
function PickComune({ word, ...pick }: { readonly word: string } & Omit<Parameters<typeof Pick>[0], 'choices'>): ReactNode {
  const prefix = word.trim().slice(0, BEGINNING);
  const { data } = useRead<{ items: readonly Comune[] }, '/api/comuni'>('/api/comuni', {
    query: { prefix, limit: 50 },
    enabled: prefix.length >= 2,
    steady: true,
  });
  const choices = data?.data.items.map(({ istat, name, province }) => ({ value: istat, label: `${name} (${province})` })) ?? [];
  return <Pick {...pick} choices={choices} />;
}
