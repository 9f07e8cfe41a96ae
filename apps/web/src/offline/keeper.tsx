import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useMe, useSession } from '../session/session';
import { useText } from '../text/strings';
import { closeDoor, doorNow, setDoor, useDoor, useOnline } from './door';
import { lockerHere, thisIs } from './locker';
import { type Round, sendWaiting } from './sending';
import { useVersion } from './take-version';
import { contentsOf, type LockerRecord } from './store';
import { offlineStrings } from './strings';
import { VersionLine } from './version-line';

const AGAIN = 30_000;

/** Knows whose device this is, sends what waits as soon as it can, and says how things stand. */
export default function Keeper(): ReactNode {
  const say = useText(offlineStrings);
  const online = useOnline();
  const door = useDoor();
  const { data: session } = useSession();
  useWhose();
  const round = useSending();
  const signedOut = door.waiting > 0 && (round === 'signed-out' || session?.signedIn === false);
  const version = useVersion();
  if (online && door.waiting === 0 && version === 'current') return null;
  return (
    <div className="rc-line rc-no-print" role="status">
      {online ? null : (
        <>
          <strong>{say('bar.offline')}</strong> <Link to="/contatti/nuovo">{say('bar.canWrite')}</Link>{' '}
        </>
      )}
      {door.waiting > 0 ? <span>{say('bar.waiting', { count: door.waiting })}. </span> : null}
      {online && door.state === 'closed' ? <span>{say('bar.closed')} </span> : null}
      {online && signedOut && door.state === 'open' ? <span>{say('bar.signedOut')} </span> : null}
      {online && door.waiting === 0 ? null : <Link to="/bozze">{say('bar.open')}</Link>}
      {online && round === 'no-right' ? <span>{say('waiting.line.no-right')} </span> : null}
      {version === 'current' ? null : <VersionLine version={version} />}
    </div>
  );
}

/** The locker follows the person: somebody else's is closed at once and cannot be opened here until its owner is back. */
function useWhose(): void {
  const { data: session, isError } = useSession();
  const { data: me } = useMe();
  const member = session?.signedIn ? me?.data.member : undefined;
  const signedOut = session?.signedIn === false;
  useEffect(() => {
    let current = true;
    const settle = async (): Promise<void> => {
      const { locker } = doorNow();
      if (member !== undefined && locker && !(await locker.isOf(member))) closeDoor();
      // Without a line nobody can say who is here: then it is whoever was signed in last, if they know the PIN.
      const record = member === undefined ? await lockerHere() : await thisIs(member);
      if (current) await show(record);
    };
    if (member !== undefined || signedOut || isError) void settle();
    return () => void (current = false);
  }, [member, signedOut, isError]);
  // The end of a session takes the key with it.
  useEffect(() => {
    if (signedOut) closeDoor();
  }, [signedOut]);
}

async function show(record: LockerRecord | undefined): Promise<void> {
  if (!record) return setDoor({ state: 'none', waiting: 0, drafts: 0 });
  const contents = await contentsOf(record.id);
  const { state, locker } = doorNow();
  setDoor(state === 'open' && locker?.id === record.id ? contents : { state: 'closed', ...contents });
}

/** Sends when the door opens, when something is put by, when the line or the session is back; and now and then while something waits. */
function useSending(): Round | undefined {
  const { locker, waiting } = useDoor();
  const online = useOnline();
  const { data: session } = useSession();
  const client = useQueryClient();
  const [last, setLast] = useState<Round>();
  const go = useCallback(async (): Promise<void> => {
    if (!locker) return;
    setLast(await sendWaiting(locker));
    await client.invalidateQueries({ predicate: ({ queryKey }) => /^\/api\/(cases|contacts)/.test(String(queryKey[0])) });
  }, [locker, client]);
  const possible = locker !== undefined && waiting > 0 && online;
  useEffect(() => {
    if (!possible) return;
    void go();
    const timer = setInterval(() => void go(), AGAIN);
    return () => clearInterval(timer);
  }, [possible, waiting, session?.signedIn, go]);
  return last;
}
