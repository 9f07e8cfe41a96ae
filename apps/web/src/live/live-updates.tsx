import type { ReactNode } from 'react';
import { rolesOf, useMe, useSession } from '../session/session';
import { useText } from '../text/strings';
import { followedBy } from './contexts';
import { useInterrupted } from './live-state';
import { liveStrings } from './strings';
import { useLiveUpdates } from './use-live-updates';

/** Follows what the role may follow, and says quietly when it cannot. */
export function LiveUpdates(): ReactNode {
  const say = useText(liveStrings);
  const { data: session } = useSession();
  const { data: me } = useMe();
  useLiveUpdates(session?.signedIn ? followedBy(rolesOf(me?.data)) : []);
  const interrupted = useInterrupted();
  return (
    <p role="status" className="rc-live rc-soft rc-no-print">
      {interrupted ? say('interrupted') : ''}
    </p>
  );
}
