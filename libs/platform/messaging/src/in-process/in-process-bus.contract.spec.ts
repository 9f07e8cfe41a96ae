import { specDatabase } from '../../../event-store/test/spec-database';
import { eventBusContract } from '../event-bus.contract';
import { busSchema } from '../schema';
import { InProcessBus } from './in-process-bus';
import { MemoryTopicLog } from './memory-topic-log';
import { PostgresTopicLog } from './postgres-topic-log';

const options = { delays: [1], page: 3 };

eventBusContract('the in-process bus in memory', () => {
  const log = new MemoryTopicLog();
  return Promise.resolve({ open: () => Promise.resolve(new InProcessBus(log, options)), close: () => Promise.resolve() });
});

eventBusContract('the in-process bus on Postgres', async () => {
  const database = await specDatabase([{ schemas: ['bus'], roles: ['raccordo_store'], sql: busSchema }]);
  const pool = database.databases.pool('raccordo_store');
  return { open: () => Promise.resolve(new InProcessBus(new PostgresTopicLog(pool), options)), close: () => database.drop() };
});
