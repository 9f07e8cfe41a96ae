import { makeUnlocking, secretOf } from './passkey';
import { ITERATIONS, keyFromPasskey, keyFromPin, newItemKey, openItemKey, ownerMark, randomBytes, same, sealItemKeyAgain } from './sealing';
import { device, type LockerRecord, removeLocker } from './store';

/** Wrong PINs in a row after which everything is wiped. */
export const TRIES = 5;
/** A PIN of digits alone is soon tried through by somebody who copies the disk: length is all it has. */
export const SHORTEST_PIN = 6;

/** A locker that is open in this page: its key lives in memory and goes with the page. */
export interface OpenLocker {
  readonly id: string;
  readonly key: CryptoKey;
  readonly isOf: (member: string) => Promise<boolean>;
}

export class WrongPin extends Error {
  constructor(readonly left: number) {
    super('wrong pin');
  }
}

const opened = (record: LockerRecord, key: CryptoKey): OpenLocker => ({
  id: record.id,
  key,
  isOf: async (member) => same(record.owner, await ownerMark(member, record.salt)),
});
const placeOf = (locker: string): string => `locker ${locker}`;

/** A new locker for a member; what an earlier one of theirs held is gone. */
export async function makeLocker(member: string, pin: string): Promise<OpenLocker> {
  const old = await lockerOf(member);
  if (old) await removeLocker(old.id);
  const [id, salt] = [crypto.randomUUID(), randomBytes(16)];
  const { key, sealed } = await newItemKey(placeOf(id), [await keyFromPin(pin, salt, ITERATIONS)]);
  const owner = await ownerMark(member, salt);
  const record: LockerRecord = { id, salt, owner, iterations: ITERATIONS, key: sealed[0]!, tries: 0 };
  const tx = (await device()).transaction(['lockers', 'device'], 'readwrite');
  await Promise.all([tx.objectStore('lockers').put(record), tx.objectStore('device').put(id, 'here')]);
  await tx.done;
  return opened(record, key);
}

export async function lockerOf(member: string): Promise<LockerRecord | undefined> {
  for (const record of await (await device()).getAll('lockers')) {
    if (same(record.owner, await ownerMark(member, record.salt))) return record;
  }
  return undefined;
}

/** Notes who is signed in on this device: from now on only their locker can be opened, also without a line. */
export async function thisIs(member: string): Promise<LockerRecord | undefined> {
  const record = await lockerOf(member);
  const db = await device();
  if (record) await db.put('device', record.id, 'here');
  else await db.delete('device', 'here');
  return record;
}

/** The locker of whoever was signed in last on this device. */
export async function lockerHere(): Promise<LockerRecord | undefined> {
  const db = await device();
  const here = await db.get('device', 'here');
  return here === undefined ? undefined : db.get('lockers', here);
}

/**
 * @throws WrongPin with the tries that are left; with none left, the locker and all in it are gone
 */
export async function openLocker(id: string, pin: string): Promise<OpenLocker> {
  const { record, key } = await withPin(id, pin);
  return opened(record, key);
}

/** Opens with what only the passkey knows: nobody can guess that, so nothing is counted. @throws NoPasskey, NoKeys */
export async function openWithPasskey({ id, salt, passkey }: LockerRecord): Promise<OpenLocker> {
  if (!passkey) throw new Error('this locker has no passkey');
  const under = await keyFromPasskey(await secretOf(passkey.credential, salt), salt);
  const key = await openItemKey(under, placeOf(id), passkey.key);
  const db = await device();
  const record = await db.get('lockers', id);
  // Wiped by wrong PINs in another page meanwhile: then there is nothing to open.
  if (!record) throw new WrongPin(0);
  await db.put('lockers', { ...record, tries: 0 });
  return opened(record, key);
}

/** From now on the passkey opens as well. Only who knows the PIN may add one. @throws WrongPin, NoPasskey, NoKeys */
export async function addPasskey(id: string, pin: string): Promise<void> {
  const { record, under } = await withPin(id, pin);
  const { credential, secret } = await makeUnlocking(record.salt);
  const key = await sealItemKeyAgain(under, placeOf(id), record.key, await keyFromPasskey(secret, record.salt));
  await change(id, (now) => ({ ...now, passkey: { credential, key } }));
}

/** The PIN alone opens again. */
export const removePasskey = (locker: string): Promise<void> =>
  change(locker, ({ id, salt, owner, iterations, key, tries }) => ({ id, salt, owner, iterations, key, tries }));

async function change(id: string, how: (record: LockerRecord) => LockerRecord): Promise<void> {
  const tx = (await device()).transaction('lockers', 'readwrite');
  const record = await tx.store.get(id);
  if (record) await tx.store.put(how(record));
  await tx.done;
}

async function withPin(id: string, pin: string): Promise<{ record: LockerRecord; key: CryptoKey; under: CryptoKey }> {
  const db = await device();
  // Counted first: closing the page in between wins no try.
  const tx = db.transaction('lockers', 'readwrite');
  const record = await tx.store.get(id);
  if (!record) throw new WrongPin(0);
  const counted = { ...record, tries: record.tries + 1 };
  await tx.store.put(counted);
  await tx.done;
  const under = await keyFromPin(pin, record.salt, record.iterations);
  const key = counted.tries > TRIES ? undefined : await openItemKey(under, placeOf(id), record.key).catch(unlessWrong);
  if (key) {
    await db.put('lockers', { ...record, tries: 0 });
    return { record, key, under };
  }
  const left = Math.max(0, TRIES - counted.tries);
  if (left === 0) await removeLocker(id);
  throw new WrongPin(left);
}

const unlessWrong = (error: unknown): undefined => {
  if (error instanceof DOMException && error.name === 'OperationError') return undefined;
  throw error;
};
