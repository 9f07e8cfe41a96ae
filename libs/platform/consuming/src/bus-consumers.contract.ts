import { MemoryEventStore } from '@platform/event-store';
import { DomainError } from '@platform/kernel';
import type { EventBus, Message } from '@platform/messaging';
import type { DataSource } from 'typeorm';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { someMessage } from '../../messaging/test/some-messages';
import { CONTEXT, tallied, tally, tallyConsumer, tallyDatabase, until, upTo } from '../test/tally';
import type { Consumer } from './consumer';
import { ConsumerRunner, type RunnerOptions } from './consumer-runner';
import { UnknownSchema } from './errors';

const clock = { now: () => '2026-03-01T10:00:00.000Z' };
const at = (second: number): string => `2026-03-01T10:00:${String(second).padStart(2, '0')}.000Z`;

/** Opens a bus on topics of their own for each test, and again as the next process would. */
export interface BusOfSpec {
  readonly open: () => EventBus;
  readonly topics: () => Promise<readonly [TOPIC: string, THIRD: string]>;
  readonly close: () => Promise<void>;
}

/** What consumers of topics do on every bus. */
export function busConsumersContract(name: string, start: () => Promise<BusOfSpec>): void {
  describe(name, () => {
    let subject: BusOfSpec;
    let [TOPIC, THIRD] = ['', ''];
    let database: SpecDatabase;
    let writer: DataSource;
    let bus: EventBus;
    const runners: ConsumerRunner[] = [];
    const errors: unknown[] = [];

    beforeAll(async () => {
      subject = await start();
      database = await tallyDatabase();
      writer = await database.databases.writer(CONTEXT);
    });
    beforeEach(async () => {
      [TOPIC, THIRD] = await subject.topics();
      bus = subject.open();
      errors.length = 0;
      for (const table of ['tally', 'consumer_checkpoint', 'consumer_parked', 'consumer_stream'])
        await writer.query(`delete from ${CONTEXT}.${table}`);
    });
    afterEach(async () => {
      await Promise.all(runners.splice(0).map((runner) => runner.stop()));
      await bus.close();
    });
    afterAll(async () => {
      await database.drop();
      await subject.close();
    });

    const run = async (consumers: readonly Consumer[], over: Partial<RunnerOptions> = {}): Promise<ConsumerRunner> => {
      const onError = (_: Consumer, error: unknown): void => void errors.push(error);
      const store = new MemoryEventStore();
      const runner = new ConsumerRunner({
        store,
        bus,
        writer: () => writer,
        clock,
        onError,
        delays: [1, 1],
        outage: 5,
        ...over,
      });
      runners.push(runner);
      await runner.start(consumers);
      return runner;
    };
    const busTally = (over: Partial<Consumer> = {}): Consumer => tallyConsumer({ source: { topics: [TOPIC] }, ...over });
    const publish = (stream: string, ...revisions: number[]): Promise<void> =>
      bus.publish(
        TOPIC,
        revisions.map((revision) => someMessage(stream, revision)),
      );
    /** Everything published so far has been taken. */
    const settled = async (runner: ConsumerRunner, second: number, name = 'tally'): Promise<void> => {
      await bus.heartbeat(TOPIC, at(second));
      await until(async () => (await runner.status()).find((status) => status.name === name)?.heartbeat[TOPIC] === at(second));
    };
    const failingAt = (revision: number, error: () => Error, times = Infinity): Consumer => {
      let left = times;
      return busTally({
        handlers: {
          Counted: async (message: Message, tx) => {
            await tally(message, tx);
            if (message.revision === revision && message.subject.startsWith('bad') && left-- > 0) throw error();
          },
        },
      });
    };

    it('applies each revision of a stream once, however often and in whatever heaps it is delivered', async () => {
      const runner = await run([busTally()]);
      await publish('a-1', 0, 1, 1, 0);
      await publish('b-1', 4);
      await publish('a-1', 0, 1, 2, 3, 2);
      await publish('b-1', 4, 9, 9, 4);
      await settled(runner, 1);
      await publish('a-1', 3, 4);
      await settled(runner, 2);
      expect(await tallied(writer)).toEqual({ 'a-1': upTo(4), 'b-1': '4 9' });
    });

    it('applies nothing twice in the next process, nor next to a second one', async () => {
      const first = await run([busTally()]);
      await publish('a-1', 0, 1, 2);
      await settled(first, 1);
      await first.stop();
      await bus.rewind('tally', [TOPIC]);
      const both = [await run([busTally()]), await run([busTally()])];
      await publish('a-1', 3, 4, 5);
      await publish('b-1', 0, 1, 2);
      for (const runner of both) await settled(runner, 2);
      expect(await tallied(writer)).toEqual({ 'a-1': upTo(5), 'b-1': upTo(2) });
    });

    it('parks a message that keeps failing with the later ones of its stream, and replays them from what it kept', async () => {
      const runner = await run([failingAt(1, () => new Error('broken'), 3)]);
      await publish('bad-1', 0, 1, 2);
      await publish('a-1', 0, 1);
      await settled(runner, 1);
      await publish('bad-1', 3);
      await settled(runner, 2);
      expect(await tallied(writer)).toEqual({ 'a-1': upTo(1), 'bad-1': '0' });
      const parked = await runner.parked();
      expect(parked.map(({ stream, revision, reason }) => [stream, revision, reason])).toEqual([
        ['bad-1', 1, 'Error'],
        ['bad-1', 2, 'behind-parked'],
        ['bad-1', 3, 'behind-parked'],
      ]);
      expect(await runner.replayParked(parked[0]?.id ?? '')).toBe(3);
      await publish('bad-1', 1, 2, 3, 4);
      await settled(runner, 3);
      expect(await tallied(writer)).toEqual({ 'a-1': upTo(1), 'bad-1': upTo(4) });
    });

    it('knows up to which instant all its topics have been applied', async () => {
      const runner = await run([busTally({ source: { topics: [TOPIC, THIRD] } })]);
      await bus.heartbeat(TOPIC, at(5));
      await until(async () => (await runner.status())[0]?.heartbeat[TOPIC] === at(5));
      expect(await runner.freshness('tally')).toBeUndefined();
      await bus.heartbeat(THIRD, at(3));
      await until(async () => (await runner.freshness('tally')) !== undefined);
      expect(await runner.freshness('tally')).toBe(at(3));
      await bus.heartbeat(THIRD, at(9));
      await until(async () => (await runner.freshness('tally')) === at(5));
    });

    it('is no fresher than the oldest message that is parked', async () => {
      const runner = await run([failingAt(0, () => new Error('broken'), 3)]);
      await bus.publish(TOPIC, [{ ...someMessage('bad-1', 0), time: '2026-03-01T09:59:01.000Z' }]);
      await settled(runner, 8);
      expect(await runner.freshness('tally')).toBe('2026-03-01T09:59:01.000Z');
      await runner.replayParked((await runner.parked())[0]?.id ?? '');
      expect(await runner.freshness('tally')).toBe(at(8));
    });

    it('is no fresher than the moment of parking, even if the message is dated later', async () => {
      const runner = await run([failingAt(0, () => new Error('broken'))]);
      await bus.publish(TOPIC, [{ ...someMessage('bad-1', 0), time: '2031-01-01T00:00:00.000Z' }]);
      await settled(runner, 8);
      expect(await runner.freshness('tally')).toBe(clock.now());
    });

    it('counts what it has still to take, and leaves the count out while the bus does not answer', async () => {
      const runner = await run([
        busTally({ handlers: { Counted: () => Promise.reject(new DomainError('database.down', 'unavailable', 'down')) } }),
      ]);
      await publish('a-1', 0, 1);
      await publish('b-1', 0);
      expect(await runner.topicLags()).toEqual(new Map([['tally', 3]]));
      bus.lag = () => Promise.reject(new Error('no broker'));
      expect(await runner.topicLags()).toEqual(new Map());
      bus.lag = () => new Promise(() => undefined);
      expect(await runner.topicLags()).toEqual(new Map());
    });

    it('remembers its freshness over a restart', async () => {
      const first = await run([busTally()]);
      await settled(first, 4);
      await first.stop();
      await bus.close();
      bus = subject.open();
      expect(await (await run([busTally()])).freshness('tally')).toBe(at(4));
    });

    it('stops before a message of an unknown schema and never skips it', async () => {
      const runner = await run([failingAt(1, () => new UnknownSchema('Counted', 'v2')), busTally({ name: 'other', handlers: {} })]);
      await publish('bad-1', 0, 1, 2);
      await until(async () => (await runner.status())[0]?.state === 'stopped');
      await settled(runner, 1, 'other');
      expect(await tallied(writer)).toEqual({ 'bad-1': '0' });
      expect(await runner.freshness('tally')).toBeUndefined();
      await runner.stop();
      await settled(await run([busTally()]), 2);
      expect(await tallied(writer)).toEqual({ 'bad-1': upTo(2) });
    });

    it('that acts does so once per message, and not again for what it has taken', async () => {
      const acted: number[] = [];
      const handlers = { Counted: (message: Message): Promise<void> => Promise.resolve(void acted.push(message.revision)) };
      const runner = await run([busTally({ name: 'reactor', reactor: true, tables: [], handlers })]);
      await publish('a-1', 0, 1, 1, 0, 2);
      await settled(runner, 1, 'reactor');
      expect(acted).toEqual([0, 1, 2]);
      await expect(runner.rebuild('reactor')).rejects.toThrow('act again');
    });

    describe('that is rebuilt', () => {
      it('reads its topics again and goes on without a gap or a repetition', async () => {
        const runner = await run([busTally()]);
        await publish('a-1', ...Array.from({ length: 12 }, (_, n) => n));
        await publish('b-1', 0, 1);
        await settled(runner, 1);
        await writer.query(`update ${CONTEXT}.tally set seen = 'spoilt'`);
        await writer.query(`insert into ${CONTEXT}.tally values ('ghost', '0')`);
        const rebuilt = runner.rebuild('tally');
        await publish('a-1', 12, 13);
        await settled(runner, 2);
        await rebuilt;
        await publish('a-1', 14);
        await settled(runner, 3);
        expect(await tallied(writer)).toEqual({ 'a-1': upTo(14), 'b-1': upTo(1) });
        expect(errors).toEqual([]);
      });

      it('loses nothing that it had applied beyond the heartbeat, even of a publisher whose clock is fast', async () => {
        const runner = await run([busTally()]);
        await publish('a-1', 0, 1);
        await settled(runner, 50);
        await publish('a-1', ...Array.from({ length: 15 }, (_, n) => n + 2));
        await until(async () => (await tallied(writer))['a-1'] === upTo(16));
        await runner.rebuild('tally');
        await until(async () => (await tallied(writer))['a-1'] === upTo(16));
      });

      it('shows readers the old rows until the new ones are complete', async () => {
        const seen: Record<string, string>[] = [];
        let looking = false;
        const handlers = {
          Counted: async (message: Message, tx: Parameters<typeof tally>[1]): Promise<void> => {
            await tally(message, tx);
            if (looking) seen.push(await tallied(writer));
          },
        };
        const runner = await run([busTally({ handlers })]);
        await publish('a-1', 0, 1, 2);
        await settled(runner, 1);
        looking = true;
        await bus.heartbeat(TOPIC, at(2));
        await runner.rebuild('tally');
        expect(seen).toEqual([{ 'a-1': upTo(2) }, { 'a-1': upTo(2) }, { 'a-1': upTo(2) }]);
      });

      it('changes nothing when a publisher stays silent', async () => {
        const runner = await run([busTally()], { patience: 300 });
        await publish('a-1', 0, 1);
        await bus.heartbeat(TOPIC, '2026-03-01T09:59:59.000Z'); // before the rebuild began
        await until(async () => (await tallied(writer))['a-1'] === '0 1');
        await expect(runner.rebuild('tally')).rejects.toThrow(`no heartbeat of ${TOPIC}`);
        await publish('a-1', 2);
        await settled(runner, 1);
        expect(await tallied(writer)).toEqual({ 'a-1': upTo(2) });
      });

      it('parks what fails on the way and keeps the rest', async () => {
        let mended = false;
        const handlers = {
          Counted: async (message: Message, tx: Parameters<typeof tally>[1]): Promise<void> => {
            await tally(message, tx);
            if (mended && message.subject === 'bad-1' && message.revision === 1) throw new Error('broken');
          },
        };
        const runner = await run([busTally({ handlers })]);
        await publish('bad-1', 0, 1, 2);
        await publish('a-1', 0, 1, 2);
        await settled(runner, 1);
        mended = true;
        await runner.rebuild('tally');
        expect(await tallied(writer)).toEqual({ 'a-1': upTo(2), 'bad-1': '0' });
        expect((await runner.parked()).map(({ revision }) => revision)).toEqual([1, 2]);
      });
    });
  });
}
