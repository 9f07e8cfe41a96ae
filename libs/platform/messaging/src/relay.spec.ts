import { MemoryEventStore } from '@platform/event-store';
import type { RecordedEvent } from '@platform/kernel';
import { newStream, someEvent, someEvents } from '../../event-store/test/some-events';
import { type SpecDatabase, specDatabase } from '../../event-store/test/spec-database';
import { type EventBus, type Message, messageType, topicOf } from './event-bus';
import { InProcessBus } from './in-process/in-process-bus';
import { MemoryTopicLog } from './in-process/memory-topic-log';
import { Relay, type RelayOptions } from './relay';
import { MemoryRelayCheckpoints, PostgresRelayCheckpoints, type RelayCheckpoints } from './relay-checkpoints';
import { PostgresRelayLease } from './relay-lease';
import { busSchema } from './schema';

const UMBRIA = 'counting@umbria';
const TOPIC = topicOf('counting');

const toMessage = (event: RecordedEvent): Message | undefined =>
  event.type === 'Counted'
    ? {
        id: event.id,
        type: messageType('counting', event.type),
        subject: event.stream,
        revision: event.revision,
        region: event.meta.region,
        time: event.meta.at,
        actor: event.meta.actor,
        organisation: event.meta.organisation,
        correlation: event.meta.correlation,
        data: event.data,
      }
    : undefined;

