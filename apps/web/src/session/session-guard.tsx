import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { get } from '../api/client';
import { closeDoor, useOnline } from '../offline/door';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { type Me, serverNow, signInAddress, useMe, useSession } from './session';
import { SignOutButton } from './sign-out';
import { sessionStrings } from './strings';

const WARN_BEFORE = 2 * 60_000;
const TICK = 5_000;
/** Where the other tab ends after signing in again. */
export const BACK_PATH = '/rientro';

const EndedOffline = lazy(() => import('../offline/ended-offline'));

/** Another session in this browser may be another person's: who it is, is asked anew. */
function useWhoIsThis(csrf: string | undefined): void {
  const client = useQueryClient();
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (csrf === undefined) return;
    if (last.current !== undefined && last.current !== csrf) void client.invalidateQueries({ queryKey: ['/api/members/me'] });
    last.current = csrf;
  }, [csrf, client]);
}

/** Warns before a session idles out, and covers the page once it has ended: text that was typed stays where it is. */
export function SessionGuard(): ReactNode {
  const say = useText(sessionStrings);
  const { fromNow } = useDates();
  const { data: session, refetch } = useSession();
  useWhoIsThis(session?.csrf);
  const { data: me } = useMe();
  const [now, setNow] = useState(serverNow());
  const was = useRef<Me | undefined>(undefined);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!me) return;
    // A page of one person must not go on as another's.
    if (was.current && was.current.member !== me.data.member) location.replace('/');
    was.current = me.data;
  }, [me]);

  const ends = session?.idleEnds === undefined ? undefined : Date.parse(session.idleEnds);
  const ended = was.current !== undefined && (session?.signedIn === false || (ends !== undefined && now >= ends));
  const ending = !ended && session?.signedIn === true && ends !== undefined && ends - now < WARN_BEFORE;

  const online = useOnline();
  // For whom the PIN has shown, without a line, that it is still the same person; until the line is back.
  const [same, setSame] = useState(false);
  // The end of a session takes the key of what is kept here with it.
  useEffect(() => {
    if (ended) closeDoor();
    else setSame(false);
  }, [ended]);
  if (ended && !online) {
    return same ? null : (
      <Suspense>
        <EndedOffline onSame={() => setSame(true)} />
      </Suspense>
    );
  }
  if (ended) {
    return (
      <Dialog title={say('ended.title')} open>
        <p>{say('ended.text')}</p>
        <Actions>
          <a className="rc-button" href={signInAddress(BACK_PATH)} target="_blank" rel="noopener">
            {say('ended.again')}
          </a>
          <Button kind="second" onClick={() => void refetch()}>
            {say('ended.checked')}
          </Button>
        </Actions>
      </Dialog>
    );
  }
  return (
    <Dialog title={say('ending.title')} open={ending}>
      <p>{say('ending.text', { when: ending ? fromNow(new Date(ends).toISOString(), now) : '' })}</p>
      <Actions>
        <Button onClick={() => void get('/api/members/me').then(() => refetch())}>{say('ending.stay')}</Button>
        <SignOutButton />
      </Actions>
    </Dialog>
  );
}
