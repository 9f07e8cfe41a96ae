import { contract, type Declared, field, v1, version } from '@contracts';
import { MemoryEventStore } from '@platform/event-store';
import { InProcessBus, MemoryTopicLog, type Message } from '@platform/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { someMessage } from '../../messaging/test/some-messages';
import { CONTEXT, tallied, tally, tallyConsumer, tallyDatabase, TOPIC, until } from '../test/tally';
import type { Consumer } from './consumer';
import { ConsumerRunner } from './consumer-runner';

const clock = { now: () => '2026-03-01T10:00:00.000Z' };

describe('a consumer of another release than its publisher', () => {
  let database: SpecDatabase;
  let writer: DataSource;
  let bus: InProcessBus;
  const runners: ConsumerRunner[] = [];
  const errors: unknown[] = [];
  const seen: object[] = [];

  beforeAll(async () => {
    database = await tallyDatabase();
    writer = await database.databases.writer(CONTEXT);
  });
  beforeEach(async () => {
    bus = new InProcessBus(new MemoryTopicLog());
    errors.length = seen.length = 0;
    for (const table of ['tally', 'consumer_checkpoint', 'consumer_parked', 'consumer_stream'])
      await writer.query(`delete from ${CONTEXT}.${table}`);
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    await bus.close();
  });
  afterAll(() => database.drop());

  const release = async (counted: Declared, consumer: Consumer): Promise<ConsumerRunner> => {
    const onError = (_: Consumer, error: unknown): void => void errors.push(error);
    const runner = new ConsumerRunner({
      ...{ store: new MemoryEventStore(), bus, writer: () => writer, clock, onError, delays: [1], outage: 5 },
      contracts: [contract('counting', { Counted: counted })],
    });
    runners.push(runner);
    await runner.start([consumer]);
    return runner;
  };
  const settled = async (runner: ConsumerRunner, at: string): Promise<void> => {
    await bus.heartbeat(TOPIC, at);
    await until(async () => (await runner.freshness('tally')) !== undefined && (await runner.status())[0]?.heartbeat[TOPIC] === at);
  };
  const later = (stream: string, revision: number, data: object, version = 1): Message => ({
    ...{ ...someMessage(stream, revision), data },
    type: `raccordo.counting.Counted.v${version}`,
  });
  const counting = (fails = false): Consumer => {
    const Counted = async (message: Message, tx: EntityManager): Promise<void> => {
      if (fails) throw new Error('broken');
      seen.push(message.data);
      await tally(message, tx);
    };
    return tallyConsumer({ source: { topics: [TOPIC] }, handlers: { Counted } });
  };
  const first = v1({ n: field.count() });
  const second = version(2, { count: field.count() }, { 1: ({ n }) => ({ count: n }) });

  it('keeps working while newer ones tell more: further fields and further events', async () => {
    const runner = await release(first, counting());
    await bus.publish(TOPIC, [
      later('a-1', 0, { n: 0, unit: 'people' }),
      { ...later('a-1', 1, {}), type: 'raccordo.counting.Weighed.v1' },
      later('a-1', 2, { n: 2, unit: 'days' }),
    ]);
    await settled(runner, '2026-03-01T10:00:01.000Z');
    expect(await tallied(writer)).toEqual({ 'a-1': '0 2' });
    expect(errors).toEqual([]);
  });

  it('gets what older ones published in the form of today, also what was parked meanwhile', async () => {
    const old = await release(first, counting(true));
    await bus.publish(TOPIC, [later('a-1', 0, { n: 7 })]);
    await settled(old, '2026-03-01T10:00:01.000Z');
    await old.stop();
    const today = await release(second, counting());
    await bus.publish(TOPIC, [later('b-1', 0, { n: 8 }), later('b-1', 1, { count: 9 }, 2)]);
    await settled(today, '2026-03-01T10:00:02.000Z');
    await today.replayParked((await today.parked())[0]?.id ?? '');
    expect(seen).toEqual([{ count: 8 }, { count: 9 }, { count: 7 }]);
  });

  it('stops before a later version of an event it handles, and a newer release goes on there', async () => {
    const old = await release(first, counting());
    await bus.publish(TOPIC, [later('a-1', 0, { n: 0 }), later('a-1', 1, { count: 1 }, 2), later('a-1', 2, { n: 2 })]);
    await until(async () => (await old.status())[0]?.state === 'stopped');
    expect(await tallied(writer)).toEqual({ 'a-1': '0' });
    await old.stop();
    await settled(await release(second, counting()), '2026-03-01T10:00:01.000Z');
    expect(await tallied(writer)).toEqual({ 'a-1': '0 1 2' });
  });
});
