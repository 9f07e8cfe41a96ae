import { type ChildProcess, fork } from 'node:child_process';
import * as path from 'node:path';
import { PostgresEventStore } from '@platform/event-store';
import { createTopics, KafkaBus, PostgresRelayCheckpoints, Relay, topicOf, topicPlan } from '@platform/messaging';
import { newStream, someEvent } from '../../event-store/test/some-events';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { KafkaCluster } from '../../../../tools/kafka/kafka-cluster';
import { ConsumerRunner } from '../src/consumer-runner';
import { kafkaOptions, mirror } from './kafka-options';
import { clock, CONTEXT, publicForm, tallied, tallyDatabase, until, upTo } from './tally';

const ROOT = path.resolve(__dirname, '../../../..');

/** Store, brokers and one consumer whose rows show every omission, repetition and disorder; processes that can be killed. */
export class KafkaWorld {
  readonly children: ChildProcess[] = [];
  readonly store: PostgresEventStore;
  readonly #streams = Array.from({ length: 6 }, () => newStream());
  readonly #lengths = new Map<string, number>();
  readonly #ends: (() => Promise<void>)[] = [];
  #writing: Promise<void> = Promise.resolve();
  #pause = false;

  private constructor(
    readonly database: SpecDatabase,
    readonly cluster: KafkaCluster,
  ) {
    this.store = new PostgresEventStore(database.databases.pool('raccordo_store'));
  }

  static async start(brokers = 1): Promise<KafkaWorld> {
    const database = await tallyDatabase();
    const cluster = await KafkaCluster.start({ brokers });
    const world = new KafkaWorld(database, cluster);
    try {
      await createTopics(
        { ...kafkaOptions, brokers: cluster.addresses },
        topicPlan([topicOf(CONTEXT)], { partitions: 3, copies: brokers }),
      );
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  async close(): Promise<void> {
    await this.rest();
    for (const child of this.children) child.kill('SIGKILL');
    for (const end of this.#ends.reverse()) await end();
    await this.store.close();
    await this.database.drop();
    await this.cluster.stop();
  }

  bus(): KafkaBus {
    const bus = new KafkaBus({ ...kafkaOptions, brokers: this.cluster.addresses });
    this.#ends.push(() => bus.close());
    return bus;
  }

  relay(): Relay {
    const checkpoints = new PostgresRelayCheckpoints(this.database.databases.pool('raccordo_store'));
    const onError = (): void => undefined;
    const relay = new Relay({
      ...{ store: this.store, bus: this.bus(), context: CONTEXT, toMessage: publicForm, checkpoints, clock, onError, outage: 50, page: 20 },
    });
    this.#ends.push(() => relay.stop());
    relay.start();
    return relay;
  }

  async runner(): Promise<ConsumerRunner> {
    const writer = await this.database.databases.writer(CONTEXT);
    const runner = new ConsumerRunner({
      ...{ store: this.store, bus: this.bus(), writer: () => writer, clock, onError: () => undefined, outage: 20 },
    });
    this.#ends.push(() => runner.stop());
    await runner.start(mirror);
    return runner;
  }

  /** A process of its own: `kafka-process.ts`. */
  child(role: 'relay' | 'consumer', hangAt = 0): ChildProcess {
    const about = JSON.stringify({ connection: this.database.connection, brokers: this.cluster.addresses, role, hangAt });
    const child = fork(path.join(ROOT, 'libs/platform/consuming/test/kafka-process.ts'), [about], {
      execArgv: ['-r', path.join(ROOT, 'tools/typescript-hook.cjs')],
    });
    this.children.push(child);
    return child;
  }

  /** Appends until told to rest. */
  write(): void {
    this.#pause = false;
    this.#writing = (async () => {
      for (let n = 0; !this.#pause; n++) await this.append(n);
    })();
  }

  async rest(): Promise<void> {
    this.#pause = true;
    await this.#writing;
  }

  async append(n: number): Promise<void> {
    const stream = this.#streams[n % this.#streams.length] ?? '';
    const length = this.#lengths.get(stream) ?? 0;
    await this.store.append(`${CONTEXT}@${n % 2 ? 'umbria' : 'friuli'}`, stream, [someEvent(length)], length === 0 ? 'none' : length - 1);
    this.#lengths.set(stream, length + 1);
  }

  get appended(): number {
    return [...this.#lengths.values()].reduce((sum, length) => sum + length, 0);
  }

  async mirrored(): Promise<number> {
    const rows = await tallied(await this.database.databases.writer(CONTEXT), 'mirror');
    return Object.values(rows).reduce((sum, seen) => sum + seen.split(' ').length, 0);
  }

  /** Nothing lost, nothing twice: rows as if nothing had happened, once the consumer knows itself to be up to date. */
  async expectWhole(runner: ConsumerRunner): Promise<void> {
    const since = clock.now();
    await until(async () => ((await runner.freshness('mirror')) ?? '') > since);
    const whole = Object.fromEntries(
      [...this.#lengths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stream, length]) => [stream, upTo(length - 1)]),
    );
    expect(await tallied(await this.database.databases.writer(CONTEXT), 'mirror')).toEqual(whole);
    expect(await runner.parked()).toEqual([]);
  }
}

export const heard = (child: ChildProcess, word: string): Promise<void> =>
  new Promise((resolve) => child.on('message', (said) => said === word && resolve()));

export async function killed(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
