import { useQueryClient } from '@tanstack/react-query';
import { useMe } from '../session/session';
import { doorNow, setDoor } from './door';
import { addPasskey, lockerHere, makeLocker, openLocker, type OpenLocker, openWithPasskey, removePasskey } from './locker';
import { tell } from './outbox';
import { layOut, takeAlong } from './reference';
import { removeLocker } from './store';

/** What people do with the locker of this device. */
export function useLocker() {
  const client = useQueryClient();
  const { data: me } = useMe();
  const enter = async (locker: OpenLocker): Promise<void> => {
    await layOut(locker, client);
    setDoor({ state: 'open', locker });
    await tell(locker.id);
    // Fresh while there is a line; what was taken along before serves otherwise.
    if (me) await takeAlong(locker, client, me.data).catch(() => undefined);
  };
  return {
    /** Undefined while nobody knows whose device this is. */
    make: me && (async (pin: string): Promise<void> => enter(await makeLocker(me.data.member, pin))),
    /** @throws WrongPin */
    open: async (pin: string): Promise<void> => {
      const record = await lockerHere();
      if (!record) return setDoor({ state: 'none', waiting: 0, drafts: 0 });
      await enter(await openLocker(record.id, pin));
    },
    /** @throws NoPasskey, NoKeys */
    openWithPasskey: async (): Promise<void> => {
      const record = await lockerHere();
      if (record?.passkey) await enter(await openWithPasskey(record));
    },
    /** @throws WrongPin, NoPasskey, NoKeys */
    addPasskey: (locker: OpenLocker, pin: string): Promise<void> => addPasskey(locker.id, pin),
    removePasskey: (locker: OpenLocker): Promise<void> => removePasskey(locker.id),
    enter,
    wipe: async (): Promise<void> => {
      const id = doorNow().locker?.id ?? (await lockerHere())?.id;
      if (id !== undefined) await removeLocker(id);
      setDoor({ state: 'none', waiting: 0, drafts: 0 });
    },
  };
}
