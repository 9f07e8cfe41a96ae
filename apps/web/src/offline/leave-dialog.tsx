import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signOut } from '../session/session';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { closeDoor, useDoor } from './door';
import { decisionStrings } from './decision-strings';
import { useLocker } from './use-locker';

/** Signing out with something unsent: sent, kept or wiped, but never lost without a word. */
export default function LeaveDialog({ onStay }: { readonly onStay: () => void }): ReactNode {
  const say = useText(decisionStrings);
  const go = useNavigate();
  const { waiting, drafts } = useDoor();
  const { wipe } = useLocker();
  const leave = (): void => {
    closeDoor();
    void signOut();
  };
  return (
    <Dialog title={say('leave.title')} open onClose={onStay}>
      <p>{say('leave.text', { count: waiting + drafts })}</p>
      <p>{say('leave.shared')}</p>
      <Actions>
        <Button
          onClick={() => {
            onStay();
            void go({ to: '/bozze' });
          }}
        >
          {say('leave.send')}
        </Button>
        <Button kind="second" onClick={leave}>
          {say('leave.keep')}
        </Button>
        <Button kind="danger" onClick={() => void wipe().then(leave)}>
          {say('leave.wipe')}
        </Button>
        <Button kind="second" onClick={onStay}>
          {say('leave.stay')}
        </Button>
      </Actions>
    </Dialog>
  );
}
