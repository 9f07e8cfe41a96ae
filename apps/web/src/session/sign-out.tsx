import { lazy, type ReactNode, Suspense, useState } from 'react';
import { closeDoor, doorNow } from '../offline/door';
import { useText } from '../text/strings';
import { signOut } from './session';
import { sessionStrings } from './strings';

const LeaveDialog = lazy(() => import('../offline/leave-dialog'));

/** Ends the session. Whoever has something unsent on this device is asked first. */
export function SignOutButton(): ReactNode {
  const say = useText(sessionStrings);
  const [asking, setAsking] = useState(false);
  const press = (): void => {
    const { waiting, drafts } = doorNow();
    if (waiting + drafts > 0) return setAsking(true);
    closeDoor();
    void signOut();
  };
  return (
    <>
      <button type="button" className="rc-plain" onClick={press}>
        {say('ending.leave')}
      </button>
      {asking ? (
        <Suspense>
          <LeaveDialog onStay={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
