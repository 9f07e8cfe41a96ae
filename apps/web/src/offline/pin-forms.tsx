import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { setDoor } from './door';
import { SHORTEST_PIN, WrongPin } from './locker';
import { offlineStrings } from './strings';
import { useLocker } from './use-locker';

/** A secret typed by hand: never offered to the browser's own store. */
export function PinField({
  label,
  value,
  error,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className={error === undefined ? 'rc-field' : 'rc-field rc-field-bad'}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        className="rc-input"
        autoComplete="off"
        value={value}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error === undefined ? null : (
        <p id={`${id}-error`} className="rc-field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/**
 * Sends on Enter like a form, and is none: these stand inside other forms, and a browser that meets a form in a form sends the inner one by itself,
 * with a new page in the place of everything that was typed.
 */
function Asking({ onEnter, children }: { readonly onEnter: () => void; readonly children: ReactNode }): ReactNode {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <div role="group" onKeyDown={pressed}>
      {children}
    </div>
  );
}

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
