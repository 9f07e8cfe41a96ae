import { KurrentDatabase } from '../../test/kurrentdb/database';
import { KurrentCluster } from '../../test/kurrentdb/server';
import { kurrentSubject } from '../../test/kurrentdb/subject';
import { eventStoreContract } from '../event-store.contract';

// The contract appends 2,500 events at once, more than the server's default of 1 MiB: a real one needs KURRENTDB_MAX_APPEND_SIZE for that.
eventStoreContract('the KurrentDB event store on the test server', async () => {
  const cluster = await KurrentCluster.start(1, {}, new KurrentDatabase({ maxAppendSize: 16 * 1024 * 1024 }));
  return kurrentSubject(cluster.url(), () => cluster.stop());
});

const url = process.env.KURRENTDB_URL;
if (url)
  eventStoreContract('the KurrentDB event store on the server at KURRENTDB_URL', () =>
    Promise.resolve(kurrentSubject(url, () => undefined)),
  );
else
  describe('the KurrentDB event store on a real server', () => {
    it.skip('passes the same contract (skipped: KURRENTDB_URL names no server)', () => undefined);
  });
