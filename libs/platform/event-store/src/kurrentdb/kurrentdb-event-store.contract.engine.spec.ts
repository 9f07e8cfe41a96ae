import { KurrentDatabase } from '../../test/kurrentdb/database';
import { KurrentCluster } from '../../test/kurrentdb/server';
import { eventStoreContract, type Subject } from '../event-store.contract';
import { KurrentDbEventStore } from './kurrentdb-event-store';

const nothing = (): Promise<void> => Promise.resolve();

function subject(url: string, stop: () => void): Subject {
  const [store, other] = [1, 2].map(() => new KurrentDbEventStore({ url })) as [KurrentDbEventStore, KurrentDbEventStore];
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), other.close()]);
    stop();
  };
  return { store, other, disturb: () => Promise.resolve(nothing), close };
}

// The contract appends 2,500 events at once, more than the server's default of 1 MiB: a real one needs KURRENTDB_MAX_APPEND_SIZE for that.
eventStoreContract('the KurrentDB event store on the test server', async () => {
  const cluster = await KurrentCluster.start(1, {}, new KurrentDatabase({ maxAppendSize: 16 * 1024 * 1024 }));
  return subject(cluster.url(), () => cluster.stop());
});

const url = process.env.KURRENTDB_URL;
if (url)
  eventStoreContract('the KurrentDB event store on the server at KURRENTDB_URL', () => Promise.resolve(subject(url, () => undefined)));
else
  describe('the KurrentDB event store on a real server', () => {
    it.skip('passes the same contract (skipped: KURRENTDB_URL names no server)', nothing);
  });
