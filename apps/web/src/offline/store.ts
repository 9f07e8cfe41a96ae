import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** What lies on the disk of a device that may be lost, shared or searched: everything but counters and random bytes is sealed. */
export interface LockerRecord {
  readonly id: string;
  /** Whose: a salted hash of the member's handle. */
  readonly owner: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  /** The key of the items, under a key made of the PIN. */
  readonly key: Sealed;
  /** The same key under one that a passkey gives, where there is one. */
  readonly passkey?: { readonly credential: Uint8Array<ArrayBuffer>; readonly key: Sealed };
  /** Wrong PINs in a row. Counted before each try. */
  readonly tries: number;
}
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}
/** `aside`: a command that somebody decided against; it is sent to nobody and lost to nobody. */
export type ItemKind = 'command' | 'aside' | 'draft' | 'receipt' | 'reference';
export interface ItemRecord extends Sealed {
  readonly id: string;
  readonly locker: string;
  readonly kind: ItemKind;
  /** Order of putting by. */
  readonly at: number;
}

interface Device extends DBSchema {
  lockers: { key: string; value: LockerRecord };
  items: { key: string; value: ItemRecord; indexes: { locker: string } };
  /** `here`: the locker of whoever was signed in last. Without a line nobody else's can be opened. */
  device: { key: 'here'; value: string };
}

const NAME = 'rete';
let opened: Promise<IDBPDatabase<Device>> | undefined;

/** The same for the whole page. */
export const device = (): Promise<IDBPDatabase<Device>> =>
  (opened ??= openDB<Device>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('lockers', { keyPath: 'id' });
      db.createObjectStore('items', { keyPath: 'id' }).createIndex('locker', 'locker');
      db.createObjectStore('device');
    },
    // Another tab brings a newer version: it must not wait for this one.
    blocking: () => void opened?.then((db) => db.close()),
    terminated: () => (opened = undefined),
  }));

export async function itemsOf(locker: string, kind: ItemKind): Promise<ItemRecord[]> {
  const all = await (await device()).getAllFromIndex('items', 'locker', locker);
  return all.filter((item) => item.kind === kind).sort((a, b) => a.at - b.at);
}

/** How much lies there: known without the key. */
export async function contentsOf(locker: string): Promise<{ waiting: number; drafts: number }> {
  const all = await (await device()).getAllFromIndex('items', 'locker', locker);
  const count = (kind: ItemKind): number => all.filter((item) => item.kind === kind).length;
  return { waiting: count('command'), drafts: count('draft') + count('aside') };
}

/** The locker and everything in it, in one transaction. Bytes of a deleted database are the disk's to forget; the key goes with them. */
export async function removeLocker(locker: string): Promise<void> {
  const tx = (await device()).transaction(['lockers', 'items', 'device'], 'readwrite');
  const keys = await tx.objectStore('items').index('locker').getAllKeys(locker);
  await Promise.all([
    ...keys.map((key) => tx.objectStore('items').delete(key)),
    tx.objectStore('lockers').delete(locker),
    tx
      .objectStore('device')
      .get('here')
      .then((here) => (here === locker ? tx.objectStore('device').delete('here') : undefined)),
  ]);
  await tx.done;
}
