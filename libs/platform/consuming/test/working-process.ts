// Child process of surviving-kills.spec.ts: appends, projects, publishes and consumes until it is killed. Tells its parent what was acknowledged.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Databases } from '@platform/database';
import { PostgresEventStore } from '@platform/event-store';
import { InProcessBus, PostgresRelayCheckpoints, PostgresTopicLog, Relay } from '@platform/messaging';
import { meta } from '../../event-store/test/some-events';
import { ConsumerRunner } from '../src/consumer-runner';
import { isPassing } from '../src/errors';
import { clock, consumers, CONTEXT, publicForm } from './tally';

const STREAMS = 6;
const databases = new Databases({ socket: JSON.parse(process.argv[2] ?? '') as never }, Buffer.from('spec'));
const pool = databases.pool('raccordo_store');
const store = new PostgresEventStore(pool);
const bus = new InProcessBus(new PostgresTopicLog(pool), { delays: [20] });

const fail = (error: unknown): void => {
  if (isPassing(error)) return;
  process.send?.({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
};

/** The id of the n-th event of a stream is always the same: a successor that does not know what was stored sends it again. */
const idOf = (stream: string, n: number): string => {
  const hex = createHash('sha256').update(`${stream} ${n}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};

async function write(stream: string, log: string): Promise<void> {
  const append = async (n: number): Promise<boolean> => {
    const event = { id: idOf(stream, n), type: 'Counted', schema: 1, data: { n }, meta };
    return (await store.append(log, stream, [event], n === 0 ? 'none' : n - 1)).deduplicated;
  };
  for (let known = false; ; known = false) {
    try {
      let next = (await store.readStream(stream)).length;
      if (next > 0) known = await append(next - 1);
      if (next > 0 && !known) throw new Error('a resend was stored twice');
      for (;;) {
        await append(next);
        process.send?.({ acknowledged: `${stream} ${next}` });
        next++;
      }
    } catch (error) {
      fail(error);
      await sleep(20);
    }
  }
}

process.once('disconnect', () => process.exit());
const runner = new ConsumerRunner({
  store,
  bus,
  writer: (context) => databases.writer(context),
  clock,
  onError: (_, error) => fail(error),
  outage: 20,
  page: 50,
});
new Relay({
  store,
  bus,
  context: CONTEXT,
  toMessage: publicForm,
  checkpoints: new PostgresRelayCheckpoints(pool),
  clock,
  onError: fail,
  outage: 20,
}).start();
void runner.start(consumers);
for (let n = 0; n < STREAMS; n++) void write(`counter-${n}`, `${CONTEXT}@${n % 2 ? 'umbria' : 'friuli'}`);
