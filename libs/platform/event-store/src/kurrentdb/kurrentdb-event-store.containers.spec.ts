import { GenericContainer, Wait } from 'testcontainers';
import { whereContainersRun } from '../../../../../tools/containers';
import { kurrentSubject } from '../../test/kurrentdb/subject';
import { eventStoreContract } from '../event-store.contract';

const IMAGE = 'docker.kurrent.io/kurrent-latest/kurrentdb:25.1';

whereContainersRun(`the KurrentDB event store on ${IMAGE}`, (name) =>
  eventStoreContract(name, async () => {
    const container = await new GenericContainer(IMAGE)
      .withEnvironment({
        KURRENTDB_CLUSTER_SIZE: '1',
        KURRENTDB_INSECURE: 'true',
        KURRENTDB_MEM_DB: 'true',
        // The contract appends 2,500 events at once.
        KURRENTDB_MAX_APPEND_SIZE: String(8 * 1024 * 1024),
      })
      .withExposedPorts(2113)
      .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
      .start();
    const url = `kurrentdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`;
    return kurrentSubject(url, async () => void (await container.stop()));
  }),
);
