import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useChange } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNotice } from '../ui/problem';
import { useModelName } from './model-state';
import { type Context, listOf, type ReadModel, rebuildOf, type RebuildProgress } from './system-answers';
import { RebuildRunning, useNumbers } from './rebuild-running';
import { systemStrings } from './system-strings';

interface Props {
  readonly context: Context;
  readonly model: ReadModel;
  readonly announce: (words: string) => void;
}

/** The last rebuild of a read model: how far it is, or how it ended and where another begins. */
export function RebuildCell({ context, model, announce }: Props): ReactNode {
  const say = useText(systemStrings);
  const of = useModelName()(model.name);
  const { rebuild } = model;
  const now = rebuild && `${rebuild.state} ${rebuild.startedAt}`;
  const before = useRef(now);
  useEffect(() => {
    if (now === before.current) return;
    before.current = now;
    if (rebuild && rebuild.state !== 'running') announce(say(`said.${rebuild.state}`, { of }));
  }, [now]);
  if (rebuild?.state === 'running') return <RebuildRunning context={context} name={model.name} known={rebuild} announce={announce} />;
  return (
    <>
      <Ended rebuild={rebuild} />
      {model.rebuildable ? <Ask context={context} name={model.name} announce={announce} /> : null}
    </>
  );
}

function Ended({ rebuild }: { readonly rebuild: RebuildProgress | undefined }): ReactNode {
  const say = useText(systemStrings);
  const { instant } = useDates();
  const { number } = useNumbers();
  if (!rebuild || rebuild.state === 'running') return null;
  const { state, startedAt, endedAt = startedAt, applied, reason = '–' } = rebuild;
  return <p>{say(`ended.${state}`, { at: instant(endedAt), applied: number(applied), reason })}</p>;
}

/** Says first what it does. */
function Ask({
  context,
  name,
  announce,
}: {
  readonly context: Context;
  readonly name: string;
  readonly announce: Props['announce'];
}): ReactNode {
  const say = useText(systemStrings);
  const of = useModelName()(name);
  const [open, setOpen] = useState(false);
  const start = useChange(rebuildOf(context), [listOf(context)]);
  // Said also where the list, read again, has drawn what runs in place of this by then.
  const go = (): void =>
    void start.mutateAsync({ params: { name } }).then(
      () => {
        setOpen(false);
        announce(say('said.begun', { of }));
      },
      () => undefined,
    );
  const close = (): void => {
    setOpen(false);
    start.reset();
  };
  return (
    <>
      <Actions>
        <Button kind="second" aria-label={say('rebuildOf', { of })} onClick={() => setOpen(true)}>
          {say('rebuild')}
        </Button>
      </Actions>
      <Dialog title={say('ask.title')} open={open} onClose={close}>
        <p>{say('ask.of', { of })}</p>
        <ul>
          <li>{say('ask.nothingLost')}</li>
          <li>{say('ask.meanwhile')}</li>
          <li>{say('ask.cancel')}</li>
          <li>{say('ask.trail')}</li>
        </ul>
        <ProblemNotice error={start.error} words={useRebuildProblems()} />
        <Actions>
          <Button busy={start.isPending} onClick={go}>
            {say('ask.go')}
          </Button>
          <Button kind="second" onClick={close}>
            {say('ask.notNow')}
          </Button>
        </Actions>
      </Dialog>
    </>
  );
}

export function useRebuildProblems(): Readonly<Record<string, string>> {
  const say = useText(systemStrings);
  return {
    'projection.rebuilding': say('problem.rebuilding'),
    'projection.not-rebuilding': say('problem.over'),
    'projection.not-rebuildable': say('problem.acts'),
  };
}
