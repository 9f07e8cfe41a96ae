// Child process of kurrentdb-figures.ts: the test server on processor time of its own. Says its address and serves until its parent goes.
import { KurrentDatabase } from '../../libs/platform/event-store/test/kurrentdb/database';
import { KurrentCluster } from '../../libs/platform/event-store/test/kurrentdb/server';

process.once('disconnect', () => process.exit(0));
void KurrentCluster.start(1, {}, new KurrentDatabase({ maxAppendSize: 16 * 1024 * 1024 })).then((cluster) => process.send?.(cluster.url()));
