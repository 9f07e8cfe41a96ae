import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { setDoor } from './door';
import { lockerHere, type OpenLocker, WrongPin } from './locker';
import { mayHavePasskeys, NoKeys, NoPasskey } from './passkey';
import { Asking, PinField } from './pin-field';
import { offlineStrings } from './strings';
import { useLocker } from './use-locker';

/** Whether the locker of this device has a passkey beside its PIN; undefined until that is known. */
function usePasskeyHere(version: number): boolean | undefined {
  const [has, setHas] = useState<boolean>();
  useEffect(() => {
    let current = true;
    void lockerHere().then((record) => (current ? setHas(record?.passkey !== undefined) : undefined));
    return () => void (current = false);
  }, [version]);
  return has;
}

/** Beside the PIN, where a passkey was added: pressed, never asked for by itself. */
export function OpenByPasskey({ onOpened }: { readonly onOpened?: () => void }): ReactNode {
  const say = useText(offlineStrings);
  const { openWithPasskey } = useLocker();
  const has = usePasskeyHere(0);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!has || !mayHavePasskeys()) return null;
  const press = (): void => {
    setBusy(true);
    setFailed(false);
    openWithPasskey()
      .then(() => onOpened?.())
      .catch((error: unknown) => {
        if (!(error instanceof NoPasskey || error instanceof NoKeys || error instanceof WrongPin)) throw error;
        setFailed(true);
      })
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button kind="second" busy={busy} onClick={press}>
        {say('open.passkey')}
      </Button>
      {failed ? <p role="alert">{say('open.passkeyFailed')}</p> : null}
    </>
  );
}

type Outcome = 'done' | 'cannot' | 'closed' | 'removed';

/** Adds a passkey as a second way to open, or takes it away. Where there can be none, that is said. */
export function PasskeyPart({ locker }: { readonly locker: OpenLocker }): ReactNode {
  const say = useText(offlineStrings);
  const { addPasskey, removePasskey } = useLocker();
  const [version, setVersion] = useState(0);
  const has = usePasskeyHere(version);
  const [pin, setPin] = useState('');
  const [left, setLeft] = useState<number>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const settle = (how: Outcome): void => {
    setOutcome(how);
    setPin('');
    setLeft(undefined);
    setVersion((before) => before + 1);
  };
  const add = (): void => {
    if (busy || pin === '') return;
    setBusy(true);
    addPasskey(locker, pin)
      .then(() => settle('done'))
      .catch((error: unknown) => {
        if (error instanceof WrongPin) {
          // Wiped, as at the door: the PIN guards this as well.
          if (error.left === 0) return setDoor({ state: 'none', waiting: 0, drafts: 0 });
          setPin('');
          return setLeft(error.left);
        }
        if (error instanceof NoKeys) return settle('cannot');
        if (error instanceof NoPasskey) return settle('closed');
        throw error;
      })
      .finally(() => setBusy(false));
  };
  if (!mayHavePasskeys()) return <p className="rc-soft">{say('passkey.cannot')}</p>;
  return (
    <>
      {outcome === undefined ? null : (
        <Notice tone={outcome === 'done' || outcome === 'removed' ? 'good' : 'warn'} title={say(`passkey.${outcome}`)} urgent />
      )}
      {has === false ? (
        <details>
          <summary>{say('passkey.add')}</summary>
          <p>{say('passkey.text')}</p>
          <Asking onEnter={add}>
            <PinField
              label={say('passkey.pin')}
              value={pin}
              onChange={setPin}
              error={left === undefined ? undefined : say('open.wrong', { count: left })}
            />
            <Actions>
              <Button busy={busy} onClick={add}>
                {say('passkey.go')}
              </Button>
            </Actions>
          </Asking>
        </details>
      ) : null}
      {has ? (
        <Button kind="second" onClick={() => void removePasskey(locker).then(() => settle('removed'))}>
          {say('passkey.remove')}
        </Button>
      ) : null}
    </>
  );
}
