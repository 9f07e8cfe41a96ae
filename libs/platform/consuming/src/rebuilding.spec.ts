import * as fc from 'fast-check';
import { MemoryEventStore } from '@platform/event-store';
import type { RecordedEvent } from '@platform/kernel';
import { InProcessBus, MemoryTopicLog } from '@platform/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { newStream, someEvent, someEvents } from '../../event-store/test/some-events';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { CONTEXT, tallied, tally, tallyConsumer, tallyDatabase } from '../test/tally';
import { type Consumer, type EventHandler, inRuns } from './consumer';
import { ConsumerRunner, type RunnerOptions } from './consumer-runner';
import { UnknownSchema } from './errors';

const UMBRIA = `${CONTEXT}@umbria`;
const clock = { now: () => '2026-03-01T09:00:00.000Z' };

/** Remembers the order in which it sees events, in a way that does not forgive any other order. */
const chain = async (event: RecordedEvent, tx: EntityManager): Promise<void> => {
  const { n } = event.data as { n: number };
  await tx.query(
    `insert into ${CONTEXT}.tally as t (stream, seen) values ($1, md5($2)) on conflict (stream) do update set seen = md5(t.seen || excluded.seen)`,
    [event.stream, `${event.revision} ${n}`],
  );
};

const oneAfterAnother =
  (handler: (event: RecordedEvent, tx: EntityManager) => Promise<void>) =>
  async (events: readonly RecordedEvent[], tx: EntityManager): Promise<void> => {
    for (const event of events) await handler(event, tx);
  };

