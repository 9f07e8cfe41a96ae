import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { setDoor } from './door';
import { SHORTEST_PIN, WrongPin } from './locker';
import { OpenByPasskey } from './passkey-part';
import { Asking, PinField } from './pin-field';
import { offlineStrings } from './strings';
import { useLocker } from './use-locker';

export function SetUpForm(): ReactNode {
  const say = useText(offlineStrings);
  const { make } = useLocker();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<'short' | 'differs'>();
  const [busy, setBusy] = useState(false);
  if (!make) return <Notice title={say('setUp.signIn')} />;
  const submit = (): void => {
    const fault = pin.length < SHORTEST_PIN ? 'short' : pin === again ? undefined : 'differs';
    setWrong(fault);
    if (fault !== undefined || busy) return;
    setBusy(true);
    // Asked for while somebody presses a button: some browsers grant it only then.
    void navigator.storage?.persist?.().catch(() => false);
    void make(pin).finally(() => setBusy(false));
  };
  return (
    <Asking onEnter={submit}>
      <p>{say('setUp.text')}</p>
      <p className="rc-soft">{say('setUp.honest')}</p>
      <PinField label={say('setUp.pin')} value={pin} onChange={setPin} error={wrong === 'short' ? say('setUp.short') : undefined} />
      <PinField
        label={say('setUp.again')}
        value={again}
        onChange={setAgain}
        error={wrong === 'differs' ? say('setUp.differs') : undefined}
      />
      <Actions>
        <Button busy={busy} onClick={submit}>
          {say('setUp.go')}
        </Button>
      </Actions>
    </Asking>
  );
}

export function OpenForm({ onOpened }: { readonly onOpened?: () => void }): ReactNode {
  const say = useText(offlineStrings);
  const { open } = useLocker();
  const [pin, setPin] = useState('');
  const [left, setLeft] = useState<number>();
  const [busy, setBusy] = useState(false);
  const submit = (): void => {
    if (busy || pin === '') return;
    setBusy(true);
    open(pin)
      .then(() => onOpened?.())
      .catch((error: unknown) => {
        if (!(error instanceof WrongPin)) throw error;
        setPin('');
        setLeft(error.left);
      })
      .finally(() => setBusy(false));
  };
  if (left === 0) return <Wiped />;
  return (
    <Asking onEnter={submit}>
      <PinField
        label={say('open.pin')}
        value={pin}
        onChange={setPin}
        error={left === undefined ? undefined : say('open.wrong', { count: left })}
      />
      <Actions>
        <Button busy={busy} onClick={submit}>
          {say('open.go')}
        </Button>
        <OpenByPasskey {...(onOpened ? { onOpened } : {})} />
      </Actions>
    </Asking>
  );
}

/** Said before the screen turns to a fresh start. */
function Wiped(): ReactNode {
  const say = useText(offlineStrings);
  useEffect(() => () => setDoor({ state: 'none', waiting: 0, drafts: 0 }), []);
  return <Notice tone="danger" title={say('open.wiped')} urgent />;
}
