import * as fc from 'fast-check';
import { newStream, RUN, someEvents } from '../test/some-events';
import type { EventToAppend, RecordedEvent } from '@platform/kernel';
import type { EventStore, Expected } from './event-store';

/** One append: which of the streams and logs of the run, what is expected, and whether an earlier append is sent again. */
interface Operation {
  readonly stream: number;
  readonly log: number;
  readonly expected: 'any' | 'none' | 'exists' | 'right' | 'behind' | 'ahead';
  readonly count: number;
  readonly resend: number | undefined;
}

export const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.record({
    stream: fc.nat(3),
    log: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
    expected: fc.constantFrom('any', 'none', 'exists', 'right', 'behind', 'ahead'),
    count: fc.integer({ min: 1, max: 3 }),
    resend: fc.option(fc.nat(20), { nil: undefined }),
  }),
  { maxLength: 30 },
);

interface Sent {
  readonly log: string;
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  readonly expected: Expected;
}

let runs = 0;

/** Plays the operations against the store and against two plain lists, and compares every answer and both ways of reading. */
export async function runAgainstModel(store: EventStore, ops: readonly Operation[]): Promise<void> {
  const run = `model${(runs += 1)}x${RUN}`;
  const logs = [`${run}@umbria`, `${run}@friuli`] as const;
  const streams = [0, 1, 2, 3].map(() => newStream());
  const model: { log: string; stream: string; id: string; revision: number }[] = [];
  const sent: Sent[] = [];
  for (const op of ops) {
    const again = op.resend === undefined ? undefined : sent[op.resend];
    const stream = again?.stream ?? streams[op.stream] ?? '';
    const past = model.filter((event) => event.stream === stream);
    const next: Sent = again ?? {
      log: logs[op.log] ?? '',
      stream,
      events: someEvents(op.count),
      expected: expectedOf(op.expected, past.length - 1),
    };
    const home = past[0]?.log ?? next.log;
    const place = past.findIndex(({ id }) => id === next.events[0]?.id);
    sent.push(next);
    const answer = await store.append(next.log, stream, next.events, next.expected).then(
      ({ revision, deduplicated }) => ({ revision, deduplicated }),
      (error: unknown) => (error as Error).constructor.name,
    );
    if (home !== next.log) expect(answer).toBe('WrongLog');
    else if (place >= 0) expect(answer).toEqual({ revision: place + next.events.length - 1, deduplicated: true });
    else if (!fits(next.expected, past.length - 1)) expect(answer).toBe('WrongRevision');
    else {
      expect(answer).toEqual({ revision: past.length + next.events.length - 1, deduplicated: false });
      next.events.forEach(({ id }, n) => model.push({ log: next.log, stream, id, revision: past.length + n }));
    }
  }
  for (const stream of streams)
    expect((await store.readStream(stream)).map(facts)).toEqual(model.filter((event) => event.stream === stream));
  for (const log of logs) {
    const stored = await store.readLog(log, undefined, 1000);
    expect(stored.map(facts)).toEqual(model.filter((event) => event.log === log));
    expect(await store.head(log)).toBe(stored.at(-1)?.position);
  }
}

const facts = ({ log, stream, id, revision }: RecordedEvent): object => ({ log, stream, id, revision });

function expectedOf(wish: Operation['expected'], last: number): Expected {
  if (wish === 'right') return last < 0 ? 'none' : last;
  if (wish === 'behind') return Math.max(0, last - 1);
  return wish === 'ahead' ? last + 1 : wish;
}

function fits(expected: Expected, last: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'exists') return last >= 0;
  return last === (expected === 'none' ? -1 : expected);
}
