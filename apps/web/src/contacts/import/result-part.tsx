import { type ReactNode, useEffect, useRef, useState } from 'react';
import { saveFile } from '../../api/download';
import { useText } from '../../text/strings';
import { Actions, Button, ButtonLink } from '../../ui/button';
import { Notice } from '../../ui/notice';
import type { SheetFault, Undone } from '../answers';
import type { Columns } from './columns';
import { FaultTable } from './fault-table';
import { useFaultWords } from './fault-words';
import { forSpreadsheet } from './plain-text';
import type { OwnSheet } from './sheet-file';
import { importStrings } from './strings';
import { UndoButton, useUndoneWords } from './undo-button';

interface Props {
  readonly sheet: OwnSheet;
  readonly columns: Columns;
  readonly recorded: number;
  readonly made: string | undefined;
  readonly refused: readonly SheetFault[];
  readonly onAnother: () => void;
}

/** The end: what was recorded, what was not and why, and the rows to be corrected as a sheet of their own. */
export function ResultPart({ sheet, columns, recorded, made, refused, onAnother }: Props): ReactNode {
  const say = useText(importStrings);
  const words = useFaultWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const undoneWords = useUndoneWords();
  const [undone, setUndone] = useState<Undone>();
  const bad = new Set(refused.map(({ row }) => row));
  const take = (): void => {
    const reasons = (row: number): string =>
      refused
        .filter((fault) => fault.row === row)
        .map((fault) => `${words.field(fault)}: ${words.why(fault)}`)
        .join('; ');
    const rows = sheet.rows.filter(({ row }) => bad.has(row));
    const lines = rows.map(({ row, cells }) => [...sheet.columns.map((_, n) => cells[n] ?? ''), reasons(row)]);
    saveFile(forSpreadsheet([[...sheet.columns, say('result.why')], ...lines]), say('result.file'));
  };
  return (
    <section className="rc-card" aria-labelledby="result">
      <h2 id="result" ref={heading} tabIndex={-1}>
        {say('result.title')}
      </h2>
      <Notice tone={bad.size === 0 ? 'good' : 'warn'} title={say('result.recorded', { count: recorded })}>
        {bad.size === 0 ? null : <p>{say('result.refused', { count: bad.size })}</p>}
      </Notice>
      {undone ? <Notice tone="good" title={undoneWords(undone)} urgent /> : null}
      {bad.size === 0 ? null : (
        <>
          <FaultTable caption={say('trial.faultRows')} faults={refused} rows={sheet.rows} columns={columns} />
          <p className="rc-soft">{say('result.takeHint')}</p>
        </>
      )}
      <Actions>
        <ButtonLink to="/contatti">{say('result.list')}</ButtonLink>
        {bad.size === 0 ? null : (
          <Button kind="second" onClick={take}>
            {say('result.take')}
          </Button>
        )}
        <Button kind="second" onClick={onAnother}>
          {say('result.another')}
        </Button>
        {made !== undefined && recorded > 0 && !undone ? <UndoButton of={made} label={say('imports.undo')} onDone={setUndone} /> : null}
      </Actions>
    </section>
  );
}