describe('a rebuilt read model', () => {
  let database: SpecDatabase;
  let writer: DataSource;
  const runners: ConsumerRunner[] = [];

  beforeAll(async () => {
    database = await tallyDatabase();
    writer = await database.databases.writer(CONTEXT);
  });
  const clear = async (): Promise<void> => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    for (const table of ['tally', 'consumer_checkpoint', 'consumer_parked', 'consumer_stream'])
      await writer.query(`delete from ${CONTEXT}.${table}`);
  };
  beforeEach(clear);
  afterAll(async () => {
    await clear();
    await database.drop();
  });

  const run = async (store: MemoryEventStore, consumer: Consumer, over: Partial<RunnerOptions> = {}): Promise<ConsumerRunner> => {
    const bus = new InProcessBus(new MemoryTopicLog());
    const runner = new ConsumerRunner({
      store,
      bus,
      writer: () => writer,
      clock,
      onError: () => undefined,
      delays: [1],
      outage: 5,
      page: 3,
      ...over,
    });
    runners.push(runner);
    await runner.start([consumer]);
    return runner;
  };
  const caughtUp = async (runner: ConsumerRunner, store: MemoryEventStore): Promise<void> => {
    for (const log of await store.logs(CONTEXT)) await runner.waitFor('tally', log, (await store.head(log)) ?? '', 50_000);
  };

  it('equals the one that grew live, whatever happened, in whatever pages, with whatever restarts and faults', async () => {
    const step = fc.record({
      log: fc.constantFrom(UMBRIA, `${CONTEXT}@friuli`),
      stream: fc.nat(2),
      count: fc.integer({ min: 1, max: 4 }),
      other: fc.boolean(),
      restart: fc.boolean(),
    });
    const history = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 12 }),
      page: fc.integer({ min: 1, max: 6 }),
      rebuiltPage: fc.integer({ min: 1, max: 6 }),
      faults: fc.array(fc.nat(40), { maxLength: 3 }),
      inRuns: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, page, rebuiltPage, faults, inRuns: together }) => {
        await clear();
        const store = new MemoryEventStore();
        let handled = 0;
        const faulty = async (event: RecordedEvent, tx: EntityManager): Promise<void> => {
          await chain(event, tx);
          if (faults.includes(handled++)) throw new Error('now and then');
        };
        const consumer = tallyConsumer({ handlers: { Counted: together ? inRuns(oneAfterAnother(faulty)) : faulty } });
        let runner = await run(store, consumer, { page, delays: [0, 0, 0, 0] });
        for (const { log, stream, count, other, restart } of steps) {
          await store.append(
            log,
            `counter-${log}-${stream}`.replace('@', '-'),
            someEvents(count).map((event) => (other ? { ...event, type: 'Other' } : event)),
            'any',
          );
          if (!restart) continue;
          await runner.stop();
          runner = await run(store, consumer, { page, delays: [0, 0, 0, 0] });
        }
        await caughtUp(runner, store);
        const live = await tallied(writer);
        const before = (await runner.status())[0]?.checkpoint;
        await runner.stop();
        const handler = together ? chain : inRuns(oneAfterAnother(chain));
        const again = await run(store, tallyConsumer({ handlers: { Counted: handler } }), { page: rebuiltPage });
        await again.rebuild('tally');
        expect(await tallied(writer)).toEqual(live);
        expect((await again.status())[0]?.checkpoint).toEqual(before);
        const expected = await Promise.all((await store.logs(CONTEXT)).map((log) => store.readLog(log, undefined, 1000)));
        const streams = new Set(expected.flat().flatMap(({ type, stream }) => (type === 'Counted' ? [stream] : [])));
        expect(Object.keys(live)).toEqual([...streams].sort());
      }),
      { numRuns: 25, seed: 20261123 },
    );
  }, 60_000);

  it('replaces the old rows in one step, and live events follow', async () => {
    const [store, stream] = [new MemoryEventStore(), newStream()];
    await store.append(UMBRIA, stream, someEvents(7), 'none');
    const seen = new Set<string>();
    let looking = false;
    const handlers = {
      Counted: async (event: RecordedEvent, tx: EntityManager): Promise<void> => {
        await tally(event, tx);
        if (looking) seen.add((await tallied(writer))[stream] ?? 'nothing');
      },
    };
    const runner = await run(store, tallyConsumer({ handlers }));
    await caughtUp(runner, store);
    await writer.query(`insert into ${CONTEXT}.tally values ('ghost', '0')`);
    looking = true;
    await runner.rebuild('tally');
    looking = false;
    expect([...seen]).toEqual(['0 1 2 3 4 5 6']);
    await store.append(UMBRIA, stream, [someEvent()], 'any');
    await caughtUp(runner, store);
    expect(await tallied(writer)).toEqual({ [stream]: '0 1 2 3 4 5 6 7' });
  });

  it('is handled in runs of what follows one another with the same handler, and one by one after a run failed', async () => {
    const [store, bad, good] = [new MemoryEventStore(), newStream(), newStream()];
    await store.append(UMBRIA, good, someEvents(2), 'none');
    await store.append(UMBRIA, bad, someEvents(3), 'none');
    await store.append(UMBRIA, good, [{ ...someEvent(), type: 'Renamed' }, someEvent(), someEvent()], 1);
    const runs: string[] = [];
    const named = (name: string, broken: boolean): EventHandler =>
      inRuns(async (events, tx) => {
        runs.push(name + events.map(({ stream, revision }) => (stream === bad ? 'b' : 'g') + String(revision)).join(' '));
        for (const event of events) await tally(event, tx);
        if (broken && events.some(({ stream, revision }) => stream === bad && revision === 1)) throw new Error('broken');
      });
    const handlers = (broken: boolean): Consumer['handlers'] => ({ Counted: named('', broken), Renamed: named('renamed: ', broken) });
    const runner = await run(store, tallyConsumer({ handlers: handlers(false) }), { page: 100 });
    await caughtUp(runner, store);
    expect(runs.splice(0)).toEqual(['g0 g1 b0 b1 b2', 'renamed: g2', 'g3 g4']);
    await runner.stop();
    const broken = await run(store, tallyConsumer({ handlers: handlers(true) }), { page: 100 });
    await broken.rebuild('tally');
    expect(await tallied(writer)).toEqual({ [bad]: '0', [good]: '0 1 2 3 4' });
    expect(runs[0]).toBe('g0 g1 b0 b1 b2');
    expect(runs.slice(-3)).toEqual(['renamed: g2', 'g3', 'g4']);
    await broken.stop();
    await clear();
    await caughtUp(await run(store, tallyConsumer({ handlers: handlers(true) }), { page: 100 }), store);
    expect(await tallied(writer)).toEqual({ [bad]: '0', [good]: '0 1 2 3 4' });
  });

  it('is not there, and the old one is unharmed, when an event has a schema nobody knows', async () => {
    const [store, stream] = [new MemoryEventStore(), newStream()];
    await store.append(UMBRIA, stream, someEvents(5), 'none');
    let newer = false;
    const handlers = {
      Counted: (event: RecordedEvent, tx: EntityManager): Promise<void> =>
        newer && event.revision === 4 ? Promise.reject(new UnknownSchema('Counted', 2)) : tally(event, tx),
    };
    const runner = await run(store, tallyConsumer({ handlers }));
    await caughtUp(runner, store);
    newer = true;
    await expect(runner.rebuild('tally')).rejects.toThrow(UnknownSchema);
    expect(await tallied(writer)).toEqual({ [stream]: '0 1 2 3 4' });
    newer = false;
    await store.append(UMBRIA, stream, [someEvent()], 'any');
    await caughtUp(runner, store);
    expect(await tallied(writer)).toEqual({ [stream]: '0 1 2 3 4 5' });
  });

  it('takes parked events up again, and parks what still fails', async () => {
    const [store, bad, good] = [new MemoryEventStore(), newStream(), newStream()];
    await store.append(UMBRIA, bad, someEvents(3), 'none');
    await store.append(UMBRIA, good, someEvents(3), 'none');
    let broken = [0, 1];
    const handlers = {
      Counted: async (event: RecordedEvent, tx: EntityManager): Promise<void> => {
        await tally(event, tx);
        if (event.stream === bad && broken.includes(event.revision)) throw new Error('broken');
      },
    };
    const runner = await run(store, tallyConsumer({ handlers }));
    await caughtUp(runner, store);
    expect((await runner.parked()).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    broken = [1];
    await runner.rebuild('tally');
    expect(await tallied(writer)).toEqual({ [bad]: '0', [good]: '0 1 2' });
    expect((await runner.parked()).map(({ revision }) => revision)).toEqual([1, 2]);
    broken = [];
    await runner.rebuild('tally');
    expect(await tallied(writer)).toEqual({ [bad]: '0 1 2', [good]: '0 1 2' });
    expect(await runner.parked()).toEqual([]);
  });
});
