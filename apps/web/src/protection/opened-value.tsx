import type { ReactNode } from 'react';
import { codesOf, type DocumentLine } from '../cases/answers';
import { DocumentLines } from '../cases/document-lines';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { Facts } from '../ui/notice';

/** The answer to one reveal: a value of the vault, or codes of a sealed field. */
export interface Revealed {
  readonly value?: string;
  readonly codes?: unknown;
}

/** Not a value, but which documents are kept elsewhere. */
export const DOCUMENTS = 'documents';
/** Lists the codes of a field come from; of the others the code is all there is. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  needs: ['need'],
  indicators: ['indicator', 'forced-labour-indicator'],
  exploitation: ['exploitation-type'],
  outcome: ['identification-outcome'],
};
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What was opened, as people say it. */
export function OpenedValue({ field, name, of }: { readonly field: string; readonly name: string; readonly of: Revealed }): ReactNode {
  const { label } = useCodes();
  const { day } = useDates();
  if (field === DOCUMENTS) return <DocumentLines lines={(Array.isArray(of.codes) ? of.codes : []) as DocumentLine[]} />;
  const inWords = (code: string): string =>
    (LISTS[field] ?? []).map((list) => label(list, code)).find((words) => words !== code) ?? (DAY.test(code) ? day(code) : code);
  const codes = typeof of.codes === 'string' ? [of.codes] : codesOf(of.codes);
  return <Facts of={[[name, of.value ?? (codes.map(inWords).join('; ') || '–')]]} />;
}
