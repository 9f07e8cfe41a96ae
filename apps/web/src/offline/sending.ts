import { get, post } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Me, Session } from '../session/session';
import type { OpenLocker } from './locker';
import { type Kept, kept, note, settle } from './outbox';

/**
 * How a round ended. `another`: somebody else is signed in, and nothing of this locker is theirs to send. `no-right`: the person is no active member
 * any more; what they wrote stays.
 */
export type Round = 'done' | 'no-line' | 'signed-out' | 'another' | 'no-right';

const LOCK = 'rete-invio';
const REFUSED = new Set([400, 403, 404, 409, 413, 415, 428]);

/** Sends what waits, in the order it was put by. One tab at a time; what another tab is at is not waited for. */
export async function sendWaiting(locker: OpenLocker): Promise<Round> {
  if (!('locks' in navigator)) return round(locker);
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? round(locker) : Promise.resolve<Round>('done')));
}

async function round(locker: OpenLocker): Promise<Round> {
  const held = new Set<string>();
  /** Versions this round went through: what was decided on the former and written by the same person goes on top of the latter. */
  const moved = new Map<string, string>();
  for (const stored of await kept(locker)) {
    const command = { ...stored, etag: onTop(stored.etag, moved) };
    // What stands behind a command that waits for a decision, about the same record, waits with it. A new record stands alone.
    const record = Object.keys(command.params).length > 0 ? JSON.stringify(command.params) : command.id;
    if (command.state !== 'waiting') held.add(record);
    if (held.has(record)) continue;
    const sender = await whoSends(locker);
    if (typeof sender === 'string') return sender;
    const { outcome, etag } = await send(locker, command, sender.csrf);
    if (outcome === 'no-line' || outcome === 'signed-out') return outcome;
    if (outcome === 'held') held.add(record);
    if (command.etag === undefined || etag === undefined || etag === command.etag) continue;
    moved.set(command.etag, etag);
    // Kept, not only known: a page closed now would find its own change to be somebody else's.
    for (const later of await kept(locker))
      if (later.state === 'waiting' && later.etag === command.etag) await note(locker, { ...later, etag });
  }
  return 'done';
}

/** The version that this person's own commands have led to. */
function onTop(etag: string | undefined, moved: ReadonlyMap<string, string>): string | undefined {
  let version = etag;
  while (version !== undefined && moved.has(version)) version = moved.get(version);
  return version;
}

/**
 * The session that is about to send, if it is the locker's owner. Its token travels with the command: should somebody else sign in in the very
 * moment between, the server refuses it.
 */
async function whoSends(locker: OpenLocker): Promise<{ csrf: string } | Exclude<Round, 'done'>> {
  try {
    const { data: session } = await get<Session>('/auth/session', { passive: true });
    if (!session.signedIn || session.csrf === undefined) return 'signed-out';
    const { data: me } = await get<Me>('/api/members/me', { passive: true });
    return (await locker.isOf(me.member)) ? { csrf: session.csrf } : 'another';
  } catch (error) {
    const status = error instanceof ApiProblem ? error.status : 0;
    return status === 401 ? 'signed-out' : status === 403 || status === 404 ? 'no-right' : 'no-line';
  }
}

interface Sent {
  readonly outcome: 'sent' | 'held' | 'no-line' | 'signed-out';
  /** The record's version afterwards. */
  readonly etag?: string | undefined;
}

async function send(locker: OpenLocker, command: Kept, csrf: string): Promise<Sent> {
  try {
    const { data, etag } = await post<{ codename?: string } | undefined>(command.path, {
      params: command.params,
      body: command.body as never,
      etag: command.etag,
      key: command.key,
      purpose: command.purpose,
      headers: { 'x-csrf-token': csrf },
    });
    await settle(locker, command, data?.codename);
    return { outcome: 'sent', etag };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 401 || error.code === 'session.cross-site') return { outcome: 'signed-out' };
    if (error.status === 412) await note(locker, { ...command, state: 'conflict' });
    else if (REFUSED.has(error.status))
      await note(locker, { ...command, state: 'refused', status: error.status, code: error.code, detail: error.detail });
    else return { outcome: 'no-line' };
    return { outcome: 'held' };
  }
}
