import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  type AllStreamSubscription,
  type AppendStreamState,
  BACKWARDS,
  END,
  type EventData,
  eventTypeFilter,
  jsonEvent,
  KurrentDBClient,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  type JSONEventType,
} from '@kurrent/kurrentdb-client';
import { KurrentDatabase } from './database';
import { KurrentCluster } from './server';

// The official client against the test server: what it sees here is what it sees of the real one, as quoted in the server.

const event = (type = 'Counted', id = randomUUID() as string): EventData<JSONEventType> =>
  jsonEvent({ id, type, data: { n: 1, text: 'è' } });
const stream = (): string => `counter-${randomUUID()}`;
const TLS = path.join(__dirname, 'tls');

async function collected<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of events) all.push(one);
  return all;
}

describe('the test server for KurrentDB, seen through the official client', () => {
  let cluster: KurrentCluster;
  let client: KurrentDBClient;
  beforeAll(async () => {
    cluster = await KurrentCluster.start();
    client = KurrentDBClient.connectionString(cluster.url());
  });
  afterAll(async () => {
    await client.dispose();
    cluster.stop();
  });

  it('stores events, and gives back every byte with revision and position', async () => {
    const [name, sent] = [stream(), [event('Opened'), event('Noted')]];
    const { nextExpectedRevision, position } = await client.appendToStream(name, sent, { streamState: NO_STREAM });
    expect(nextExpectedRevision).toBe(1n);
    const seen = await collected(client.readStream(name));
    expect(seen.map(({ event: one }) => [one?.id, one?.type, one?.data, Number(one?.revision)])).toEqual(
      sent.map(({ id, type, data }, n) => [id, type, data, n]),
    );
    expect(seen[1]?.event?.position).toEqual(position);
    const [last] = await collected(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
    expect(last?.event?.position).toEqual(position);
  });

  it.each<[string, AppendStreamState]>([
    ['an expectation ahead of the stream', 5n],
    ['an expectation of no stream where there is one', NO_STREAM],
    ['an older revision with other ids', 0n],
  ])('refuses %s and tells where the stream is', async (_, streamState) => {
    const name = stream();
    await client.appendToStream(name, [event(), event()], { streamState: NO_STREAM });
    await expect(client.appendToStream(name, event(), { streamState })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualState: 1n,
    });
    await expect(client.appendToStream(stream(), event(), { streamState: STREAM_EXISTS })).rejects.toMatchObject({
      actualState: 'no_stream',
    });
  });

  it('answers events that are stored at the same place already with success', async () => {
    const [name, sent] = [stream(), [event(), event()]];
    const first = await client.appendToStream(name, sent, { streamState: NO_STREAM });
    await client.appendToStream(name, event(), { streamState: 1n });
    expect(await client.appendToStream(name, sent, { streamState: NO_STREAM })).toEqual(first);
    await expect(client.appendToStream(name, [sent[0] ?? event(), event()], { streamState: NO_STREAM })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
    expect(await collected(client.readStream(name))).toHaveLength(3);
  });

  it('stores an event twice that is sent again with the revision the stream is at', async () => {
    const [name, sent] = [stream(), event()];
    await client.appendToStream(name, sent, { streamState: NO_STREAM });
    await client.appendToStream(name, sent, { streamState: 0n });
    expect((await collected(client.readStream(name))).map((one) => one.event?.id)).toEqual([sent.id, sent.id]);
  });

  it('recognises a repetition without expectation only while it remembers the event', async () => {
    const forgetful = await KurrentCluster.start(1, {}, new KurrentDatabase({ recent: 1 }));
    const other = KurrentDBClient.connectionString(forgetful.url());
    const [name, sent] = [stream(), event()];
    await other.appendToStream(name, sent);
    await other.appendToStream(name, sent);
    expect(await collected(other.readStream(name))).toHaveLength(1);
    await other.appendToStream(stream(), event());
    await other.appendToStream(name, sent);
    expect(await collected(other.readStream(name))).toHaveLength(2);
    await other.dispose();
    forgetful.stop();
  });

  it('refuses an append of more than a mebibyte', async () => {
    const large = jsonEvent({ type: 'Large', data: { text: 'x'.repeat(1024 * 1024) } });
    await expect(client.appendToStream(stream(), large)).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
  });

  it('reads streams from a revision and backwards, and says when there is none', async () => {
    const name = stream();
    await client.appendToStream(name, [event('A'), event('B'), event('C')]);
    expect((await collected(client.readStream(name, { fromRevision: 1n, maxCount: 1 }))).map((one) => one.event?.type)).toEqual(['B']);
    const back = await collected(client.readStream(name, { direction: BACKWARDS, fromRevision: END, maxCount: 2 }));
    expect(back.map((one) => one.event?.type)).toEqual(['C', 'B']);
    await expect(collected(client.readStream(stream()))).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  it('reads $all from a position, itself included, by prefixes of the type, and refuses a position inside a record', async () => {
    const [name, prefix] = [stream(), `p${randomUUID()}`];
    await client.appendToStream(name, [event(`${prefix}/A`), event('Other'), event(`${prefix}/B`)]);
    const filter = eventTypeFilter({ prefixes: [`${prefix}/`] });
    const seen = await collected(client.readAll({ filter }));
    expect(seen.map((one) => one.event?.type)).toEqual([`${prefix}/A`, `${prefix}/B`]);
    const second = seen[1]?.event?.position ?? { commit: 0n, prepare: 0n };
    expect(await collected(client.readAll({ filter, fromPosition: second }))).toHaveLength(1);
    const before = await collected(client.readAll({ filter, direction: BACKWARDS, fromPosition: second }));
    expect(before.map((one) => one.event?.type)).toEqual([`${prefix}/A`]);
    const inside = { commit: second.commit - 1n, prepare: second.prepare - 1n };
    const from = collected(client.readAll({ filter, fromPosition: inside }));
    await expect(from).rejects.toThrow('invalid position');
  });

  it('catches a subscription up, tells it so, and goes on live without a gap, with checkpoints', async () => {
    const prefix = `s${randomUUID()}`;
    for (let n = 0; n < 40; n++) await client.appendToStream(stream(), event(n % 20 ? 'Other' : `${prefix}/${n}`));
    const checkpoints: bigint[] = [];
    const checkpointReached = (_: AllStreamSubscription, { commit }: { commit: bigint }): Promise<void> =>
      Promise.resolve(void checkpoints.push(commit));
    const filter = eventTypeFilter({ prefixes: [`${prefix}/`], checkpointInterval: 1, maxSearchWindow: 10, checkpointReached });
    const subscription = client.subscribeToAll({ fromPosition: START, filter });
    const types: (string | undefined)[] = [];
    subscription.on('data', (one) => types.push(one.event?.type));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    expect(types).toEqual([`${prefix}/0`, `${prefix}/20`]);
    expect(checkpoints.length).toBeGreaterThanOrEqual(4);
    const live = new Promise((resolve) => subscription.once('data', resolve));
    await client.appendToStream(stream(), event(`${prefix}/live`));
    await live;
    expect(types).toEqual([`${prefix}/0`, `${prefix}/20`, `${prefix}/live`]);
    await subscription.unsubscribe();
  });

  it('sends whoever asks a follower for the leader to the leader', async () => {
    const three = await KurrentCluster.start(3);
    const other = KurrentDBClient.connectionString(three.url());
    const [name, options] = [stream(), { requiresLeader: true }];
    await other.appendToStream(name, event(), options);
    three.leader = three.nodes[1];
    const first = await other.appendToStream(name, event(), options).catch((error: unknown) => error);
    expect(first).toMatchObject({ type: 'not-leader', leader: { port: three.nodes[1]?.port } });
    await other.appendToStream(name, event(), options);
    expect(three.database.stream(name)).toHaveLength(2);
    await other.dispose();
    three.stop();
  });

  it('speaks TLS, knows its users by their passwords, and lets only the administrator read $all', async () => {
    const tls = { key: readFileSync(path.join(TLS, 'node.key')), certificate: readFileSync(path.join(TLS, 'node.pem')) };
    const secure = await KurrentCluster.start(1, { tls, users: { admin: 'changeit', reader: 'secret' } });
    const parameters = `tls=true&tlsCaFile=${encodeURIComponent(path.join(TLS, 'authority.pem'))}`;
    const as = (credentials: string): KurrentDBClient => KurrentDBClient.connectionString(secure.url(parameters, credentials));
    const [admin, reader, stranger] = [as('admin:changeit@'), as('reader:secret@'), as('reader:guess@')];
    const name = stream();
    await admin.appendToStream(name, event());
    expect(await collected(admin.readAll())).toHaveLength(1);
    expect(await collected(reader.readStream(name))).toHaveLength(1);
    await expect(collected(reader.readAll())).rejects.toMatchObject({ type: 'access-denied' });
    await expect(stranger.appendToStream(name, event())).rejects.toMatchObject({ type: 'access-denied' });
    const astray = KurrentDBClient.connectionString(secure.url('tls=true', 'admin:changeit@'));
    await expect(astray.appendToStream(name, event())).rejects.toThrow(/certificate|UNAVAILABLE/);
    await Promise.all([admin, reader, stranger, astray].map((one) => one.dispose()));
    secure.stop();
  });
});