const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the relay', () => {
  let database: SpecDatabase;
  let store: MemoryEventStore;
  let log: MemoryTopicLog;
  let bus: InProcessBus;
  let checkpoints: RelayCheckpoints;
  let seconds = 0;
  const relays: Relay[] = [];
  const errors: unknown[] = [];
  const ticks: (() => void)[] = [];
  const clock = { now: (): string => `2026-03-01T09:00:${String(seconds).padStart(2, '0')}.000Z` };

  beforeAll(async () => {
    database = await specDatabase([{ schemas: ['bus'], roles: ['raccordo_store'], sql: busSchema }]);
  });
  beforeEach(() => {
    store = new MemoryEventStore();
    log = new MemoryTopicLog();
    bus = new InProcessBus(log);
    checkpoints = new MemoryRelayCheckpoints();
    seconds = 0;
    errors.length = ticks.length = 0;
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await bus.close();
    await store.close();
  });
  afterAll(() => database.drop());

  const start = (over: Partial<RelayOptions> = {}): Relay => {
    const every = (_: number, tick: () => void): (() => void) => {
      ticks.push(tick);
      return () => undefined;
    };
    const onError = (error: unknown): void => void errors.push(error);
    const relay = new Relay({
      store,
      bus,
      context: 'counting',
      toMessage,
      checkpoints,
      clock,
      onError,
      outage: 1,
      page: 4,
      every,
      ...over,
    });
    relays.push(relay);
    relay.start();
    return relay;
  };
  const published = async (): Promise<string[]> =>
    (await log.read(TOPIC, '', 1000)).map(({ message }) => `${message.subject} ${message.revision}`);
  const names = (stream: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${stream} ${n}`);
  const beat = async (): Promise<string | undefined> => (await log.state(TOPIC)).beat?.at;

  it('publishes the public events of all logs of its context in the order of each log', async () => {
    const [a, b, c] = [newStream(), newStream(), newStream()];
    await store.append(UMBRIA, a, someEvents(6), 'none');
    await store.append(UMBRIA, b, [someEvent(), someEvent(0, { type: 'Inner' }), someEvent()], 'none');
    await store.append('other@umbria', newStream(), someEvents(2), 'none');
    start();
    await until(async () => (await published()).length === 8);
    await store.append('counting@friuli', c, someEvents(2), 'none');
    await until(async () => (await published()).length === 10);
    expect(await published()).toEqual([...names(a, 6), `${b} 0`, `${b} 2`, ...names(c, 2)]);
  });

  it('goes on where it stopped', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, someEvents(6), 'none');
    const first = start();
    await until(async () => (await checkpoints.position('counting', UMBRIA)) === (await store.head(UMBRIA)));
    await first.stop();
    await store.append(UMBRIA, stream, someEvents(3), 'any');
    start();
    await until(async () => (await published()).includes(`${stream} 8`));
    expect(await published()).toEqual(names(stream, 9));
  });

  it('publishes again what it cannot know to be published, and leaves nothing out', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, someEvents(6), 'none');
    let losses = 2;
    const forgetful = Object.assign(new MemoryRelayCheckpoints(), {
      move: (...parameters: Parameters<RelayCheckpoints['move']>) =>
        losses-- > 0
          ? Promise.reject(new Error('crashed after the publication'))
          : MemoryRelayCheckpoints.prototype.move.apply(checkpoints, parameters),
      position: (...parameters: Parameters<RelayCheckpoints['position']>) => checkpoints.position(...parameters),
      all: (context: string) => checkpoints.all(context),
    });
    start({ checkpoints: forgetful });
    await until(async () => (await checkpoints.position('counting', UMBRIA)) === (await store.head(UMBRIA)));
    const all = await published();
    expect(all.length).toBeGreaterThan(6);
    expect([...new Set(all)]).toEqual(names(stream, 6));
  });

  it('tries again while the bus is down, and only then moves its checkpoint', async () => {
    const stream = newStream();
    let failures = 3;
    const shaky = Object.assign(Object.create(bus) as EventBus, {
      publish: (topic: string, messages: readonly Message[]) =>
        failures-- > 0 ? Promise.reject(new Error('down')) : bus.publish(topic, messages),
    });
    await store.append(UMBRIA, stream, someEvents(2), 'none');
    start({ bus: shaky });
    await until(async () => (await published()).length === 2);
    expect(errors).toHaveLength(3);
    expect(await published()).toEqual(names(stream, 2));
  });

  it('publishes everything again once somebody has removed its checkpoint, without a new start, and vouches for nothing before', async () => {
    const kept = new PostgresRelayCheckpoints(database.databases.pool('raccordo_store'));
    const stream = newStream();
    await store.append(UMBRIA, stream, someEvents(3), 'none');
    start({ checkpoints: kept });
    await until(async () => (await beat()) !== undefined);
    const removed = (): Promise<unknown> => database.databases.asOwner((client) => client.query('delete from bus.relay_checkpoint'));
    await removed();
    seconds = 30;
    ticks[0]?.();
    await until(async () => (await beat())?.includes(':30') ?? false);
    expect(await published()).toEqual([...names(stream, 3), ...names(stream, 3)]);
    await relays.pop()?.stop();
    await removed();
  });

  it('stops before an event that has no public form, publishes what is before it and no heartbeat', async () => {
    const stream = newStream();
    await store.append(UMBRIA, stream, someEvents(6), 'none');
    let broken = true;
    start({
      toMessage: (event) => {
        if (broken && event.revision === 5) throw new Error('unknown schema');
        return toMessage(event);
      },
    });
    await until(() => errors.length > 2);
    expect([...new Set(await published())]).toEqual(names(stream, 5));
    expect(await beat()).toBeUndefined();
    broken = false;
    await until(async () => (await beat()) !== undefined);
    expect([...new Set(await published())]).toEqual(names(stream, 6));
  });

  it('publishes and vouches for nothing when the store was restored to an older state than its checkpoint, until that is removed', async () => {
    await store.append(UMBRIA, newStream(), someEvents(6), 'none');
    const first = start();
    await until(async () => (await beat()) !== undefined);
    await first.stop();
    const told = await published();
    [store, log, seconds] = [new MemoryEventStore(), new MemoryTopicLog(), 30];
    bus = new InProcessBus(log);
    const stream = newStream();
    await store.append(UMBRIA, stream, someEvents(2), 'none');
    start();
    await until(() => errors.length > 3);
    expect(String(errors[0])).toContain('not of one backup');
    expect([told.length, await published(), await beat()]).toEqual([6, [], undefined]);
    await relays.pop()?.stop();
    start({ checkpoints: new MemoryRelayCheckpoints() });
    await until(async () => (await beat()) !== undefined);
    expect(await published()).toEqual(names(stream, 2));
  });

  it('sends a heartbeat once it has caught up, with the time before its last look, and again at every tick', async () => {
    seconds = 1;
    start();
    await until(async () => (await beat()) === '2026-03-01T09:00:01.000Z');
    seconds = 2;
    await store.append(UMBRIA, newStream(), someEvents(2), 'none');
    await until(async () => (await published()).length === 2);
    expect(await beat()).toBe('2026-03-01T09:00:01.000Z');
    ticks[0]?.();
    await until(async () => (await beat()) === '2026-03-01T09:00:02.000Z');
  });

  it('vouches for nothing that was committed while it looked', async () => {
    const late = newStream();
    let appended = false;
    const logs = store.logs.bind(store);
    store.logs = async (context) => {
      const found = await logs(context);
      if (!appended && seconds === 1) {
        appended = true;
        seconds = 5; // meanwhile the clock goes on and another process appends
        await store.append(UMBRIA, late, someEvents(1), 'none');
      }
      return found;
    };
    seconds = 1;
    const vouched: [at: string, published: string[]][] = [];
    const honest = Object.assign(Object.create(bus) as EventBus, {
      heartbeat: async (_: string, at: string) => void vouched.push([at, await published()]),
    });
    start({ bus: honest });
    await until(() => {
      ticks[0]?.();
      return vouched.length >= 3;
    });
    expect(vouched[0]).toEqual(['2026-03-01T09:00:01.000Z', []]);
    expect(vouched[2]).toEqual(['2026-03-01T09:00:05.000Z', [`${late} 0`]]);
  });

  it('does no harm beside another relay of the same context', async () => {
    const streams = [newStream(), newStream()];
    checkpoints = new PostgresRelayCheckpoints(database.databases.pool('raccordo_store'));
    const relayed = async (): Promise<boolean> => (await checkpoints.position('counting', UMBRIA)) === (await store.head(UMBRIA));
    for (const relay of [start(), start()]) {
      for (let n = 0; n < 5; n++) for (const stream of streams) await store.append(UMBRIA, stream, someEvents(2), 'any');
      await until(relayed);
      await relay.stop(); // the second goes on alone
    }
    const all = await published();
    for (const stream of streams) {
      const first = [...new Set(all.filter((name) => name.startsWith(stream)))];
      expect(first).toEqual(names(stream, 20));
    }
  });

  it('stands by while another relay holds the lease, and takes over when that one ends or loses its session', async () => {
    const stream = newStream();
    const lease = new PostgresRelayLease(database.databases.pool('raccordo_store'));
    const appendTo = async (revision: number): Promise<void> => {
      await store.append(UMBRIA, stream, [someEvent()], 'any');
      await until(async () => (await published()).includes(`${stream} ${revision}`));
    };
    const first = start({ lease });
    await until(() => first.runs);
    const [second, third] = [start({ lease }), start({ lease })];
    await appendTo(0);
    expect([first.runs, second.runs, third.runs]).toEqual([true, false, false]);
    await first.stop();
    await appendTo(1);
    const running = (): boolean[] => [second, third].map((relay) => relay.runs);
    expect(running().filter(Boolean)).toHaveLength(1);
    const locks = `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database
      where datname = current_database())`;
    await database.asAdmin((client) => client.query(locks));
    await until(() => {
      ticks.forEach((tick) => tick());
      return errors.length > 0;
    });
    await until(() => running().filter(Boolean).length === 1);
    await appendTo(2);
    expect(await published()).toEqual(names(stream, 3));
  });
});
