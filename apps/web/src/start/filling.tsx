import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { DemoState } from '../shell/demo';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { startStrings } from './strings';

const EVERY = 1_000;

const ask = (address: string, body: object): Promise<Response | undefined> =>
  fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).catch(() => undefined);

/** Reads the state again and again while `running`. */
function useWatching(running: boolean): () => Promise<void> {
  const client = useQueryClient();
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ['/demo'] }), EVERY);
    return () => clearInterval(timer);
  }, [running, client]);
  return () => client.invalidateQueries({ queryKey: ['/demo'] });
}

/** An empty installation is given to the story: it starts again in demo mode, at the same address. */
export function Offer(): ReactNode {
  const say = useText(startStrings);
  const [asked, setAsked] = useState(false);
  const [failed, setFailed] = useState(false);
  useWatching(asked);
  const give = async (): Promise<void> => {
    const answer = await ask('/demo/story', {});
    setAsked(answer?.ok === true);
    setFailed(answer?.ok !== true);
  };
  return (
    <Notice tone={failed ? 'danger' : 'plain'} title={say(failed ? 'story.failed' : 'story.offer')}>
      <p>{say('story.offerText')}</p>
      <Actions>
        <Button busy={asked} onClick={() => void give()}>
          {say('story.give')}
        </Button>
      </Actions>
    </Notice>
  );
}

/** On an empty instance in demo mode: what to begin with, and how far it is. */
export function Filling({ state }: { readonly state: DemoState }): ReactNode {
  const say = useText(startStrings);
  const { invented, setup } = state;
  const again = useWatching(invented.state === 'loading');
  const [refused, setRefused] = useState(false);
  const fill = async (what: 'people' | 'everything'): Promise<void> => {
    const answer = await ask('/demo/data', { what });
    setRefused(answer?.ok !== true);
    await again();
  };
  if (invented.state === 'loading') {
    const words = say('story.loading', { done: invented.done, of: invented.total });
    return (
      <Notice title={words}>
        <progress className="rc-progress" max={Math.max(1, invented.total)} value={invented.done} aria-label={words} />
      </Notice>
    );
  }
  const failed = refused || invented.state === 'failed';
  if (failed) return <Notice tone="danger" title={say('story.failed')} urgent />;
  if (setup === null) return null;
  return (
    <Notice title={say('story.empty')}>
      <p>{say('story.peopleText')}</p>
      <p>{say('story.seedText')}</p>
      <Actions>
        <Button onClick={() => void fill('people')}>{say('story.people')}</Button>
        <Button kind="second" onClick={() => void fill('everything')}>
          {say('story.seed')}
        </Button>
      </Actions>
    </Notice>
  );
}
