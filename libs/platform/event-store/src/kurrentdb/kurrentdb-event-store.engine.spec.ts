import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { KurrentCluster } from '../../test/kurrentdb/server';
import { newStream, someEvent, someEvents } from '../../test/some-events';
import { IdReused } from '../errors';
import { WrongRevision } from '../event-store';
import { KurrentDbEventStore } from './kurrentdb-event-store';

const LOG = 'cases@umbria';
const TLS = path.join(__dirname, '../../test/kurrentdb/tls');

describe('the KurrentDB event store', () => {
  let cluster: KurrentCluster;
  let store: KurrentDbEventStore;
  let other: KurrentDbEventStore;
  beforeAll(async () => {
    cluster = await KurrentCluster.start();
    [store, other] = [1, 2].map(() => new KurrentDbEventStore({ url: cluster.url() })) as [KurrentDbEventStore, KurrentDbEventStore];
  });
  afterAll(async () => {
    await Promise.all([store.close(), other.close()]);
    cluster.stop();
  });

  it('stores an event under our id and stream, typed by its log, with our own time in its metadata', async () => {
    const [stream, event] = [newStream(), someEvent()];
    await store.append(LOG, stream, [event], 'none');
    const [stored] = cluster.database.stream(stream);
    expect(stored).toMatchObject({ id: event.id, type: `${LOG}/Counted`, contentType: 'application/json', revision: 0 });
    expect(JSON.parse(Buffer.from(stored?.metadata ?? []).toString())).toMatchObject({ schema: 1, meta: { at: event.meta.at } });
  });

  it('does not mix up logs whose names begin alike', async () => {
    const streams = [newStream(), newStream()] as const;
    await store.append('alike@umbria', streams[0], someEvents(2), 'none');
    await store.append('alike@umbria-2', streams[1], someEvents(1), 'none');
    expect(await store.readLog('alike@umbria', undefined, 10)).toHaveLength(2);
    expect(await store.head('alike@umbria')).toBe((await store.readStream(streams[0]))[1]?.position);
  });

  it('knows the head of a log that is quiet for long while others grow', async () => {
    const first = await store.append('quiet@umbria', newStream(), someEvents(1), 'none');
    for (let n = 0; n < 130; n++) {
      if (n % 10 === 0) cluster.database.append('$stats', 'any', [{ ...foreign(), type: '$statsCollected' }]);
      if (n % 30 === 0) await other.append('loud@umbria', newStream(), someEvents(1), 'none');
      expect(await store.head('quiet@umbria')).toBe(first.position);
    }
    const second = await other.append('quiet@umbria', newStream(), someEvents(1), 'none');
    expect(await store.head('quiet@umbria')).toBe(second.position);
    expect(await store.readLog('quiet@umbria', first.position, 10)).toHaveLength(1);
  });

  it('lets an id that two processes offer to two streams at the same moment into one of them', async () => {
    for (let round = 0; round < 20; round++) {
      const [event, streams] = [someEvent(), [newStream(), newStream()] as const];
      const results = await Promise.allSettled([
        store.append(LOG, streams[0], [event], 'none'),
        other.append(LOG, streams[1], [event], 'none'),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(IdReused) as unknown });
      expect(cluster.database.all.filter(({ id }) => id === event.id)).toHaveLength(1);
    }
  });

  it('lets an id whose append failed be offered again to its own stream, and to no other', async () => {
    const [stream, events] = [newStream(), someEvents(1)];
    await store.append(LOG, stream, someEvents(2), 'none');
    await expect(store.append(LOG, stream, events, 0)).rejects.toThrow(WrongRevision);
    await expect(other.append(LOG, newStream(), events, 'none')).rejects.toThrow(IdReused);
    expect(await other.append(LOG, stream, events, 1)).toMatchObject({ revision: 2, deduplicated: false });
  });

  it('refuses a position of another store, one inside an event, and an append the server does not take', async () => {
    const { position } = await store.append(LOG, newStream(), someEvents(1), 'none');
    await expect(store.readLog(LOG, '0000000000000001', 1)).rejects.toThrow('no position of this store');
    const inside = String(BigInt(position.slice(0, 19)) - 1n).padStart(19, '0');
    await expect(store.readLog(LOG, `${inside}.${inside}`, 1)).rejects.toThrow('no position of this store');
    const large = someEvent(1, { data: { text: 'x'.repeat(1024 * 1024) } });
    await expect(store.append(LOG, newStream(), [large], 'none')).rejects.toThrow('larger than the event store takes');
  });

  it('speaks TLS with its credentials, and says when they are refused without telling them', async () => {
    const tls = { key: readFileSync(path.join(TLS, 'node.key')), certificate: readFileSync(path.join(TLS, 'node.pem')) };
    const secure = await KurrentCluster.start(1, { tls, users: { admin: 'changeit', reader: 'secret' } });
    const parameters = `tls=true&tlsCaFile=${encodeURIComponent(path.join(TLS, 'authority.pem'))}`;
    const as = (credentials: string): KurrentDbEventStore => new KurrentDbEventStore({ url: secure.url(parameters, `${credentials}@`) });
    const [admin, reader, stranger] = [as('admin:changeit'), as('reader:secret'), as('reader:guess')];
    const stream = newStream();
    await admin.append(LOG, stream, someEvents(1), 'none');
    expect(await admin.readLog(LOG, undefined, 10)).toHaveLength(1);
    expect(await reader.readStream(stream)).toHaveLength(1);
    await expect(reader.readLog(LOG, undefined, 10)).rejects.toThrow('does not let these credentials do this');
    const refusal = await stranger.readStream(stream).catch((error: unknown) => error);
    expect(String(refusal)).toBe('Error: the event store does not let these credentials do this');
    await Promise.all([admin, reader, stranger].map((one) => one.close()));
    secure.stop();
  });

  it('refuses appends once it is closed, after settling those on their way', async () => {
    const closing = new KurrentDbEventStore({ url: cluster.url() });
    const last = closing.append(LOG, newStream(), someEvents(1), 'none');
    await closing.close();
    expect((await last).revision).toBe(0);
    for (const call of [() => closing.append(LOG, newStream(), someEvents(1), 'none'), () => closing.readStream(newStream())])
      await expect(call()).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

const foreign = () => ({ ...someEvent(), contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('') });
