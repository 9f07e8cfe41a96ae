import { Batcher, type Job } from './batcher';

interface Batch {
  readonly streams: readonly string[];
  /** Numbers of its appends, in the order in which they were asked. */
  readonly asked: readonly number[];
  readonly end: () => void;
}

/** A log whose batches end when the spec says so. */
function log(): { batcher: Batcher<number>; batches: Batch[]; append: (...streams: string[]) => Promise<void> } {
  const batches: Batch[] = [];
  const batcher = new Batcher<number>((jobs) => {
    const [streams, asked] = [jobs.map(({ stream }) => stream), jobs.flatMap(({ events }) => events)];
    return new Promise((resolve) => batches.push({ streams, asked, end: () => resolve() }));
  });
  let asked = 0;
  const job = (stream: string): Job<number> => ({
    ...{ stream, events: [asked++], expected: 'any' },
    ...{ resolve: () => undefined, reject: () => undefined },
  });
  const append = (...streams: string[]): Promise<void> => {
    for (const stream of streams) batcher.add(job(stream));
    return turn();
  };
  return { batcher, batches, append };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const numbered = (length: number): string[] => Array.from({ length }, (_, n) => `stream-${n}`);

describe('the batches of a log', () => {
  it('write one append at once, with nothing to wait for', async () => {
    const { batches, append } = log();
    await append('one');
    expect(batches.map(({ streams }) => streams)).toEqual([['one']]);
  });

  it('take few appends together, for one flush to disk', async () => {
    const { batches, append } = log();
    await append(...numbered(30));
    expect(batches.map(({ streams }) => streams.length)).toEqual([30]);
  });

  it('share many appends among two batches on their way at once, and never three', async () => {
    const { batches, append } = log();
    await append(...numbered(128));
    expect(batches.map(({ streams }) => streams.length)).toEqual([64, 64]);
    await append('late');
    expect(batches).toHaveLength(2);
    batches[1]?.end();
    await turn();
    expect(batches[2]?.streams).toEqual(['late']);
  });

  it('never have one stream on its way twice: the second append has to see what the first left', async () => {
    const { batches, append } = log();
    await append('same', 'same', 'other');
    expect(batches.map(({ streams }) => streams)).toEqual([['same', 'other']]);
    await append('third');
    expect(batches.map(({ streams }) => streams)).toEqual([['same', 'other'], ['third']]);
    batches[0]?.end();
    await turn();
    expect(batches[2]?.streams).toEqual(['same']);
  });

  it('keep the order of the appends of one stream, however many wait', async () => {
    const { batches, append } = log();
    await append('same');
    await append(...numbered(70), 'same', 'same');
    const order: (number | undefined)[] = [];
    for (let n = 0; n < batches.length; n++) {
      const { streams = [], asked = [], end } = batches[n] ?? {};
      order.push(...asked.filter((_, place) => streams[place] === 'same'));
      end?.();
      await turn();
    }
    expect(order).toEqual([0, 71, 72]);
    expect(batches.flatMap(({ streams }) => streams)).toHaveLength(73);
  });

  it('are idle once everything added before has been written', async () => {
    const { batcher, batches, append } = log();
    await append('one', 'one');
    let idle = false;
    const waiting = batcher.idle().then(() => (idle = true));
    batches[0]?.end();
    await turn();
    expect(idle).toBe(false);
    batches[1]?.end();
    await waiting;
    expect(idle).toBe(true);
  });
});
