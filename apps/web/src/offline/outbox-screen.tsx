import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../text/strings';
import { Button } from '../ui/button';
import { Card, Notice } from '../ui/notice';
import { Screen } from '../ui/screen';
import { closeDoor, useDoor } from './door';
import { Discard } from './discard';
import { AsideList, DraftList, ReceiptList } from './kept-lists';
import type { OpenLocker } from './locker';
import { kept, type Kept } from './outbox';
import { PasskeyPart } from './passkey-part';
import { OpenForm, SetUpForm } from './pin-forms';
import { type Round, sendWaiting } from './sending';
import { offlineStrings } from './strings';
import { useLocker } from './use-locker';
import { WaitingList } from './waiting-list';

/** *Bozze e invio*: what lies on this device, and what is to become of it. */
export function OutboxScreen(): ReactNode {
  const say = useText(offlineStrings);
  const { state, locker } = useDoor();
  const { wipe } = useLocker();
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      {state === 'none' ? (
        <Card label={say('setUp.title')}>
          <h2>{say('setUp.title')}</h2>
          <SetUpForm />
        </Card>
      ) : null}
      {state === 'closed' ? (
        <Card label={say('open.title')}>
          <h2>{say('open.title')}</h2>
          <OpenForm />
          <Discard label={say('device.forgotten')} sure={say('device.wipeSure')} onYes={() => void wipe()} />
        </Card>
      ) : null}
      {state === 'open' && locker ? <Contents locker={locker} /> : null}
    </Screen>
  );
}

function Contents({ locker }: { readonly locker: OpenLocker }): ReactNode {
  const say = useText(offlineStrings);
  const { version, waiting } = useDoor();
  const { wipe } = useLocker();
  const [items, setItems] = useState<readonly Kept[]>([]);
  const [round, setRound] = useState<Round | 'sending'>();
  useEffect(() => {
    let current = true;
    void kept(locker).then((found) => (current ? setItems(found) : undefined));
    return () => void (current = false);
  }, [locker, version]);
  const send = (): void => {
    setRound('sending');
    void sendWaiting(locker).then(setRound);
  };
  return (
    <>
      <Promised />
      <section aria-labelledby="waiting">
        <h2 id="waiting">{say('waiting.title')}</h2>
        <WaitingList locker={locker} items={items} />
        {waiting > 0 ? (
          <Button busy={round === 'sending'} onClick={send}>
            {say('waiting.send')}
          </Button>
        ) : null}
        <p role="status">
          {round === undefined || round === 'sending' || (round === 'done' && waiting > 0) ? '' : say(`waiting.line.${round}`)}
        </p>
      </section>
      <AsideList locker={locker} />
      <DraftList locker={locker} />
      <ReceiptList locker={locker} />
      <section aria-labelledby="device">
        <h2 id="device">{say('device.title')}</h2>
        <PasskeyPart locker={locker} />
        <Button kind="second" onClick={closeDoor}>
          {say('device.close')}
        </Button>
        <Discard label={say('device.wipe')} sure={say('device.wipeSure')} onYes={() => void wipe()} />
      </section>
    </>
  );
}

/** The truth about what the browser promises. */
function Promised(): ReactNode {
  const say = useText(offlineStrings);
  const [persisted, setPersisted] = useState<boolean>();
  useEffect(() => {
    const asked: Promise<boolean> | undefined = navigator.storage?.persisted?.();
    void (asked ?? Promise.resolve(false)).catch(() => false).then(setPersisted);
  }, []);
  if (persisted === undefined) return null;
  return persisted ? <p className="rc-soft">{say('storage.kept')}</p> : <Notice tone="warn" title={say('storage.refused')} />;
}
