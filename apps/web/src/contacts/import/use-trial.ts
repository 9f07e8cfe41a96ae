import { useState } from 'react';
import { useChange } from '../../api/query';
import type { Checked, SheetFault } from '../answers';
import { type Columns, inParts, isBlank, namesOf, partOf } from './columns';
import type { OwnRow, OwnSheet } from './sheet-file';

const CHECK = '/api/contacts/sheets/check';
/** Few requests, each of them soon answered. */
const AT_ONCE = 250;

/** What came of a dry run. */
export interface Trial {
  readonly columns: Columns;
  /** Rows that would be recorded. */
  readonly good: readonly OwnRow[];
  readonly faults: readonly SheetFault[];
}

/** The dry run of a whole sheet, part by part, and the server's guess at its columns. */
export function useTrial() {
  const check = useChange<typeof CHECK, Checked>(CHECK);
  const [trial, setTrial] = useState<Trial>();
  const guess = async (sheet: OwnSheet): Promise<Checked['mapping']> => {
    const { data } = await check.mutateAsync({ body: { kind: 'csv', file: namesOf(sheet) } });
    return data.mapping;
  };
  const run = async ({ rows }: OwnSheet, columns: Columns): Promise<void> => {
    const faults: SheetFault[] = rows.filter((row) => isBlank(row, columns)).map(({ row }) => ({ row, field: '', code: 'row.empty' }));
    const told = rows.filter((row) => !isBlank(row, columns));
    for (const part of inParts(told, AT_ONCE, columns)) {
      const { data } = await check.mutateAsync({ body: partOf(part, columns) });
      faults.push(...data.faults);
    }
    const bad = new Set(faults.map(({ row }) => row));
    setTrial({ columns, good: rows.filter(({ row }) => !bad.has(row)), faults: [...faults].sort((a, b) => a.row - b.row) });
  };
  return { trial, guess, run, forget: () => setTrial(undefined) };
}
