import { type ReactNode, useState } from 'react';
import { useText } from '../../text/strings';
import { Button } from '../../ui/button';
import { Table } from '../../ui/table';
import type { SheetFault } from '../answers';
import { cellOf, type Columns } from './columns';
import { fieldOf, useFaultWords } from './fault-words';
import type { OwnRow } from './sheet-file';
import { importStrings } from './strings';

const AT_ONCE = 20;

interface Props {
  readonly caption: string;
  readonly faults: readonly SheetFault[];
  readonly rows: readonly OwnRow[];
  readonly columns: Columns;
}

/** What is wrong, by row and field. The server repeats no value; what stands in the sheet the browser knows. */
export function FaultTable({ caption, faults, rows, columns }: Props): ReactNode {
  const say = useText(importStrings);
  const words = useFaultWords();
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const valueOf = (fault: SheetFault): string => {
    const [row, field] = [byRow.get(fault.row), fieldOf(fault)];
    return row && field ? cellOf(row, field, columns) || '–' : '–';
  };
  return (
    <Shortened of={faults}>
      {(shown) => (
        <Table
          caption={caption}
          rows={shown}
          keyOf={({ row, field, code }) => `${row} ${field} ${code}`}
          columns={[
            { title: say('table.row'), cell: ({ row }) => say('table.numbered', { row }) },
            { title: say('table.field'), cell: words.field },
            { title: say('table.value'), cell: valueOf },
            { title: say('table.why'), cell: words.why },
          ]}
        />
      )}
    </Shortened>
  );
}

/** The beginning of a long list, and more of it for whoever asks. */
export function Shortened<T>({
  of,
  children,
}: {
  readonly of: readonly T[];
  readonly children: (shown: readonly T[]) => ReactNode;
}): ReactNode {
  const say = useText(importStrings);
  const [many, setMany] = useState(AT_ONCE);
  return (
    <>
      {children(of.slice(0, many))}
      {of.length > many ? (
        <p>
          {say('trial.shown', { shown: many, of: of.length })}{' '}
          <Button kind="second" onClick={() => setMany(many + 5 * AT_ONCE)}>
            {say('trial.more')}
          </Button>
        </p>
      ) : null}
    </>
  );
}
