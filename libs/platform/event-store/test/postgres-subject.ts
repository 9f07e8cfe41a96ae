import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Subject } from '../src/event-store.contract';
import { PostgresEventStore } from '../src/postgres/postgres-event-store';
import { eventStoreSchema } from '../src/postgres/schema';
import { meta } from './some-events';
import { type SpecDatabase, specDatabase } from './spec-database';

/** What the contract asks of the Postgres store, on the server of the specs or another one. */
export async function postgresSubject(server?: SpecDatabase['connection']): Promise<Subject> {
  const database = await specDatabase([{ schemas: ['event_store'], roles: ['raccordo_store'], sql: eventStoreSchema }], server);
  const store = new PostgresEventStore(database.databases.pool('raccordo_store'));
  const other = new PostgresEventStore(database.databases.pool('raccordo_store'));
  return {
    store,
    other,
    /** Two strangers with open transactions: one has written nothing yet but holds a transaction id, one appends and takes it back, again and again. */
    disturb: async (log) => {
      const [idle, fickle] = [new Client(database.connection), new Client(database.connection)];
      await Promise.all([idle.connect(), fickle.connect()]);
      await idle.query('begin');
      await idle.query('select pg_current_xact_id()');
      let going = true;
      const fickleness = (async () => {
        while (going) {
          await fickle.query('begin');
          await fickle.query('select * from event_store.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', [
            log,
            [`ghost-${randomUUID()}`],
            [-1],
            [1],
            [1],
            [1],
            [randomUUID()],
            ['Vanished'],
            [1],
            ['{}'],
            [null],
            [JSON.stringify(meta)],
          ]);
          await fickle.query('rollback');
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      return async () => {
        going = false;
        await fickleness;
        await idle.query('rollback');
        await Promise.all([idle.end(), fickle.end()]);
      };
    },
    close: async () => {
      await Promise.all([store.close(), other.close()]);
      await database.drop();
    },
  };
}
