import { newStream, RUN, someEvents } from '../test/some-events';
import type { RecordedEvent } from '@platform/kernel';
import { type EventStore, WrongRevision } from './event-store';
import type { Subject } from './event-store.contract';

const WRITERS = 24;
const APPENDS = 25;

/** What holds while many write at once. */
export function concurrencyContract(subject: () => Subject): void {
  describe('under concurrent writers', () => {
    it('a reader that goes by positions misses nothing, gets nothing twice and sees each stream in its order', async () => {
      const { store, other, disturb } = subject();
      const log = `crowd${RUN}@umbria`;
      const shared = newStream();
      const quiet = await disturb(log);
      let writing = true;
      const reader = follow(store, log, () => writing);
      const acknowledged = await Promise.all(
        Array.from({ length: WRITERS }, (_, n) => write(n % 2 ? store : other, log, shared, n)).map((promise) => promise),
      );
      await quiet();
      writing = false;
      const seen = await reader;
      const stored = await all(store, log);
      expect(seen.map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(acknowledged.flat()));
      const last = new Map<string, number>();
      for (const { stream, revision } of seen) {
        expect(revision).toBe((last.get(stream) ?? -1) + 1);
        last.set(stream, revision);
      }
    });

    it('exactly one of those that expect the same revision wins', async () => {
      const { store, other } = subject();
      const [log, stream] = [`duel${RUN}@umbria`, newStream()];
      for (let last = -1; last < 9; last++) {
        const rivals = Array.from({ length: 16 }, (_, n) =>
          (n % 2 ? store : other).append(log, stream, someEvents(1), last < 0 ? 'none' : last),
        );
        const results = await Promise.allSettled(rivals);
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(WrongRevision);
      }
      expect(await store.readStream(stream)).toHaveLength(10);
    });

    it('appends that expect nothing are all taken', async () => {
      const { store, other } = subject();
      const [log, stream] = [`open${RUN}@umbria`, newStream()];
      await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? store : other).append(log, stream, someEvents(2), 'any')));
      expect(await store.readStream(stream)).toHaveLength(100);
    });
  });
}

/** A writer's own stream by exact revisions, now and then one that everybody writes to, retried until it succeeds. */
async function write(store: EventStore, log: string, shared: string, n: number): Promise<string[]> {
  const own = newStream();
  const ids: string[] = [];
  let last = -1;
  for (let round = 0; round < APPENDS; round++) {
    const events = someEvents(1 + ((round + n) % 3));
    last = (await store.append(log, own, events, last < 0 ? 'none' : last)).revision;
    ids.push(...events.map(({ id }) => id));
    if ((round + n) % 8 > 0) continue;
    const contested = someEvents(1);
    for (let done = false; !done;) {
      const head = (await store.readStream(shared)).length - 1;
      done = await store.append(log, shared, contested, head < 0 ? 'none' : head).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof WrongRevision)) throw error;
          return false;
        },
      );
    }
    ids.push(...contested.map(({ id }) => id));
  }
  return ids;
}

async function follow(store: EventStore, log: string, writing: () => boolean): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  for (;;) {
    const wasWriting = writing();
    const page = await store.readLog(log, seen.at(-1)?.position, 7);
    seen.push(...page);
    if (page.length === 0 && !wasWriting) return seen;
    if (page.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function all(store: EventStore, log: string): Promise<RecordedEvent[]> {
  return store.readLog(log, undefined, 100_000);
}
