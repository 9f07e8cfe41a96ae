import { Client } from 'pg';
import { newStream, someEvent, someEvents } from '../../test/some-events';
import { type SpecDatabase, specDatabase } from '../../test/spec-database';
import { PostgresEventStore } from './postgres-event-store';
import { eventStoreSchema } from './schema';

const LOG = 'cases@umbria';

describe('the Postgres event store', () => {
  let database: SpecDatabase;
  let store: PostgresEventStore;
  beforeAll(async () => {
    database = await specDatabase([{ schemas: ['event_store'], roles: ['raccordo_store'], sql: eventStoreSchema }]);
    store = new PostgresEventStore(database.databases.pool('raccordo_store'));
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const asStore = async (sql: string): Promise<unknown> => {
    const client = new Client({ ...database.connection, user: 'raccordo_store' });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const breakConnections = (): Promise<unknown> =>
    database.asAdmin((client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'raccordo_store' and datname = current_database()`,
      ),
    );

  it.each([
    `update event_store.event set data = '{}'`,
    'delete from event_store.event',
    'truncate event_store.event',
    `insert into event_store.event select log, position + 1000, stream, revision + 1000, gen_random_uuid(), type, schema, data, sealed, meta from event_store.event limit 1`,
    'drop table event_store.event',
    'alter table event_store.event disable trigger all',
    'create or replace function event_store.append() returns void language sql as $$ $$',
    'set role raccordo_owner',
  ])('does not let its role: %s', async (sql) => {
    await store.append(LOG, newStream(), [someEvent()], 'none');
    await expect(asStore(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^42/) as string });
  });

  it('takes many appends in few transactions', async () => {
    const log = 'grouped@umbria';
    await store.append(log, newStream(), [someEvent()], 'none');
    const begun = Promise.all(Array.from({ length: 600 }, () => store.append(log, newStream(), [someEvent()], 'none')));
    await begun;
    const { rows } = await database.asAdmin((client) =>
      client.query<{ n: string }>(`select count(distinct xmin::text) as n from event_store.event where log = '${log}'`),
    );
    expect(Number(rows[0]?.n)).toBeLessThanOrEqual(4);
  });

  it('says that it cannot be reached while connections break, and works again afterwards with nothing stored twice', async () => {
    const stream = newStream();
    const lock = new Client(database.connection);
    await lock.connect();
    await lock.query('begin');
    await lock.query('lock table event_store.event in exclusive mode');
    const events = someEvents(2);
    const stuck = store.append(LOG, stream, events, 'none').catch((error: unknown) => error);
    await waitUntil(
      async () =>
        (
          await lock.query(
            `select 1 from pg_locks l where not granted and database = (select oid from pg_database where datname = current_database())`,
          )
        ).rowCount === 1,
    );
    await breakConnections();
    expect(await stuck).toMatchObject({ code: 'store.unavailable', kind: 'unavailable', retryAfter: 1 });
    await lock.query('rollback');
    await lock.end();
    expect(await store.append(LOG, stream, events, 'none')).toMatchObject({ revision: 1, deduplicated: false });
    expect(await store.append(LOG, stream, events, 'none')).toMatchObject({ revision: 1, deduplicated: true });
  });

  it('listens again after its connection was broken', async () => {
    let woken = 0;
    const end = store.onAppend('cases', () => (woken += 1));
    await waitUntil(() => Promise.resolve(woken > 0));
    await breakConnections();
    const listening = `select 1 from pg_stat_activity where usename = 'raccordo_store' and datname = current_database() and query like 'listen %'`;
    await waitUntil(async () => (await database.asAdmin((client) => client.query(listening))).rowCount === 1);
    const before = woken;
    await store.append(LOG, newStream(), [someEvent()], 'none');
    await waitUntil(() => Promise.resolve(woken > before));
    end();
  });

  it('reads logs and streams through indexes, however many events there are', async () => {
    for (let n = 0; n < 5; n++) await store.append('many@umbria', newStream(), someEvents(2000), 'none');
    const plans = await database.asAdmin(async (client) => {
      await client.query('analyze event_store.event');
      const texts = [];
      for (const query of [
        `select * from event_store.event where log = 'many@umbria' and position > 9990 order by position limit 1000`,
        `select position from event_store.event where log = 'many@umbria' order by position desc limit 1`,
        `select * from event_store.event where stream = 'x-1' and revision between 0 and 100 order by revision limit 1000`,
      ]) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${query}`);
        texts.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      }
      return texts;
    });
    for (const plan of plans) {
      expect(plan).toContain('Index');
      expect(plan).not.toMatch(/Seq Scan|Sort/);
    }
  });

  it('takes no append from the moment its events begin to move, and lets nobody of its role move them', async () => {
    const [stream, events] = [newStream(), [someEvent()]];
    await expect(asStore(`insert into event_store.moved (state) values ('moving')`)).rejects.toMatchObject({ code: '42501' });
    await database.asAdmin((client) => client.query(`insert into event_store.moved (state) values ('moving')`));
    await expect(store.append(LOG, stream, events, 'none')).rejects.toMatchObject({ code: 'store.moved', retryAfter: 60 });
    expect(await store.readStream(stream)).toEqual([]);
    await database.asAdmin((client) => client.query('delete from event_store.moved'));
    expect(await store.append(LOG, stream, events, 'none')).toMatchObject({ revision: 0 });
  });

  it('refuses appends once it is closed, after settling those on their way', async () => {
    const closing = new PostgresEventStore(database.databases.pool('raccordo_store'));
    const last = closing.append(LOG, newStream(), [someEvent()], 'none');
    await closing.close();
    expect((await last).revision).toBe(0);
    await expect(closing.append(LOG, newStream(), [someEvent()], 'none')).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
