import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Dialog } from '../ui/dialog';
import { useDoor } from './door';
import { OpenForm } from './pin-forms';
import { offlineStrings } from './strings';

/** The session has ended where nobody can sign in again: the PIN shows that it is still the same person. */
export default function EndedOffline({ onSame }: { readonly onSame: () => void }): ReactNode {
  const say = useText(offlineStrings);
  const { state } = useDoor();
  return (
    <Dialog title={say('ended.title')} open>
      <p>{say(state === 'closed' ? 'ended.withPin' : 'ended.without')}</p>
      {state === 'closed' ? <OpenForm onOpened={onSame} /> : null}
    </Dialog>
  );
}
