import { type ReactNode, useState } from 'react';
import type { Unsent } from '../api/problem';
import { useText } from '../text/strings';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useDoor } from './door';
import { keep } from './outbox';
import { OpenForm, SetUpForm } from './pin-forms';
import { offlineStrings } from './strings';

/** Beside "the service cannot be reached": what was about to be sent can wait here, sealed. */
export default function KeepForLater({ unsent }: { readonly unsent: Unsent }): ReactNode {
  const say = useText(offlineStrings);
  const { state, locker } = useDoor();
  const [kept, setKept] = useState<string>();
  if (kept === unsent.key) return <Notice tone="good" title={say('keep.done')} urgent />;
  if (state === 'unknown') return null;
  if (state === 'open' && locker) {
    return (
      <Button kind="second" onClick={() => void keep(locker, unsent).then(() => setKept(unsent.key))}>
        {say('keep.button')}
      </Button>
    );
  }
  return (
    <>
      <p>{say(state === 'closed' ? 'keep.closed' : 'keep.first')}</p>
      {state === 'closed' ? <OpenForm /> : <SetUpForm />}
    </>
  );
}
