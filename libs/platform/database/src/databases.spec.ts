import { Client } from 'pg';
import { assertRecent, Databases } from './databases';

const server = JSON.parse(process.env.TEST_DATABASE ?? '{}') as { host: string; port: number; user: string; database: string };

describe('a connection that the server ends', () => {
  let databases: Databases;
  beforeAll(async () => {
    databases = new Databases({ socket: server }, Buffer.from('spec'));
    await databases.prepare([{ schemas: [], roles: ['raccordo_store'], sql: 'select 1' }]);
  });
  afterAll(() => databases.close());

  it('between two statements of a transaction fails the next one, not the process', async () => {
    const client = await databases.pool('raccordo_store').connect();
    await client.query('begin');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise<void>((resolve) => client.on('end', resolve));
    const admin = new Client(server);
    await admin.connect();
    await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]).finally(() => admin.end());
    await ended;
    await expect(client.query('select 1')).rejects.toThrow();
    client.release(true);
    expect((await databases.pool('raccordo_store').query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('a server that is too old', () => {
  it('is refused in words', () => {
    expect(() => assertRecent(15_00_13)).toThrow('PostgreSQL 16 or later is needed: this server is 15');
    expect(() => assertRecent(16_00_00)).not.toThrow();
  });
});

describe('an address that names a unix socket', () => {
  it('is understood as one, by TypeORM as well', async () => {
    const url = `postgres://${server.user}@localhost/${server.database}?host=${encodeURIComponent(server.host)}&port=${server.port}`;
    const databases = new Databases({ url }, Buffer.from('spec'));
    try {
      await databases.prepare([{ schemas: [], roles: ['raccordo_store'], sql: 'select 1' }]);
      const source = await databases.source('raccordo_store');
      expect(await source.query('select current_user as who')).toEqual([{ who: 'raccordo_store' }]);
    } finally {
      await databases.close();
    }
  });
});
