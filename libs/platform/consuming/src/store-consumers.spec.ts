import { MemoryEventStore } from '@platform/event-store';
import { DomainError, type RecordedEvent } from '@platform/kernel';
import { InProcessBus, MemoryTopicLog } from '@platform/messaging';
import type { DataSource } from 'typeorm';
import { newStream, someEvent, someEvents } from '../../event-store/test/some-events';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { CONTEXT, tallied, tally, tallyConsumer, tallyDatabase, until, upTo } from '../test/tally';
import type { Consumer } from './consumer';
import { ConsumerRunner, type RunnerOptions } from './consumer-runner';
import { UnknownSchema } from './errors';

const UMBRIA = `${CONTEXT}@umbria`;
const clock = { now: () => '2026-03-01T09:00:00.000Z' };

describe('a consumer of stored events', () => {
  let database: SpecDatabase;
  let writer: DataSource;
  let store: MemoryEventStore;
  const runners: ConsumerRunner[] = [];
  const errors: unknown[] = [];

  beforeAll(async () => {
    database = await tallyDatabase();
    writer = await database.databases.writer(CONTEXT);
  });
  beforeEach(async () => {
    store = new MemoryEventStore();
    errors.length = 0;
    for (const table of ['tally', 'consumer_checkpoint', 'consumer_parked', 'consumer_stream'])
      await writer.query(`delete from ${CONTEXT}.${table}`);
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    await store.close();
  });
  afterAll(() => database.drop());

  const run = async (consumers: readonly Consumer[], over: Partial<RunnerOptions> = {}): Promise<ConsumerRunner> => {
    const bus = new InProcessBus(new MemoryTopicLog());
    const onError = (_: Consumer, error: unknown): void => void errors.push(error);
    const runner = new ConsumerRunner({ store, bus, writer: () => writer, clock, onError, delays: [1, 1], outage: 5, page: 7, ...over });
    runners.push(runner);
    await runner.start(consumers);
    return runner;
  };
  const caughtUp = async (runner: ConsumerRunner, name = 'tally', log = UMBRIA): Promise<boolean> =>
    runner.waitFor(name, log, (await store.head(log)) ?? '', 50_000);
  const failingAt = (revision: number, error: () => Error, times = Infinity): Consumer => {
    let left = times;
    return tallyConsumer({
      handlers: {
        Counted: async (event: RecordedEvent, tx) => {
          await tally(event, tx);
          if (event.revision === revision && event.data && 'bad' in event.data && left-- > 0) throw error();
        },
      },
    });
  };
  const badAt = (at: number, count: number) => someEvents(count).map((event, n) => (n === at ? { ...event, data: { bad: true } } : event));

  it('applies every event of every log once and in order, and the logs that appear later, too', async () => {
    const [a, b, c] = [newStream(), newStream(), newStream()];
    await store.append(UMBRIA, a, someEvents(20), 'none');
    await store.append(`${CONTEXT}@friuli`, b, someEvents(3), 'none');
    await store.append('other@umbria', newStream(), someEvents(3), 'none');
    const runner = await run([tallyConsumer()]);
    await caughtUp(runner);
    await store.append(UMBRIA, a, someEvents(2), 'any');
    await store.append(`${CONTEXT}@liguria`, c, someEvents(2), 'none');
    for (const log of [UMBRIA, `${CONTEXT}@friuli`, `${CONTEXT}@liguria`]) expect(await caughtUp(runner, 'tally', log)).toBe(true);
    expect(await tallied(writer)).toEqual({ [a]: upTo(21), [b]: upTo(2), [c]: upTo(1) });
  });

  it('goes on where it stopped', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, someEvents(5), 'none');
    const first = await run([tallyConsumer()]);
    await caughtUp(first);
    await first.stop();
    await store.append(UMBRIA, stream, someEvents(5), 'any');
    await caughtUp(await run([tallyConsumer()]));
    expect(await tallied(writer)).toEqual({ [stream]: upTo(9) });
  });

  it('stops when the store was restored to an older state than its rows, instead of passing over what is appended next', async () => {
    const [before, after] = [newStream(), newStream()];
    await store.append(UMBRIA, before, someEvents(5), 'none');
    const first = await run([tallyConsumer()]);
    await caughtUp(first);
    await first.stop();
    store = new MemoryEventStore();
    await store.append(UMBRIA, after, someEvents(2), 'none');
    const runner = await run([tallyConsumer()]);
    await until(async () => (await runner.status())[0]?.state === 'stopped');
    expect(await runner.status()).toMatchObject([{ because: expect.stringContaining('not of one backup') as string }]);
    expect(await runner.waitFor('tally', UMBRIA, (await store.head(UMBRIA)) ?? '', 50)).toBe(false);
    expect(await tallied(writer)).toEqual({ [before]: upTo(4) });
  });

  it('passes over events it has no handler for, even such as are named like parts of an object', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, [someEvent(0, { type: 'Other' }), someEvent(), someEvent(0, { type: 'constructor' })], 'none');
    await caughtUp(await run([tallyConsumer()]));
    expect(await tallied(writer)).toEqual({ [stream]: '1' });
    expect(errors).toEqual([]);
  });

  it('tries an event again that failed, and leaves no trace of the failed attempt', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, badAt(2, 5), 'none');
    const runner = await run([failingAt(2, () => new Error('broken'), 2)]);
    expect(await caughtUp(runner)).toBe(true);
    expect(await tallied(writer)).toEqual({ [stream]: upTo(4) });
    expect(errors).toHaveLength(2);
  });

  it('parks an event that keeps failing together with the later ones of its stream, and goes on with the others', async () => {
    const [bad, good] = [newStream(), newStream()];
    await store.append(UMBRIA, bad, badAt(1, 3), 'none');
    await store.append(UMBRIA, good, someEvents(3), 'none');
    const runner = await run([failingAt(1, () => new DomainError('tally.broken', 'refused', 'Mario Rossi'))]);
    await runner.waitFor('tally', UMBRIA, (await store.head(UMBRIA)) ?? '', 50_000);
    await store.append(UMBRIA, bad, [someEvent()], 'any');
    await runner.waitFor('tally', UMBRIA, (await store.head(UMBRIA)) ?? '', 50_000);
    expect(await tallied(writer)).toEqual({ [bad]: '0', [good]: upTo(2) });
    expect((await runner.parked()).map(({ stream, revision, reason }) => ({ stream, revision, reason }))).toEqual([
      { stream: bad, revision: 1, reason: 'tally.broken' },
      { stream: bad, revision: 2, reason: 'behind-parked' },
      { stream: bad, revision: 3, reason: 'behind-parked' },
    ]);
    expect(JSON.stringify(await runner.parked())).not.toContain('Mario');
    expect((await runner.status())[0]).toMatchObject({ name: 'tally', state: 'running', parked: 3, lag: 0 });
  });

  it('replays parked events of a stream in their order once the fault is mended', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, badAt(1, 3), 'none');
    const runner = await run([failingAt(1, () => new Error('broken'), 4)]); // three attempts, and one replay
    expect(await caughtUp(runner)).toBe(false);
    const last = (await runner.parked()).at(-1)?.id ?? '';
    expect(await runner.replayParked(last)).toBe(0);
    expect(await tallied(writer)).toEqual({ [stream]: '0' });
    expect(await runner.replayParked(last)).toBe(2);
    expect(await runner.parked()).toEqual([]);
    await store.append(UMBRIA, stream, [someEvent()], 'any');
    expect(await caughtUp(runner)).toBe(true);
    expect(await tallied(writer)).toEqual({ [stream]: upTo(3) });
  });

  it.each([
    ['a service that is down', () => new DomainError('vault.unavailable', 'unavailable', 'down')],
    ['a connection that breaks', () => Object.assign(new Error('broken'), { code: '57P01' })],
    ['a deadlock', () => Object.assign(new Error('broken'), { driverError: { code: '40P01' } })],
  ])('waits out %s and parks nothing', async (_, error) => {
    const stream = newStream();
    await store.append(UMBRIA, stream, badAt(1, 3), 'none');
    const runner = await run([failingAt(1, error, 9)]);
    expect(await caughtUp(runner)).toBe(true);
    expect(await tallied(writer)).toEqual({ [stream]: upTo(2) });
    expect(errors).toHaveLength(9);
  });

  it('stops before an event of an unknown schema and never skips it, while others go on', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, badAt(2, 4), 'none');
    const other = tallyConsumer({ name: 'other', handlers: {} });
    const runner = await run([failingAt(2, () => new UnknownSchema('Counted', 2)), other]);
    await until(async () => (await runner.status())[0]?.state === 'stopped');
    expect(await caughtUp(runner, 'other')).toBe(true);
    expect(await runner.waitFor('tally', UMBRIA, (await store.head(UMBRIA)) ?? '', 20)).toBe(false);
    const [status] = await runner.status();
    expect(status).toMatchObject({ because: 'Counted of schema 2 is not known here', parked: 0, lag: 2 });
    expect(await tallied(writer)).toEqual({ [stream]: upTo(1) });
    await caughtUp(await run([tallyConsumer()]));
    expect(await tallied(writer)).toEqual({ [stream]: upTo(3) });
  });

  it('has every effect once although several workers run it', async () => {
    const streams = Array.from({ length: 5 }, () => newStream());
    const first = await run([tallyConsumer()]);
    const rivals = [first, await run([tallyConsumer()]), await run([tallyConsumer()], { page: 3 })];
    for (let n = 0; n < 20; n++) for (const stream of streams) await store.append(UMBRIA, stream, [someEvent()], 'any');
    for (const runner of rivals) expect(await caughtUp(runner)).toBe(true);
    expect(await tallied(writer)).toEqual(Object.fromEntries(streams.map((stream) => [stream, upTo(19)])));
  });

  it('has not reached a position as long as something before it is parked', async () => {
    const [bad, good] = [newStream(), newStream()];
    await store.append(UMBRIA, good, someEvents(2), 'none');
    const before = (await store.head(UMBRIA)) ?? '';
    await store.append(UMBRIA, bad, badAt(0, 1), 'none');
    const runner = await run([failingAt(0, () => new Error('broken'), 3)]);
    expect(await caughtUp(runner)).toBe(false);
    expect(await runner.waitFor('tally', UMBRIA, before, 60_000)).toBe(true);
    await runner.replayParked((await runner.parked())[0]?.id ?? '');
    expect(await caughtUp(runner)).toBe(true);
  });

  it('that acts does so before its place moves, outside the transaction, and is tried and parked like others', async () => {
    const [stream, acted] = [newStream(), [] as string[]];
    await store.append(UMBRIA, stream, [...someEvents(2), someEvent(0, { type: 'Other' }), ...badAt(0, 2)], 'none');
    const reactor = tallyConsumer({
      name: 'reactor',
      reactor: true,
      tables: [],
      handlers: {
        Counted: async (event: RecordedEvent) => {
          const [row] = await writer.query<{ position: string | null }[]>(
            `select position from ${CONTEXT}.consumer_checkpoint where consumer = 'reactor'`,
          );
          acted.push(`${event.revision} after ${Number(row?.position ?? 0)}`);
          if ('bad' in event.data) throw new Error('broken');
        },
      },
    });
    const runner = await run([reactor]);
    expect(await caughtUp(runner, 'reactor')).toBe(false);
    expect(acted).toEqual(['0 after 0', '1 after 1', '3 after 2', '3 after 3', '3 after 3']);
    expect((await runner.parked()).map(({ revision }) => revision)).toEqual([3, 4]);
    await expect(runner.rebuild('reactor')).rejects.toThrow('act again');
  });

  it('with a name that runs already is refused', async () => {
    await expect(run([tallyConsumer(), tallyConsumer()])).rejects.toThrow('two consumers are called tally');
  });
});
