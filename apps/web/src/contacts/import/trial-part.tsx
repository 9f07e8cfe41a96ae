import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../../text/strings';
import { Actions, Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Table } from '../../ui/table';
import { cellOf, FIELDS } from './columns';
import { FaultTable, Shortened } from './fault-table';
import type { OwnSheet } from './sheet-file';
import { importStrings } from './strings';
import type { Trial } from './use-trial';

interface Props {
  readonly sheet: OwnSheet;
  readonly trial: Trial;
  /** Something was chosen since: what is shown here is no longer what would be done. */
  readonly stale: boolean;
  readonly onRecord: () => void;
  readonly children: ReactNode;
}

/** Step 3: what would be recorded, and what is wrong. The focus goes to the first thing that is wrong, or to the result. */
export function TrialPart({ sheet, trial, stale, onRecord, children }: Props): ReactNode {
  const say = useText(importStrings);
  const { good, faults, columns } = trial;
  const heading = useRef<HTMLHeadingElement>(null);
  const wrong = useRef<HTMLHeadingElement>(null);
  useEffect(() => (wrong.current ?? heading.current)?.focus(), [trial]);
  const rows = sheet.rows.length;
  return (
    <section className="rc-card" aria-labelledby="trial">
      <h2 id="trial" ref={heading} tabIndex={-1}>
        {say('trial.title')}
      </h2>
      <Notice
        tone={good.length === rows ? 'good' : good.length === 0 ? 'danger' : 'warn'}
        title={say(good.length === rows ? 'trial.all' : good.length === 0 ? 'trial.none' : 'trial.some', {
          good: good.length,
          count: good.length,
          rows,
        })}
      >
        <p>{say('trial.nothing')}</p>
      </Notice>
      {faults.length > 0 ? (
        <>
          <h3 ref={wrong} tabIndex={-1}>
            {say('trial.faults')}
          </h3>
          <FaultTable caption={say('trial.faultRows')} faults={faults} rows={sheet.rows} columns={columns} />
        </>
      ) : null}
      {children}
      {good.length > 0 ? (
        <>
          <h3>{say('trial.good')}</h3>
          <Shortened of={good}>
            {(shown) => (
              <Table
                caption={say('trial.goodRows')}
                rows={shown}
                keyOf={({ row }) => String(row)}
                columns={[
                  { title: say('table.row'), cell: ({ row }) => say('table.numbered', { row }) },
                  ...FIELDS.filter((field) => columns.column[field] !== '').map((field) => ({
                    title: say(`field.${field}`),
                    cell: (row: OwnSheet['rows'][number]) => cellOf(row, field, columns) || '–',
                  })),
                ]}
              />
            )}
          </Shortened>
        </>
      ) : null}
      {stale ? <Notice tone="warn" title={say('trial.stale')} /> : null}
      {good.length > 0 && !stale ? (
        <Actions>
          <Button onClick={onRecord}>{say('trial.record', { count: good.length })}</Button>
        </Actions>
      ) : null}
    </section>
  );
}
