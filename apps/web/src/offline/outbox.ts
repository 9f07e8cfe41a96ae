import type { Unsent } from '../api/problem';
import { setDoor } from './door';
import type { OpenLocker } from './locker';
import { open, seal } from './sealing';
import { contentsOf, device, type ItemKind, itemsOf } from './store';

/** A command that was put by. */
export interface Kept extends Unsent {
  readonly id: string;
  /** When it was put by, milliseconds. */
  readonly at: number;
  /**
   * `waiting`: to be sent. `conflict`: somebody changed the record meanwhile. `refused`: a rule said no, or the data were not accepted. The latter two
   * wait for a person.
   */
  readonly state: 'waiting' | 'conflict' | 'refused';
  readonly status?: number;
  readonly code?: string;
  readonly detail?: string;
}
/** What was sent from here, so that nobody records it again for fear it was lost. */
export interface Receipt {
  readonly path: string;
  readonly at: number;
  readonly sent: number;
  readonly codename?: string;
}
const RECEIPTS = 20;

/** Puts something by, sealed for its place. */
export async function put(locker: OpenLocker, kind: ItemKind, id: string, value: unknown, at = Date.now()): Promise<void> {
  const sealed = await seal(locker.key, `${locker.id} ${kind} ${id}`, value);
  await (await device()).put('items', { id, locker: locker.id, kind, at, ...sealed });
}

export async function all<T>(locker: OpenLocker, kind: ItemKind): Promise<(T & { id: string })[]> {
  const items = await itemsOf(locker.id, kind);
  return Promise.all(items.map(async (item) => ({ ...(await open<T>(locker.key, `${locker.id} ${kind} ${item.id}`, item)), id: item.id })));
}

export async function one<T>(locker: OpenLocker, kind: ItemKind, id: string): Promise<T | undefined> {
  const item = await (await device()).get('items', id);
  return item?.locker === locker.id && item.kind === kind ? open<T>(locker.key, `${locker.id} ${kind} ${id}`, item) : undefined;
}

export const remove = async (id: string): Promise<void> => (await device()).delete('items', id);

/** Told to whoever shows it: the header's number, the screen. */
export const tell = async (locker: string): Promise<void> => setDoor(await contentsOf(locker));

export async function keep(locker: OpenLocker, unsent: Unsent): Promise<void> {
  const at = Date.now();
  // The idempotency key is the item's id: pressed twice, it lies there once.
  await put(locker, 'command', unsent.key, { ...unsent, id: unsent.key, at, state: 'waiting' } satisfies Kept, at);
  await tell(locker.id);
}

export const kept = (locker: OpenLocker): Promise<Kept[]> => all<Kept>(locker, 'command');

/** Keeps its place in the order. */
export async function note(locker: OpenLocker, command: Kept): Promise<void> {
  await put(locker, 'command', command.id, command, command.at);
  await tell(locker.id);
}

/** Decided anew, on the version somebody has looked at: another decision, hence another key. The new one lies there before the old one goes. */
export async function decideAnew(locker: OpenLocker, command: Kept, etag: string): Promise<void> {
  const key = crypto.randomUUID();
  const { path, params, body, purpose, at } = command;
  await put(locker, 'command', key, { path, params, body, purpose, at, etag, id: key, key, state: 'waiting' } satisfies Kept, at);
  await drop(locker, command.id);
}

/** The version of now stays; what was written is put aside in the same stroke, under the same id. */
export async function putAside(locker: OpenLocker, command: Kept): Promise<void> {
  await put(locker, 'aside', command.id, command, command.at);
  await tell(locker.id);
}

/** Taken up again, to be compared with how things are now. */
export async function takeUp(locker: OpenLocker, command: Kept): Promise<void> {
  await put(locker, 'command', command.id, { ...command, state: 'conflict' } satisfies Kept, command.at);
  await tell(locker.id);
}

export async function drop(locker: OpenLocker, id: string): Promise<void> {
  await remove(id);
  await tell(locker.id);
}

/** It was done: the receipt first, so that a page closed in between sends again (which does nothing) rather than forgets. */
export async function settle(locker: OpenLocker, command: Kept, codename: string | undefined): Promise<void> {
  const receipt: Receipt = { path: command.path, at: command.at, sent: Date.now(), ...(codename === undefined ? {} : { codename }) };
  await put(locker, 'receipt', `receipt ${command.id}`, receipt);
  await remove(command.id);
  const receipts = await itemsOf(locker.id, 'receipt');
  await Promise.all(receipts.slice(0, Math.max(0, receipts.length - RECEIPTS)).map(({ id }) => remove(id)));
  await tell(locker.id);
}
