import { KurrentCluster, type KurrentNode } from '../../test/kurrentdb/server';
import { newStream, someEvents } from '../../test/some-events';
import { KurrentDbEventStore } from './kurrentdb-event-store';

const [QUIET, LOUD] = ['quiet@umbria', 'loud@umbria'];
const QUICK = { attemptMs: 400, patienceMs: 1000 };
/** To walk over all of it takes the server six times as long as a call may take. */
const [MANY, SLOW] = [6000, { records: 300, pause: 300 }];

describe('a log of KurrentDB in which little happens while much happens in others', () => {
  let cluster: KurrentCluster;
  let node: KurrentNode;
  let store: KurrentDbEventStore;
  const stores: KurrentDbEventStore[] = [];
  const open = (): KurrentDbEventStore => {
    const opened = new KurrentDbEventStore({ url: cluster.url(), ...QUICK });
    stores.push(opened);
    return opened;
  };
  /** What other services append meanwhile. */
  const others = (count: number): void => {
    const events = someEvents(count).map((event) => ({
      ...{ id: event.id, type: `${LOUD}/Counted`, contentType: 'application/json', data: Buffer.from('{}') },
      metadata: Buffer.from(JSON.stringify({ schema: 1, meta: event.meta, write: '' })),
    }));
    for (const event of events) cluster.database.append('loud-1', 'any', [event]);
  };
  const lookedAtBy = async (work: () => Promise<unknown>): Promise<number> => {
    const before = node.looked;
    await work();
    return node.looked - before;
  };

  beforeEach(async () => {
    cluster = await KurrentCluster.start();
    node = cluster.nodes[0] as KurrentNode;
    store = open();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((each) => each.close()));
    cluster.stop();
  });

  it('is read without the server looking through the others: nothing new, something new, and its end', async () => {
    const first = await store.append(QUIET, newStream(), someEvents(3), 'none');
    others(MANY);
    await store.head(QUIET);
    const [stream, events] = [newStream(), someEvents(2)];
    expect(await lookedAtBy(() => store.readLog(QUIET, first.position, 100))).toBeLessThan(100);
    node.faults.walk = SLOW;
    expect(await store.readLog(QUIET, first.position, 100)).toEqual([]);
    const second = await open().append(QUIET, stream, events, 'none');
    others(400);
    const read = store.readLog(QUIET, first.position, 100);
    expect(await lookedAtBy(() => read)).toBeLessThan(1000);
    expect((await read).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(await store.head(QUIET)).toBe(second.position);
  });

  it('is known to a new process by the ends that another has noted, and the notes of another store count for nothing', async () => {
    await store.append(QUIET, newStream(), someEvents(3), 'none');
    others(MANY);
    const head = await store.head(QUIET);
    while (cluster.database.stream('_ends').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const looked = await lookedAtBy(async () => expect(await open().head(QUIET)).toBe(head));
    expect(looked).toBeLessThan(MANY / 2);
    expect(await open().logs('quiet')).toEqual([QUIET]);

    // As after streams were copied one by one: what was noted of places is not true of this store.
    const [note] = cluster.database.stream('_ends');
    const copied = JSON.parse(Buffer.from(note?.data ?? []).toString()) as { seen: { position: string } };
    copied.seen.position = '0000000000000000007.0000000000000000007';
    const data = Buffer.from(JSON.stringify({ ...copied, heads: {} }));
    cluster.database.append('_ends', 'any', [
      { id: someEvents(1)[0]?.id ?? '', type: '_ends', contentType: 'application/json', data, metadata: Buffer.from('') },
    ]);
    expect(await open().head(QUIET)).toBe(head);
  });

  it('is read again from its beginning, however long the server walks, as long as it answers meanwhile', async () => {
    const [early, late] = [someEvents(3), someEvents(2)];
    await store.append(QUIET, newStream(), early, 'none');
    others(MANY);
    await store.append(QUIET, newStream(), late, 'none');
    const fresh = open();
    await fresh.head(QUIET);
    node.faults.walk = SLOW;
    const all = await fresh.readLog(QUIET, undefined, 100);
    expect(all.map(({ id }) => id)).toEqual([...early, ...late].map(({ id }) => id));
    node.faults.read = (readsAll) => (readsAll ? 'silent' : undefined);
    await expect(fresh.readLog(QUIET, undefined, 100)).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});
