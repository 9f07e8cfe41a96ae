import { postgresSubject } from '../../test/postgres-subject';
import { eventStoreContract } from '../event-store.contract';

eventStoreContract('the Postgres event store', () => postgresSubject());
