import { get, post } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Me, Session } from '../session/session';
import type { OpenLocker } from './locker';
import { type Kept, kept, note, settle } from './outbox';

/** How a round ended. `another`: somebody else is signed in, and nothing of this locker is theirs to send. */
export type Round = 'done' | 'no-line' | 'signed-out' | 'another';

const LOCK = 'rete-invio';
const REFUSED = new Set([400, 403, 404, 409, 413, 415, 428]);

/** Sends what waits, in the order it was put by. One tab at a time; what another tab is at is not waited for. */
export async function sendWaiting(locker: OpenLocker): Promise<Round> {
  if (!('locks' in navigator)) return round(locker);
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? round(locker) : Promise.resolve<Round>('done')));
}

async function round(locker: OpenLocker): Promise<Round> {
  const held = new Set<string>();
  for (const command of await kept(locker)) {
    // What stands behind a command that waits for a decision, about the same record, waits with it. A new record stands alone.
    const record = Object.keys(command.params).length > 0 ? JSON.stringify(command.params) : command.id;
    if (command.state !== 'waiting') held.add(record);
    if (held.has(record)) continue;
    const sender = await whoSends(locker);
    if (typeof sender === 'string') return sender;
    const outcome = await send(locker, command, sender.csrf);
    if (outcome === 'no-line' || outcome === 'signed-out') return outcome;
    if (outcome === 'held') held.add(record);
  }
  return 'done';
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
    return error instanceof ApiProblem && error.status === 401 ? 'signed-out' : 'no-line';
  }
}

async function send(locker: OpenLocker, command: Kept, csrf: string): Promise<'sent' | 'held' | 'no-line' | 'signed-out'> {
  try {
    const { data } = await post<{ codename?: string } | undefined>(command.path, {
      params: command.params,
      body: command.body as never,
      etag: command.etag,
      key: command.key,
      purpose: command.purpose,
      headers: { 'x-csrf-token': csrf },
    });
    await settle(locker, command, data?.codename);
    return 'sent';
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 401 || error.code === 'session.cross-site') return 'signed-out';
    if (error.status === 412) await note(locker, { ...command, state: 'conflict' });
    else if (REFUSED.has(error.status)) await note(locker, { ...command, state: 'refused', code: error.code, detail: error.detail });
    else return 'no-line';
    return 'held';
  }
}
