import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runAcls } from '../../../../../tools/deploy/kafka-acls';
import { KafkaCluster } from '../../../../../tools/kafka/kafka-cluster';
import { Inbox, run, until } from '../../test/inboxes';
import { KafkaBus } from './kafka-bus';
import { clientOf, kafkaOptions, type KafkaSettings } from './kafka-options';
import { skipRecord } from './skip-record';
import { createTopics, topicPlan } from './topics';

const TLS = path.join(__dirname, '../../../event-store/test/kurrentdb/tls');
const [CASES, REFERRALS] = ['cases.events.v1', 'referrals.events.v1'];
const accounts = { relay: 'relay-secret', alerts: 'alerts-secret', stranger: 'stranger-secret' };

describe('a Kafka with TLS, accounts and access lists', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-tls-'));
  let cluster: KafkaCluster;
  const buses: KafkaBus[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    const keyStore = path.join(home, 'broker.pem');
    writeFileSync(keyStore, ['node.key', 'node.pem'].map((name) => readFileSync(path.join(TLS, name), 'utf8')).join(''));
    cluster = await KafkaCluster.start({ secure: { keyStore, accounts } });
    const owner = { brokers: cluster.addresses, clientId: 'owner' };
    await createTopics(owner, topicPlan([CASES, REFERRALS], { partitions: 2, copies: 1 }));
    // What an installation is told to give, and nothing else, by the broker's own command.
    const nothing = path.join(home, 'admin.properties');
    writeFileSync(nothing, '');
    runAcls(cluster.addresses.join(','), nothing, `exec java -cp '${cluster.jars}/*' org.apache.kafka.tools.AclCommand "$@"`);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    errors.length = 0;
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const settings = (account: keyof typeof accounts, over: Partial<KafkaSettings> = {}): KafkaSettings => ({
    ...{ KAFKA_BROKERS: cluster.secureAddresses.join(','), KAFKA_CLIENT_ID: account, KAFKA_SESSION_MS: 10_000, KAFKA_TLS: true },
    ...{
      KAFKA_CA_FILE: path.join(TLS, 'authority.pem'),
      KAFKA_SASL: 'scram-sha-512',
      KAFKA_USERNAME: account,
      KAFKA_PASSWORD: accounts[account],
    },
    ...over,
  });
  const bus = (account: keyof typeof accounts, over: Partial<KafkaSettings> = {}): KafkaBus => {
    const onError = (_: string, error: unknown): void => void errors.push(String(error));
    const opened = new KafkaBus({ ...kafkaOptions(settings(account, over)), outage: 50, onError });
    buses.push(opened);
    return opened;
  };

  // A coordinator that is still reading its own records is waited for; what would be missing is a permission.
  const denials = (): string[] => errors.filter((error) => !/coordinator is (loading|not available)/.test(error));
  const refused = /not authorized|authorization failed/i;

  it('lets a relay publish and tell heartbeats, and a service read, count, rewind and rebuild, by the rights of deploy/kafka/acls.sh', async () => {
    const [relay, alerts, inbox, rebuilt] = [bus('relay'), bus('alerts'), new Inbox(), new Inbox()];
    await relay.publish(CASES, run('case-1', 0, 3));
    await relay.heartbeat(CASES, '2026-03-01T09:00:00.000Z');
    const end = await alerts.subscribe('alert-facts', [CASES], inbox.handle);
    await until(() => inbox.messages.length >= 3 && inbox.heartbeats.length > 0);
    expect(await alerts.lag('alert-facts', [CASES])).toBe(0);
    await end();
    await alerts.rewind('alert-facts', [CASES]);
    expect(await alerts.lag('alert-facts', [CASES])).toBe(3);
    const endRebuild = await alerts.subscribe('alert-facts.rebuild', [CASES], rebuilt.handle);
    await until(() => rebuilt.messages.length >= 3);
    await endRebuild();
    await alerts.rewind('alert-facts.rebuild', [CASES]);
    expect(denials()).toEqual([]);
  });

  it('takes nothing from a service, which only reads', async () => {
    await expect(bus('alerts').publish(CASES, run('case-1', 9, 1))).rejects.toThrow(refused);
    await expect(bus('alerts').heartbeat(CASES, '2031-01-01T00:00:00.000Z')).rejects.toThrow(refused);
  });

  it.each([
    ['a topic it does not consume', 'alert-facts', REFERRALS, refused],
    // kafkajs keeps to itself why no broker names the group's coordinator
    ['the place of another service’s group, which would then miss events', 'referral-facts', CASES, /group coordinator/i],
  ])('shows a service nothing of %s', async (_, group, topic, said) => {
    await bus('relay').publish(topic, run('case-2', 0, 1));
    const inbox = new Inbox();
    const end = await bus('alerts').subscribe(group, [topic], inbox.handle);
    await until(() => errors.filter((error) => said.test(error)).length >= 2);
    await end();
    expect(inbox.deliveries).toEqual([]);
  });

  it('shows nothing to an account without permission, and says so until somebody gives it one', async () => {
    const [stranger, inbox] = [bus('stranger'), new Inbox()];
    const end = await stranger.subscribe('stranger-facts', [CASES], inbox.handle);
    await until(() => errors.filter((error) => refused.test(error)).length >= 2);
    await end();
    expect(inbox.deliveries).toEqual([]);
  });

  it('lets a service look at a record that no consumer can read, and put on record that it may be passed over', async () => {
    const producer = clientOf({ brokers: cluster.addresses, clientId: 'intruder' }).producer();
    await producer.connect();
    const [written] = await producer.send({ topic: CASES, messages: [{ partition: 0, key: 'k', value: 'no event' }] });
    await producer.disconnect();
    const place = { topic: CASES, partition: 0, offset: String(written?.baseOffset) };
    const added: object[] = [];
    const skipped = { has: () => Promise.resolve(false), add: (...record: unknown[]) => Promise.resolve(void added.push(record)) };
    const found = await skipRecord(kafkaOptions(settings('alerts')), skipped, place, 'foreign', '2026-03-01T09:00:00.000Z');
    expect(added).toEqual([[found, 'foreign', '2026-03-01T09:00:00.000Z']]);
  });

  it.each<[string, Partial<KafkaSettings>, RegExp]>([
    ['a wrong password', { KAFKA_PASSWORD: 'guessed' }, /authentication/i],
    ['no account', { KAFKA_SASL: undefined }, /./],
    ['an authority that did not sign the broker', { KAFKA_CA_FILE: undefined }, /certificate|self.signed|verify/i],
    ['no TLS', { KAFKA_TLS: false }, /./],
  ])('is not spoken to with %s', async (_, over, said) => {
    await expect(bus('relay', over).publish(CASES, run('case-1', 20, 1))).rejects.toThrow(said);
  });
});
