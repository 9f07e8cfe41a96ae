import { topicOf } from '@platform/messaging';
import { Kafka, logLevel } from 'kafkajs';
import { heard, KafkaWorld, killed } from '../test/kafka-world';
import { CONTEXT, until } from '../test/tally';

const TOPIC = topicOf(CONTEXT);

describe('nothing is lost and nothing is done twice', () => {
  let world: KafkaWorld;
  afterEach(() => world.close());
  jest.setTimeout(400_000); // brokers that start beside everything else on two cores

  const more = async (count: number): Promise<void> => {
    const goal = (await world.mirrored()) + count;
    await until(async () => (await world.mirrored()) >= goal);
  };
  const withAdmin = async <T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> => {
    const admin = new Kafka({ brokers: world.cluster.addresses, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    return work(admin).finally(() => admin.disconnect());
  };

  it('when the broker is killed while events are relayed, and started again', async () => {
    world = await KafkaWorld.start();
    world.relay();
    const runner = await world.runner();
    world.write();
    for (let round = 0; round < 2; round++) {
      await more(60);
      await world.cluster.brokers[0]?.kill();
      const before = world.appended;
      await until(() => world.appended >= before + 30); // commands go on without the broker
      await world.cluster.brokers[0]?.start();
    }
    await more(60);
    await world.rest();
    await world.expectWhole(runner);
  });

  it('when the leader of a partition is killed, and two brokers go on without it', async () => {
    world = await KafkaWorld.start(3);
    world.relay();
    const runner = await world.runner();
    world.write();
    await more(60);
    const [topic] = (await withAdmin((admin) => admin.fetchTopicMetadata({ topics: [TOPIC] }))).topics;
    const leader = topic?.partitions[0]?.leader ?? 0;
    const victim = world.cluster.brokers[leader - 1];
    await victim?.kill();
    await more(200);
    await world.rest();
    await world.expectWhole(runner);
    world.write();
    await victim?.start();
    await more(60);
    await world.rest();
    await world.expectWhole(runner);
  });

  it('when a relay is killed after the broker took the messages and before its checkpoint moved', async () => {
    world = await KafkaWorld.start();
    const runner = await world.runner();
    world.write();
    for (const hangAt of [1, 4, 2]) {
      const relay = world.child('relay', hangAt);
      await heard(relay, 'published');
      await killed(relay);
    }
    world.child('relay');
    await more(60);
    await world.rest();
    await world.expectWhole(runner);
  });

  it('when a consumer is killed after its rows were committed and before its offset was', async () => {
    world = await KafkaWorld.start();
    world.relay();
    world.write();
    for (const hangAt of [1, 5, 2]) {
      const consumer = world.child('consumer', hangAt);
      await heard(consumer, 'row');
      await killed(consumer);
    }
    const runner = await world.runner();
    await more(60);
    await world.rest();
    await world.expectWhole(runner);
  });

  it('when one of two consumers of a group is killed at work', async () => {
    world = await KafkaWorld.start();
    world.relay();
    const runner = await world.runner();
    world.write();
    for (let round = 0; round < 3; round++) {
      const second = world.child('consumer', 3);
      await heard(second, 'row');
      await killed(second);
      await more(60);
    }
    await world.rest();
    await world.expectWhole(runner);
  });

  it('when a second relay takes over from one that is killed, and until then it publishes nothing', async () => {
    world = await KafkaWorld.start();
    const runner = await world.runner();
    world.write();
    const first = world.child('relay');
    await heard(first, 'runs');
    const second = world.child('relay');
    const takesOver = heard(second, 'runs');
    await more(100);
    await killed(first);
    await takesOver;
    await more(100);
    await world.rest();
    await world.expectWhole(runner);
    const ends = await withAdmin((admin) => admin.fetchTopicOffsets(TOPIC));
    const records = ends.reduce((sum, { high }) => sum + Number(high), 0);
    expect(records - world.appended).toBeLessThanOrEqual(40); // at most what each of the two logs had on the way when it was killed
  });
});
