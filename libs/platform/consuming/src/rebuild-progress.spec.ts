import { MemoryEventStore } from '@platform/event-store';
import type { RecordedEvent } from '@platform/kernel';
import { InProcessBus, type Message, MemoryTopicLog } from '@platform/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { newStream, someEvent, someEvents } from '../../event-store/test/some-events';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { someMessage } from '../../messaging/test/some-messages';
import { CONTEXT, tallied, tally, tallyConsumer, tallyDatabase, TOPIC, until, upTo } from '../test/tally';
import type { Consumer } from './consumer';
import { ConsumerRunner, type RunnerOptions } from './consumer-runner';
import type { RebuildProgress } from './rebuild-books';

const UMBRIA = `${CONTEXT}@umbria`;
const clock = { now: () => '2026-03-01T09:00:00.000Z' };

/** Holds whoever asks while it is closed. */
class Gate {
  #open: () => void = () => undefined;
  #passage = Promise.resolve();

  close(): void {
    this.#passage = new Promise((resolve) => (this.#open = resolve));
  }
  open = (): void => this.#open();
  pass = (): Promise<void> => this.#passage;
}

describe('a rebuild', () => {
  let database: SpecDatabase;
  let writer: DataSource;
  const runners: ConsumerRunner[] = [];
  const gate = new Gate();
  /** The event of each stream at which the handler waits at the gate. */
  const HELD = 4;
  const handlers = {
    Counted: async (event: RecordedEvent | Message, tx: EntityManager): Promise<void> => {
      if (event.revision === HELD) await gate.pass();
      await tally(event, tx);
    },
  };

  beforeAll(async () => {
    database = await tallyDatabase();
    writer = await database.databases.writer(CONTEXT);
  });
  const clear = async (): Promise<void> => {
    gate.open();
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    for (const table of ['tally', 'consumer_checkpoint', 'consumer_parked', 'consumer_stream', 'consumer_rebuild'])
      await writer.query(`delete from ${CONTEXT}.${table}`);
  };
  beforeEach(clear);
  afterAll(async () => {
    await clear();
    await database.drop();
  });

  const run = async (
    store: MemoryEventStore,
    over: Partial<RunnerOptions> = {},
    consumer: Partial<Consumer> = {},
  ): Promise<ConsumerRunner> => {
    const bus = new InProcessBus(new MemoryTopicLog());
    const options = { store, bus, writer: () => writer, clock, onError: () => undefined, delays: [1], outage: 5, page: 2, ...over };
    const runner = new ConsumerRunner(options);
    runners.push(runner);
    await runner.start([tallyConsumer({ handlers, ...consumer })]);
    return runner;
  };
  const caughtUp = async (runner: ConsumerRunner, store: MemoryEventStore): Promise<void> => {
    for (const log of await store.logs(CONTEXT)) await runner.waitFor('tally', log, (await store.head(log)) ?? '', 50_000);
  };
  const last = async (runner: ConsumerRunner): Promise<RebuildProgress | undefined> => (await runner.rebuilds(CONTEXT)).get('tally');
  const comesTo = (runner: ConsumerRunner, holds: (progress: RebuildProgress) => boolean): Promise<void> =>
    until(async () => {
      const progress = await last(runner);
      return progress !== undefined && holds(progress);
    });
  /** A read model of seven events whose rebuild stands at the gate with four of them applied. */
  const heldHalfway = async (): Promise<{ store: MemoryEventStore; stream: string; runner: ConsumerRunner }> => {
    const [store, stream] = [new MemoryEventStore(), newStream()];
    await store.append(UMBRIA, stream, someEvents(7), 'none');
    const runner = await run(store);
    await caughtUp(runner, store);
    await writer.query(`insert into ${CONTEXT}.tally values ('ghost', '0')`);
    gate.close();
    await runner.startRebuild('tally');
    await comesTo(runner, ({ applied }) => applied === 4);
    return { store, stream, runner };
  };

  it('tells how far it is of how many, never less than before, and ends with all of them', async () => {
    const { stream, runner } = await heldHalfway();
    expect(await last(runner)).toEqual({
      ...{ state: 'running', applied: 4, total: 7, cancelling: false },
      ...{ startedAt: clock.now(), endedAt: undefined, reason: undefined },
    });
    const told: number[] = [];
    gate.open();
    await comesTo(runner, ({ state, applied }) => told.push(applied) > 0 && state === 'done');
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(await last(runner)).toMatchObject({ state: 'done', applied: 7, total: 7, endedAt: clock.now() });
    expect(await tallied(writer)).toEqual({ [stream]: upTo(6) });
  });

  it('counts what is appended meanwhile as well', async () => {
    const { store, stream, runner } = await heldHalfway();
    await store.append(UMBRIA, stream, someEvents(3), 'any');
    gate.open();
    await comesTo(runner, ({ state }) => state === 'done');
    expect(await last(runner)).toMatchObject({ applied: 10, total: 10 });
    expect(await tallied(writer)).toEqual({ [stream]: upTo(9) });
  });

  it('says of a store that cannot count only how many it has applied, until it is done', async () => {
    const [store, stream] = [new MemoryEventStore(), newStream()];
    Object.assign(store, { size: () => Promise.resolve(undefined) });
    await store.append(UMBRIA, stream, someEvents(7), 'none');
    const runner = await run(store);
    await caughtUp(runner, store);
    gate.close();
    await runner.startRebuild('tally');
    await comesTo(runner, ({ applied }) => applied === 4);
    expect((await last(runner))?.total).toBeUndefined();
    gate.open();
    await comesTo(runner, ({ state }) => state === 'done');
    expect(await last(runner)).toMatchObject({ applied: 7, total: 7 });
  });

  it('that is cancelled leaves the old rows and the place where they stand, and live events follow', async () => {
    const { store, stream, runner } = await heldHalfway();
    const { checkpoint } = (await runner.status())[0] ?? {};
    expect(await runner.cancelRebuild('tally')).toBe(true);
    expect(await last(runner)).toMatchObject({ state: 'running', cancelling: true });
    gate.open();
    await comesTo(runner, ({ state }) => state === 'cancelled');
    expect(await tallied(writer)).toEqual({ [stream]: upTo(6), ghost: '0' });
    expect((await runner.status())[0]).toMatchObject({ checkpoint, state: 'running', lag: 0 });
    await store.append(UMBRIA, stream, [someEvent()], 'any');
    await caughtUp(runner, store);
    expect(await tallied(writer)).toEqual({ [stream]: upTo(7), ghost: '0' });
    expect(await runner.cancelRebuild('tally')).toBe(false);
    await runner.rebuild('tally');
    expect(await tallied(writer)).toEqual({ [stream]: upTo(7) });
  });

  it('that waits for the store can be cancelled all the same', async () => {
    const [store, stream] = [new MemoryEventStore(), newStream()];
    await store.append(UMBRIA, stream, someEvents(3), 'none');
    const runner = await run(store);
    await caughtUp(runner, store);
    const readLog = store.readLog.bind(store);
    Object.assign(store, { readLog: (...asked: Parameters<typeof readLog>) => gate.pass().then(() => readLog(...asked)) });
    gate.close();
    await runner.startRebuild('tally');
    await runner.cancelRebuild('tally');
    await comesTo(runner, ({ state }) => state === 'cancelled');
    expect(await tallied(writer)).toEqual({ [stream]: upTo(2) });
  });

  it('is refused while another one of the same read model runs, in this process or in another', async () => {
    const { store, stream, runner } = await heldHalfway();
    const refusal = { code: 'projection.rebuilding', kind: 'refused' };
    const other = await run(store, {}, { handlers: { Counted: tally } });
    for (const each of [runner, other]) {
      await expect(each.startRebuild('tally')).rejects.toMatchObject(refusal);
      await expect(each.rebuild('tally')).rejects.toMatchObject(refusal);
    }
    expect(await last(other)).toMatchObject({ state: 'running', applied: 4 });
    gate.open();
    await comesTo(other, ({ state }) => state === 'done');
    await other.rebuild('tally');
    expect(await tallied(writer)).toEqual({ [stream]: upTo(6) });
  });

  it('can be cancelled in another process than the one it runs in', async () => {
    const { store, stream, runner } = await heldHalfway();
    const other = await run(store);
    expect(await other.cancelRebuild('tally')).toBe(true);
    gate.open();
    await comesTo(other, ({ state }) => state === 'cancelled');
    expect(await tallied(writer)).toEqual({ [stream]: upTo(6), ghost: '0' });
    await runner.rebuild('tally');
  });

  it('ends unchanged when its process stops, and says that it was interrupted', async () => {
    const { store, stream, runner } = await heldHalfway();
    const stopping = runner.stop();
    gate.open();
    await stopping;
    const next = await run(store);
    expect(await last(next)).toMatchObject({ state: 'interrupted', endedAt: clock.now() });
    expect(await tallied(writer)).toEqual({ [stream]: upTo(6), ghost: '0' });
  });

  it('is known to be lost when its process died without a word', async () => {
    await writer.query(
      `insert into ${CONTEXT}.consumer_rebuild (consumer, state, started_at, applied, total) values ('tally', 'running', $1, 4, 7)`,
      [clock.now()],
    );
    const runner = await run(new MemoryEventStore());
    expect(await last(runner)).toMatchObject({ state: 'interrupted', applied: 4 });
    expect(await runner.cancelRebuild('tally')).toBe(false);
    await runner.rebuild('tally');
    expect(await last(runner)).toMatchObject({ state: 'done', applied: 0, total: 0 });
  });

  it('says by a code why it failed, and has changed nothing', async () => {
    const { stream, runner } = await heldHalfway();
    await writer.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and pid <> pg_backend_pid() and classid = 722310`,
    );
    gate.open();
    await comesTo(runner, ({ state }) => state === 'failed');
    expect((await last(runner))?.reason).toMatch(/^(57P01|QueryRunner(Provider)?AlreadyReleasedError)$/);
    expect(await tallied(writer)).toEqual({ [stream]: upTo(6), ghost: '0' });
    await runner.rebuild('tally');
    expect(await tallied(writer)).toEqual({ [stream]: upTo(6) });
  });

  it('is refused for what acts on events, and leaves no trace of itself', async () => {
    const runner = await run(new MemoryEventStore(), {}, { reactor: true, tables: [] });
    await expect(runner.startRebuild('tally')).rejects.toMatchObject({ code: 'projection.not-rebuildable', kind: 'refused' });
    expect(await last(runner)).toBeUndefined();
  });

  it('from topics tells how far it is, and a cancelled one leaves rows as they are and goes on listening', async () => {
    const bus = new InProcessBus(new MemoryTopicLog());
    const runner = await run(new MemoryEventStore(), { bus }, { source: { topics: [TOPIC] } });
    const publish = (...revisions: number[]): Promise<void> =>
      bus.publish(
        TOPIC,
        revisions.map((revision) => someMessage('a-1', revision)),
      );
    for (let n = 0; n < 7; n++) await publish(n);
    await bus.heartbeat(TOPIC, '2026-03-01T09:00:01.000Z');
    await until(async () => (await tallied(writer))['a-1'] === upTo(6));
    await writer.query(`insert into ${CONTEXT}.tally values ('ghost', '0')`);
    gate.close();
    await runner.startRebuild('tally');
    await comesTo(runner, ({ total }) => total === 7);
    await runner.cancelRebuild('tally');
    gate.open();
    await comesTo(runner, ({ state }) => state === 'cancelled');
    expect(await tallied(writer)).toEqual({ 'a-1': upTo(6), ghost: '0' });
    await publish(7);
    await until(async () => (await tallied(writer))['a-1'] === upTo(7));
    await bus.heartbeat(TOPIC, '2026-03-01T09:00:02.000Z');
    await runner.rebuild('tally');
    expect(await last(runner)).toMatchObject({ state: 'done', applied: 8, total: 8 });
    expect(await tallied(writer)).toEqual({ 'a-1': upTo(7) });
  });
});
