import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../../text/strings';
import { Actions, Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem';
import { importStrings } from './strings';
import type { Progress, useRecording } from './use-recording';

interface Props {
  readonly progress: Progress;
  readonly of: Pick<ReturnType<typeof useRecording>, 'run' | 'stop' | 'finish'>;
}

/** Step 4: how far it is, with a way to stop and to go on. */
export function RecordingPart({ progress, of }: Props): ReactNode {
  const say = useText(importStrings);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const words = say('running.progress', { done: progress.done, of: progress.of });
  const stopped = progress.state === 'stopped';
  return (
    <section className="rc-card" aria-labelledby="recording">
      <h2 id="recording" ref={heading} tabIndex={-1}>
        {say('running.title')}
      </h2>
      <p role="status">{words}</p>
      <progress className="rc-progress" max={Math.max(1, progress.of)} value={progress.done} aria-label={words} />
      <ProblemNotice error={progress.error} />
      {stopped ? <Notice tone="warn" title={say('running.stopped')} /> : null}
      <Actions>
        {stopped ? (
          <>
            <Button onClick={of.run}>{say('running.goOn')}</Button>
            <Button kind="second" onClick={of.finish}>
              {say('running.finish')}
            </Button>
          </>
        ) : (
          <Button kind="second" disabled={progress.state === 'stopping'} onClick={of.stop}>
            {say(progress.state === 'stopping' ? 'running.stopping' : 'running.stop')}
          </Button>
        )}
      </Actions>
    </section>
  );
}
