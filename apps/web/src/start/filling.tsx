import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { DemoState } from '../shell/demo';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { startStrings } from './strings';

const EVERY = 1_000;
/** Seconds. */
const PATIENCE = 60;

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
  return () => client.invalidateQueries();
}

type What = 'people' | 'everything';
const fill = async (what: What): Promise<boolean> => (await ask('/demo/data', { what }))?.ok === true;

/** Whether the installation answers in demo mode. Nobody answers at all while it starts again: that is no fault to show. */
const inDemoMode = async (): Promise<boolean> => {
  const answer = await fetch('/demo', { cache: 'no-store' }).catch(() => undefined);
  return answer?.ok === true && ((await answer.json()) as { demo: boolean }).demo;
};
async function startedAgain(): Promise<boolean> {
  for (let seconds = 0; seconds < PATIENCE; seconds++) {
    await new Promise((done) => setTimeout(done, EVERY));
    if (await inDemoMode()) return true;
  }
  return false;
}

/** An empty installation is given to the story: it starts again in demo mode, at the same address, and is filled. */
export function Offer(): ReactNode {
  const say = useText(startStrings);
  const [asked, setAsked] = useState<What>();
  const [failed, setFailed] = useState(false);
  const again = useWatching(false);
  const give = async (what: What): Promise<void> => {
    setAsked(what);
    const given = (await ask('/demo/story', {}))?.ok === true && (await startedAgain()) && (await fill(what));
    setAsked(undefined);
    setFailed(!given);
    await again();
  };
  return (
    <Notice tone={failed ? 'danger' : 'plain'} title={say(failed ? 'story.failed' : 'story.offer')}>
      <p>{say('story.offerText')}</p>
      <Choices asked={asked} onChoice={(what) => void give(what)} />
    </Notice>
  );
}

function Choices({ asked, onChoice }: { readonly asked?: What | undefined; readonly onChoice: (what: What) => void }): ReactNode {
  const say = useText(startStrings);
  return (
    <>
      <p>{say('story.peopleText')}</p>
      <p>{say('story.seedText')}</p>
      <Actions>
        <Button busy={asked === 'people'} disabled={asked !== undefined} onClick={() => onChoice('people')}>
          {say('story.people')}
        </Button>
        <Button kind="second" busy={asked === 'everything'} disabled={asked !== undefined} onClick={() => onChoice('everything')}>
          {say('story.seed')}
        </Button>
      </Actions>
    </>
  );
}

/** On an empty instance in demo mode: what to begin with, and how far it is. */
export function Filling({ state }: { readonly state: DemoState }): ReactNode {
  const say = useText(startStrings);
  const { invented, setup } = state;
  const again = useWatching(invented.state === 'loading');
  const [refused, setRefused] = useState(false);
  const choose = async (what: What): Promise<void> => {
    setRefused(!(await fill(what)));
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
      <Choices onChoice={(what) => void choose(what)} />
    </Notice>
  );
}
