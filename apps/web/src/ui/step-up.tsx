import { type ReactNode, useEffect, useState } from 'react';
import { BACK_PATH } from '../session/session-guard';
import { signInAddress, useMe, useSession } from '../session/session';
import { useDemo } from '../shell/demo';
import { useText } from '../text/strings';
import { Actions, Button } from './button';
import { Dialog } from './dialog';
import { Notice } from './notice';
import { uiStrings } from './strings';

export type Level = 2 | 3;

/** Where the person signs in again, more strongly. In demo mode the same invented person is marked already. */
function useStrongerSignIn(level: Level, goto: string): string {
  const { data: me } = useMe();
  const { data: demo } = useDemo();
  const sub = demo?.personas.find(({ name }) => name === me?.data.name)?.sub;
  return signInAddress(goto, { acr: String(level), ...(sub === undefined ? {} : { persona: sub }) });
}

export interface StepUp {
  /** Does the act, or asks for the stronger sign-in first. What was typed stays in this page: the sign-in happens in another tab. */
  readonly before: (act: () => void) => () => void;
  /** Whether the sign-in is strong enough; where not, it is asked for. For forms, which say first what is wrong with them. */
  readonly enough: () => boolean;
  /** To be shown beside the act. */
  readonly dialog: ReactNode;
}

/** For acts that need more than an everyday sign-in. The server decides; this only spares people a refusal. */
export function useStepUp(level: Level): StepUp {
  const { data: session } = useSession();
  const [asked, setAsked] = useState<'no' | 'open' | 'done'>('no');
  const strong = (session?.acr ?? 1) >= level;
  const enough = (): boolean => {
    setAsked(strong ? 'no' : 'open');
    return strong;
  };
  return {
    enough,
    before: (act) => () => {
      if (enough()) act();
    },
    dialog:
      asked === 'no' ? null : strong ? (
        <Strengthened />
      ) : (
        <SignInDialog level={level} open={asked === 'open'} onClose={() => setAsked('no')} />
      ),
  };
}

function Strengthened(): ReactNode {
  const say = useText(uiStrings);
  return <Notice tone="good" title={say('stepUp.done')} urgent />;
}

function SignInDialog({
  level,
  open,
  onClose,
}: {
  readonly level: Level;
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const say = useText(uiStrings);
  const { refetch } = useSession();
  const address = useStrongerSignIn(level, BACK_PATH);
  useEffect(() => {
    if (!open) return;
    const again = (): void => void refetch();
    window.addEventListener('focus', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      window.removeEventListener('focus', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, [open, refetch]);
  return (
    <Dialog title={say('stepUp.title')} open={open} onClose={onClose}>
      <p>{say(level === 3 ? 'stepUp.three' : 'stepUp.two')}</p>
      <p>{say('stepUp.kept')}</p>
      <Actions>
        <a className="rc-button" href={address} target="_blank" rel="noopener">
          {say('stepUp.go')}
        </a>
        <Button kind="second" onClick={() => void refetch()}>
          {say('stepUp.checked')}
        </Button>
        <Button kind="second" onClick={onClose}>
          {say('cancel')}
        </Button>
      </Actions>
    </Dialog>
  );
}

/** A screen that is only read at this strength: nothing is typed yet, so the sign-in takes this tab and comes back here. */
export function AtLeast({ level, children }: { readonly level: Level; readonly children: ReactNode }): ReactNode {
  const say = useText(uiStrings);
  const { data: session } = useSession();
  const address = useStrongerSignIn(level, location.pathname + location.search);
  if (!session?.signedIn || (session.acr ?? 1) >= level) return children;
  return (
    <Notice tone="warn" title={say('stepUp.title')}>
      <p>{say(level === 3 ? 'stepUp.three' : 'stepUp.two')}</p>
      <Actions>
        <a className="rc-button" href={address}>
          {say('stepUp.go')}
        </a>
      </Actions>
    </Notice>
  );
}
