import * as fc from 'fast-check';
import { newStream, RUN, someEvent, someEvents } from '../test/some-events';
import { IdReused, WrongLog } from './errors';
import { type EventStore, WrongRevision } from './event-store';
import { concurrencyContract } from './event-store-concurrency.contract';
import { operations, runAgainstModel } from './event-store-model.contract';

/** What an adapter's spec provides. */
export interface Subject {
  readonly store: EventStore;
  /** Another process's view of the same store; the same object where there is only one process. */
  readonly other: EventStore;
  /** Starts something that writes to the same place and stays undecided until the returned function ends it. */
  readonly disturb: (log: string) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

let logs = 0;
export const newLog = (region = 'umbria'): string => `spec${(logs += 1)}x${RUN}@${region}`;

/** What every event store adapter does. */
export function eventStoreContract(name: string, open: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    let store: EventStore;
    beforeAll(async () => {
      subject = await open();
      store = subject.store;
    });
    afterAll(() => subject.close());

    describe('an append', () => {
      it('numbers the events of a stream from 0 and tells revision, log and position of the last', async () => {
        const [log, stream] = [newLog(), newStream()];
        const first = await store.append(log, stream, someEvents(2), 'none');
        expect(first).toEqual({ stream, revision: 1, log, position: await store.head(log), deduplicated: false });
        const second = await store.append(log, stream, [someEvent()], 1);
        expect(second.revision).toBe(2);
        expect(second.position > first.position).toBe(true);
      });

      it('keeps every field of an event as it was given', async () => {
        const [log, stream] = [newLog(), newStream()];
        const event = someEvent(1, {
          type: 'Noted',
          schema: 3,
          data: { text: 'è ✓ 𝄞 \\u0000 "', list: [1, null, { deep: true }], zero: 0 },
          sealed: { HEA: 'c2VhbGVk' },
        });
        const { position } = await store.append(log, stream, [event], 'none');
        expect(await store.readStream(stream)).toEqual([{ ...event, stream, revision: 0, log, position }]);
        const plain = someEvent();
        await store.append(log, stream, [plain], 0);
        expect((await store.readStream(stream, { from: 1 }))[0]).not.toHaveProperty('sealed');
      });

      it.each([
        ['none', 'an existing stream', 'none' as const, true],
        ['exists', 'an absent stream', 'exists' as const, false],
        ['a revision that is too old', 'an existing stream', 0, true],
        ['a revision ahead of the stream', 'an existing stream', 2, true],
        ['a revision', 'an absent stream', 0, false],
      ])('that expects %s is refused by %s, which stays as it was', async (_, __, expected, present) => {
        const [log, stream] = [newLog(), newStream()];
        if (present) await store.append(log, stream, someEvents(2), 'none');
        const before = await store.readStream(stream);
        const refusal = await store.append(log, stream, [someEvent()], expected).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(WrongRevision);
        expect(refusal).toMatchObject({ stream, expected, actual: before.length - 1 });
        expect(await store.readStream(stream)).toEqual(before);
      });

      it('that expects any is taken by absent and existing streams, one that expects exists by existing ones', async () => {
        const [log, stream] = [newLog(), newStream()];
        expect((await store.append(log, stream, [someEvent()], 'any')).revision).toBe(0);
        expect((await store.append(log, stream, [someEvent()], 'any')).revision).toBe(1);
        expect((await store.append(log, stream, [someEvent()], 'exists')).revision).toBe(2);
      });

      it.each(['none', 'any', 'exists', 1] as const)(
        'that expects %s and is sent again is answered with the first result and writes nothing',
        async (expected) => {
          const [log, stream] = [newLog(), newStream()];
          if (expected !== 'none') await store.append(log, stream, someEvents(2), 'none');
          const events = someEvents(3);
          const first = await store.append(log, stream, events, expected);
          await store.append(log, stream, [someEvent()], 'any');
          const before = await store.readStream(stream);
          expect(await subject.other.append(log, stream, events, expected)).toEqual({ ...first, deduplicated: true });
          expect(await store.readStream(stream)).toEqual(before);
        },
      );

      it('is answered once for both when it is sent twice at the same moment', async () => {
        const [log, stream, events] = [newLog(), newStream(), someEvents(2)];
        const both = await Promise.all([store.append(log, stream, events, 'none'), subject.other.append(log, stream, events, 'none')]);
        expect(both.map(({ revision }) => revision)).toEqual([1, 1]);
        expect(both.filter(({ deduplicated }) => deduplicated)).toHaveLength(1);
        expect(await store.readStream(stream)).toHaveLength(2);
      });

      it('with an id that is stored at another place is refused', async () => {
        const [log, stream, known] = [newLog(), newStream(), someEvent()];
        await store.append(log, stream, [known], 'none');
        await expect(store.append(log, newStream(), [known], 'none')).rejects.toThrow(IdReused);
        await expect(store.append(log, newStream(), [someEvent(), known], 'any')).rejects.toThrow(IdReused);
        await expect(store.append(log, stream, [known], 0)).rejects.toThrow(IdReused);
        await expect(store.append(log, stream, [known, someEvent()], 'any')).rejects.toThrow(IdReused);
        expect(await store.readStream(stream)).toHaveLength(1);
      });

      it('that repeats only part of what is stored at its place is no resend', async () => {
        const [log, stream, events] = [newLog(), newStream(), someEvents(2)];
        await store.append(log, stream, events, 'none');
        await expect(store.append(log, stream, [...events, someEvent()], 'none')).rejects.toThrow(WrongRevision);
        await expect(store.append(log, stream, [...events].reverse(), 'none')).rejects.toThrow(WrongRevision);
      });

      it('to a second log is refused, whoever wrote the first: a stream lives in one log for ever', async () => {
        const log = newLog();
        for (const expected of ['any', 'exists', 0, 'none'] as const) {
          const stream = newStream();
          await store.append(log, stream, [someEvent()], 'none');
          for (const one of [subject.other, store])
            await expect(one.append(newLog(), stream, [someEvent()], expected)).rejects.toThrow(WrongLog);
          expect(await store.readStream(stream)).toHaveLength(1);
        }
        const fresh = newStream();
        const rivals = [store, subject.other, store, subject.other];
        const race = await Promise.allSettled(rivals.map((one) => one.append(newLog(), fresh, [someEvent()], 'any')));
        expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });

      it('that cannot be stored whole is refused whole, and harms no other append of the same moment', async () => {
        const [log, good, bad, known] = [newLog(), newStream(), newStream(), someEvent()];
        await store.append(log, newStream(), [known], 'none');
        const results = await Promise.allSettled([
          store.append(log, good, [someEvent()], 'none'),
          store.append(log, bad, [someEvent(), someEvent(1, { data: { text: 'a\u0000b' } })], 'none'),
          store.append(log, bad, [someEvent(), someEvent(1, { data: { text: '\ud800' } })], 'none'),
          store.append(log, bad, [someEvent(), someEvent(1, { id: 'no uuid' })], 'none'),
          store.append(log, bad, [someEvent(), someEvent(1, { schema: 0 })], 'none'),
          store.append(log, bad, [someEvent(), known], 'none'),
        ]);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', ...Array<string>(5).fill('rejected')]);
        expect(await store.readStream(bad)).toEqual([]);
        expect(await store.readStream(good)).toHaveLength(1);
      });

      it('is refused when it says nothing or is addressed to nowhere', async () => {
        await expect(store.append(newLog(), newStream(), [], 'any')).rejects.toThrow();
        await expect(store.append('cases', newStream(), [someEvent()], 'any')).rejects.toThrow();
        await expect(store.append(newLog(), 'stream', [someEvent()], 'any')).rejects.toThrow();
        await expect(store.append(newLog(), newStream(), [someEvent()], -1)).rejects.toThrow();
      });
    });

    describe('a reader', () => {
      it('finds an absent stream and an absent log empty', async () => {
        expect(await store.readStream(newStream())).toEqual([]);
        expect(await store.head(newLog())).toBeUndefined();
        expect(await store.readLog(newLog(), undefined, 10)).toEqual([]);
      });

      it('gets the part of a stream it asks for, in order, however long the stream is', async () => {
        const [log, stream] = [newLog(), newStream()];
        await store.append(log, stream, someEvents(2500), 'none');
        expect((await store.readStream(stream)).map(({ revision }) => revision)).toEqual(Array.from({ length: 2500 }, (_, n) => n));
        expect((await store.readStream(stream, { from: 998, to: 1001 })).map(({ revision }) => revision)).toEqual([998, 999, 1000, 1001]);
        expect((await store.readStream(stream, { from: 2499 })).map(({ data }) => data)).toEqual([{ n: 2499 }]);
        expect(await store.readStream(stream, { from: 2500 })).toEqual([]);
      });

      it('pages through a log in position order without a gap or an overlap', async () => {
        const log = newLog();
        for (let n = 0; n < 7; n++) await store.append(log, newStream(), someEvents(3), 'none');
        const seen = [];
        for (let at: string | undefined, page; (page = await store.readLog(log, at, 4)).length > 0; at = page.at(-1)?.position)
          seen.push(...page);
        expect(seen).toHaveLength(21);
        expect(new Set(seen.map(({ id }) => id)).size).toBe(21);
        expect(seen.map(({ position }) => position)).toEqual([...seen.map(({ position }) => position)].sort());
        expect(seen.at(-1)?.position).toBe(await store.head(log));
      });

      it('is told how many events a log holds, refused and repeated ones not counted, or that this is not known', async () => {
        const [log, stream, known] = [newLog(), newStream(), (await store.size(newLog())) === 0];
        const events = someEvents(3);
        await store.append(log, stream, events, 'none');
        await store.append(log, stream, events, 'none');
        await expect(store.append(log, stream, someEvents(2), 'none')).rejects.toThrow(WrongRevision);
        await store.append(log, newStream(), someEvents(2), 'none');
        expect(await store.size(log)).toBe(known ? 5 : undefined);
      });

      it('is refused a position that is none', async () => {
        await expect(store.readLog(newLog(), 'yesterday', 1)).rejects.toThrow();
      });

      it('gets the logs of a context, and only those', async () => {
        const context = newLog().split('@')[0] ?? '';
        for (const log of [`${context}@umbria`, `${context}@friuli`, `${context}2@umbria`, `a${context}@umbria`]) {
          await store.append(log, newStream(), [someEvent()], 'none');
        }
        expect(await store.logs(context)).toEqual([`${context}@friuli`, `${context}@umbria`]);
        expect(await store.logs()).toEqual(expect.arrayContaining([`${context}2@umbria`, `a${context}@umbria`, `${context}@umbria`]));
      });

      it('is woken by appends of any process to its context, and at least once a second', async () => {
        const log = newLog();
        let woken = 0;
        const end = store.onAppend(log.split('@')[0], () => (woken += 1));
        const wakes = async (): Promise<void> => {
          for (const before = woken; woken === before;) await new Promise((resolve) => setTimeout(resolve, 5));
        };
        await wakes();
        await Promise.all([wakes(), subject.other.append(log, newStream(), [someEvent()], 'none')]);
        end();
        const after = woken;
        await store.append(log, newStream(), [someEvent()], 'none');
        await store.readLog(log, undefined, 10);
        expect(woken).toBe(after);
      });
    });

    concurrencyContract(() => subject);

    it('behaves like its model under any sequence of appends', async () => {
      await fc.assert(
        fc.asyncProperty(operations, (ops) => runAgainstModel(store, ops)),
        { numRuns: 60, seed: 20261123 },
      );
    });
  });
}
