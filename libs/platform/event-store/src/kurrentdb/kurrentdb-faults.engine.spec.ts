import { FaultProxy } from '../../test/fault-proxy';
import { KurrentCluster } from '../../test/kurrentdb/server';
import { newStream, someEvents } from '../../test/some-events';
import type { EventStore } from '../event-store';
import { KurrentDbEventStore } from './kurrentdb-event-store';

const LOG = 'cases@umbria';
const QUICK = { attemptMs: 400, patienceMs: 1000 };
/** Our own deadline and what a busy machine may add. */
const IN_TIME = QUICK.patienceMs + 6000;
const UNAVAILABLE = { code: 'store.unavailable', kind: 'unavailable', retryAfter: 1 };

async function timed(work: Promise<unknown>): Promise<{ outcome: unknown; ms: number }> {
  const start = performance.now();
  const outcome = await work.catch((error: unknown) => error);
  return { outcome, ms: performance.now() - start };
}

/** Appends as a command does: with the same ids until it is answered. */
async function insist(store: EventStore, stream: string, count: number, last: number): Promise<number> {
  const events = someEvents(count);
  for (;;) {
    try {
      return (await store.append(LOG, stream, events, last < 0 ? 'none' : last)).revision;
    } catch (error) {
      expect(error).toMatchObject(UNAVAILABLE);
    }
  }
}

/** Again and again after so many more events were stored: a fault never comes before there was progress. */
function every(cluster: KurrentCluster, events: number, happens: () => void): void {
  let [stored, next] = [0, events];
  cluster.database.on('events', (added) => {
    if ((stored += added.length) < next) return;
    next = stored + events;
    happens();
  });
}

