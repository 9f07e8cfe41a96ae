import { KurrentDatabase } from '../../test/kurrentdb/database';
import { KurrentCluster } from '../../test/kurrentdb/server';
import { eventStoreContract } from '../event-store.contract';
import { KurrentDbEventStore } from './kurrentdb-event-store';

// The contract appends 2,500 events at once, more than the server's default of 1 MiB: KURRENTDB_MAX_APPEND_SIZE has to be raised for that.
const MAX_APPEND_SIZE = 16 * 1024 * 1024;

eventStoreContract('the KurrentDB event store on the test server', async () => {
  const cluster = await KurrentCluster.start(1, {}, new KurrentDatabase({ maxAppendSize: MAX_APPEND_SIZE }));
  const [store, other] = [1, 2].map(() => new KurrentDbEventStore({ url: cluster.url() })) as [KurrentDbEventStore, KurrentDbEventStore];
  return {
    store,
    other,
    disturb: () => Promise.resolve(() => Promise.resolve()),
    close: async () => {
      await Promise.all([store.close(), other.close()]);
      cluster.stop();
    },
  };
});
