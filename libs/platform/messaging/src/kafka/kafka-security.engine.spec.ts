import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { KafkaCluster } from '../../../../../tools/kafka/kafka-cluster';
import { Inbox, run, until } from '../../test/inboxes';
import { heartbeatTopicOf } from './heartbeats';
import { KafkaBus } from './kafka-bus';
import { clientOf, kafkaOptions, type KafkaSettings } from './kafka-options';
import { createTopics, topicPlan } from './topics';

const TLS = path.join(__dirname, '../../../event-store/test/kurrentdb/tls');
const [CASES, ALERTS] = ['cases.events.v1', 'alerts.events.v1'];
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
    await createTopics(owner, topicPlan([CASES, ALERTS], { partitions: 2, copies: 1 }));
    // What KafkaBus says it needs, and nothing else.
    const admin = clientOf(owner).admin();
    await admin.connect();
    const allow = (
      account: string,
      resourceType: AclResourceTypes,
      resourceName: string,
      operation: AclOperationTypes,
      prefixed = false,
    ) => ({
      ...{ resourceType, resourceName, operation, principal: `User:${account}`, host: '*', permissionType: AclPermissionTypes.ALLOW },
      resourcePatternType: prefixed ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    });
    const { TOPIC, GROUP } = AclResourceTypes;
    const { READ, WRITE, DELETE } = AclOperationTypes;
    await admin.createAcls({
      acl: [
        ...[CASES, heartbeatTopicOf(CASES)].flatMap((topic) => [allow('relay', TOPIC, topic, WRITE), allow('alerts', TOPIC, topic, READ)]),
        allow('alerts', GROUP, 'alerts-', READ, true),
        allow('alerts', GROUP, 'alerts-', DELETE, true),
      ],
    });
    await admin.disconnect();
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

  it('lets a relay publish and tell heartbeats, and a service read, count and rewind, with the permissions the bus names', async () => {
    const [relay, alerts, inbox] = [bus('relay'), bus('alerts'), new Inbox()];
    await relay.publish(CASES, run('case-1', 0, 3));
    await relay.heartbeat(CASES, '2026-03-01T09:00:00.000Z');
    const end = await alerts.subscribe('alerts-facts', [CASES], inbox.handle);
    await until(() => inbox.messages.length >= 3 && inbox.heartbeats.length > 0);
    expect(await alerts.lag('alerts-facts', [CASES])).toBe(0);
    await end();
    await alerts.rewind('alerts-facts', [CASES]);
    expect(await alerts.lag('alerts-facts', [CASES])).toBe(3);
    // A coordinator that is still reading its own records is waited for; what would be missing is a permission.
    expect(errors.filter((error) => !/coordinator is (loading|not available)/.test(error))).toEqual([]);
  });

  it('takes from a relay nothing for another context, and nothing from a service that only reads', async () => {
    const refused = /not authorized|authorization failed/i;
    await expect(bus('relay').publish(ALERTS, run('alert-1', 0, 1))).rejects.toThrow(refused);
    await expect(bus('alerts').publish(CASES, run('case-1', 9, 1))).rejects.toThrow(refused);
    await expect(bus('alerts').heartbeat(CASES, '2031-01-01T00:00:00.000Z')).rejects.toThrow(refused);
  });

  it('shows nothing to an account without permission, and says so until somebody gives it one', async () => {
    const [stranger, inbox] = [bus('stranger'), new Inbox()];
    const end = await stranger.subscribe('stranger-facts', [CASES], inbox.handle);
    await until(() => errors.filter((error) => /not authorized/i.test(error)).length >= 2);
    await end();
    expect(inbox.deliveries).toEqual([]);
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