describe('the KurrentDB event store, when the network or the store fails', () => {
  let cluster: KurrentCluster;
  let proxy: FaultProxy;
  let store: KurrentDbEventStore;
  const begin = async (): Promise<void> => {
    cluster = await KurrentCluster.start();
    proxy = await FaultProxy.start(cluster.nodes[0]?.port ?? 0);
    store = new KurrentDbEventStore({ url: `kurrentdb://127.0.0.1:${proxy.port}?tls=false`, ...QUICK });
    await insist(store, newStream(), 1, -1);
  };
  const end = async (): Promise<void> => {
    await store.close();
    await proxy.stop();
    cluster.stop();
  };
  beforeEach(begin);
  afterEach(end);

  const everyCall = (stream: string): [string, () => Promise<unknown>][] => [
    ['append', () => store.append(LOG, stream, someEvents(1), 'none')],
    ['readStream', () => store.readStream(stream)],
    ['readLog', () => store.readLog(LOG, undefined, 10)],
    ['head', () => store.head(LOG)],
    ['logs', () => store.logs()],
  ];

  it('answers every call in time with unavailable while nothing listens, and works again afterwards', async () => {
    const stream = newStream();
    cluster.nodes[0]?.stop();
    for (const [, call] of everyCall(stream)) {
      const { outcome, ms } = await timed(call());
      expect(outcome).toMatchObject(UNAVAILABLE);
      expect(ms).toBeLessThan(IN_TIME);
    }
    await cluster.nodes[0]?.listen();
    expect(await insist(store, stream, 2, -1)).toBe(1);
    expect(cluster.database.stream(stream)).toHaveLength(2);
  });

  it.each(['both', 'requests', 'answers'] as const)(
    'keeps its own deadlines when the network swallows %s, and an append that is sent again afterwards happens once',
    async (swallow) => {
      const [stream, events] = [newStream(), someEvents(2)];
      proxy.swallow = swallow;
      const { outcome, ms } = await timed(store.append(LOG, stream, events, 'none'));
      expect(outcome).toMatchObject(UNAVAILABLE);
      expect(ms).toBeLessThan(IN_TIME);
      for (const [, call] of everyCall(newStream())) expect((await timed(call())).ms).toBeLessThan(IN_TIME);
      proxy.swallow = undefined;
      expect(await store.append(LOG, stream, events, 'none')).toMatchObject({ revision: 1 });
      expect(cluster.database.stream(stream).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      expect(await store.append(LOG, stream, events, 'none')).toMatchObject({ revision: 1, deduplicated: true });
    },
  );

  it('makes a new connection when the network has silently forgotten the old one', async () => {
    const stream = newStream();
    proxy.forget();
    const { outcome, ms } = await timed(insist(store, stream, 2, -1));
    expect(outcome).toBe(1);
    expect(cluster.database.stream(stream)).toHaveLength(2);
    // Left to itself the client notices after twenty seconds.
    expect(ms).toBeLessThan(15_000);
  });

  it.each(['answer lost', 'never arrives', 'times out'] as const)(
    'repeats an append whose fate is unknown (%s) with the same ids, and it happens once and is the first',
    async (fault) => {
      const [stream, events, tries] = [newStream(), someEvents(3), new Map<string, number>()];
      const [node] = cluster.nodes;
      if (node)
        node.faults.append = (name) => {
          tries.set(name, (tries.get(name) ?? 0) + 1);
          return tries.get(name) === 1 ? fault : undefined;
        };
      expect(await store.append(LOG, stream, events, 'none')).toMatchObject({ revision: 2, deduplicated: false });
      expect(tries.get(stream)).toBe(2);
      expect(cluster.database.stream(stream).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    },
  );

  it('tells its own write from another append that came between a lost answer and its repetition', async () => {
    const [stream, events, between] = [newStream(), someEvents(1), someEvents(1)];
    const other = new KurrentDbEventStore({ url: cluster.url() });
    let tries = 0;
    let passing: Promise<unknown> | undefined;
    const [node] = cluster.nodes;
    if (node)
      node.faults.append = (name) => {
        if (name !== stream || (tries += 1) > 1) return undefined;
        setImmediate(() => void (passing = other.append(LOG, stream, between, 'any')));
        return 'answer lost';
      };
    expect(await store.append(LOG, stream, events, 'none')).toMatchObject({ revision: 0, deduplicated: false });
    await passing;
    expect(cluster.database.stream(stream).map(({ id }) => id)).toEqual([...events, ...between].map(({ id }) => id));
    await other.close();
  });

  it('waits for a store that is slow or busy for a moment, and no longer than it may', async () => {
    const [node] = cluster.nodes;
    if (!node) throw new Error('no node');
    proxy.latency = 60;
    expect(await store.append(LOG, newStream(), someEvents(2), 'none')).toMatchObject({ revision: 1 });
    proxy.latency = 0;
    let busy = 3;
    node.faults.read = () => ((busy -= 1) >= 0 ? 'busy' : undefined);
    expect(await store.readLog(LOG, undefined, 10)).toHaveLength(3);
    node.faults.read = () => 'busy';
    expect((await timed(store.readLog(LOG, undefined, 10))).outcome).toMatchObject(UNAVAILABLE);
    node.faults.read = () => 'silent';
    const { outcome, ms } = await timed(store.readLog(LOG, undefined, 10));
    expect(outcome).toMatchObject(UNAVAILABLE);
    expect(ms).toBeLessThan(IN_TIME);
  });

  it('loses nothing and stores nothing twice while connections are reset under load', async () => {
    const streams = Array.from({ length: 6 }, () => newStream());
    let cuts = 0;
    every(cluster, 20, () => {
      cuts += 1;
      proxy.cut();
    });
    const written = await Promise.all(
      streams.map(async (stream) => {
        let last = -1;
        for (let n = 0; n < 15; n++) last = await insist(store, stream, 1 + (n % 2), last);
        return last + 1;
      }),
    );
    expect(cuts).toBeGreaterThan(5);
    const stored = streams.map((stream) => cluster.database.stream(stream));
    expect(stored.map(({ length }) => length)).toEqual(written);
    expect(new Set(stored.flat().map(({ id }) => id)).size).toBe(stored.flat().length);
    const seen = await store.readLog(LOG, undefined, 1000);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(stored.flat().length + 1);
  });

  it('is woken again after its subscription broke', async () => {
    let woken = 0;
    const stop = store.onAppend('cases', () => (woken += 1));
    const standing = async (): Promise<void> => {
      while (cluster.database.listenerCount('events') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await standing();
    cluster.nodes[0]?.stop();
    await cluster.nodes[0]?.listen();
    await standing();
    const start = performance.now();
    for (let n = 0; n < 20; n++) {
      const before = woken;
      await insist(store, newStream(), 1, -1);
      while (woken === before) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    // By the safety look alone this takes twenty seconds.
    expect(performance.now() - start).toBeLessThan(10_000);
    stop();
  });
});

describe('the KurrentDB event store, when the leader changes', () => {
  it('goes on with the new leader: nothing lost, nothing twice, the log in order', async () => {
    const cluster = await KurrentCluster.start(3);
    const store = new KurrentDbEventStore({ url: cluster.url(), ...QUICK });
    const streams = Array.from({ length: 4 }, () => newStream());
    let changes = 0;
    const change = async (): Promise<void> => {
      const [old, next] = [cluster.leader, cluster.nodes[(changes += 1) % 3]];
      cluster.leader = undefined; // an election
      if (changes % 2) old?.stop();
      await new Promise((resolve) => setTimeout(resolve, 50));
      cluster.leader = next;
      if (old && !old.up) await old.listen();
    };
    let changing = Promise.resolve();
    every(cluster, 20, () => void (changing = changing.then(change)));
    const written = await Promise.all(
      streams.map(async (stream) => {
        let last = -1;
        for (let n = 0; n < 20; n++) last = await insist(store, stream, 1, last);
        return last + 1;
      }),
    );
    await changing;
    expect(changes).toBeGreaterThan(3);
    expect(streams.map((stream) => cluster.database.stream(stream).length)).toEqual(written);
    const seen = await store.readLog(LOG, undefined, 1000);
    expect(seen.map(({ id }) => id).sort()).toEqual(
      streams.flatMap((stream) => cluster.database.stream(stream).map(({ id }) => id)).sort(),
    );
    for (const stream of streams)
      expect(seen.filter((event) => event.stream === stream).map(({ revision }) => revision)).toEqual(
        Array.from({ length: 20 }, (_, n) => n),
      );
    await store.close();
    cluster.stop();
  });
});
