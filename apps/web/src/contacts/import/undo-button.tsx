import { type ReactNode, useState } from 'react';
import { useChange, useRefresh } from '../../api/query';
import { useText } from '../../text/strings';
import { Actions, Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/problem';
import type { Undone } from '../answers';
import { importStrings } from './strings';

const UNDO = '/api/contacts/imports/{import}/withdrawals';

interface Props {
  /** What is undone: the server's name of the import. */
  readonly of: string;
  readonly label: string;
  readonly onDone: (undone: Undone) => void;
}

/** The way back, piece by piece. What fails half-way is asked for again and does nothing twice. */
export function UndoButton({ of, label, onDone }: Props): ReactNode {
  const say = useText(importStrings);
  const withdraw = useChange<typeof UNDO, Undone>(UNDO);
  const refresh = useRefresh();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const all = async (): Promise<Undone> => {
    for (;;) {
      const { data } = await withdraw.mutateAsync({ params: { import: of } });
      if (data.left === 0) return data;
    }
  };
  const undo = (): void => {
    setBusy(true);
    setProblem(undefined);
    void all()
      .then((undone) => {
        setOpen(false);
        onDone(undone);
      })
      .catch((error: unknown) => setProblem(error))
      .finally(() => {
        setBusy(false);
        void refresh('/api/contacts', '/api/contacts/imports');
      });
  };
  return (
    <>
      <Button kind="danger" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog title={say('undo.title')} open={open} onClose={busy ? undefined : () => setOpen(false)}>
        <p>{say('undo.text')}</p>
        <ProblemNotice error={problem} words={{ 'contact.undo-over': say('undo.over') }} />
        <Actions>
          <Button kind="danger" busy={busy} onClick={undo}>
            {say('undo.confirm')}
          </Button>
          <Button kind="second" disabled={busy} onClick={() => setOpen(false)}>
            {say('undo.leave')}
          </Button>
        </Actions>
      </Dialog>
    </>
  );
}

/** What came of it, in words. */
export function useUndoneWords(): (undone: Undone) => string {
  const say = useText(importStrings);
  return ({ withdrawn, kept }) =>
    [say('undo.done', { count: withdrawn }), kept > 0 ? say('undo.kept', { count: kept }) : ''].join(' ').trim();
}
