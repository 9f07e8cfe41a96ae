import { GenericContainer, Wait } from 'testcontainers';
import { whereContainersRun } from '../../../../../tools/containers';
import { postgresSubject } from '../../test/postgres-subject';
import { eventStoreContract } from '../event-store.contract';

const IMAGE = 'postgres:18';

whereContainersRun(`the Postgres event store on ${IMAGE}`, (name) =>
  eventStoreContract(name, async () => {
    const container = await new GenericContainer(IMAGE)
      .withEnvironment({ POSTGRES_HOST_AUTH_METHOD: 'trust' })
      .withExposedPorts(5432)
      // The image starts once to set itself up and once for good.
      .withWaitStrategy(Wait.forLogMessage('database system is ready to accept connections', 2))
      .start();
    const server = { host: container.getHost(), port: container.getMappedPort(5432), user: 'postgres', database: 'postgres' };
    const subject = await postgresSubject(server);
    return {
      ...subject,
      close: async () => {
        await subject.close();
        await container.stop();
      },
    };
  }),
);
