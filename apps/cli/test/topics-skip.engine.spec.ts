import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Databases } from '@platform/database';
import { KafkaBus, type KafkaOptions, PostgresSkippedRecords, UnreadableRecord } from '@platform/messaging';
import { derivedKey } from '@platform/runtime';
import { runCli } from '@raccordo/cli';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { Inbox, revisions, run, until } from '../../../libs/platform/messaging/test/inboxes';
import { KafkaCluster } from '../../../tools/kafka/kafka-cluster';
import { composition } from '../src/composition';

const TOPIC = 'cases.events.v1';

describe('raccordo topics skip', () => {
  const before = { ...process.env };
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-skip-'));
  const name = `skip_${randomUUID().slice(0, 8)}`;
  const server = JSON.parse(process.env.TEST_DATABASE ?? '') as { host: string; port: number; user: string; database: string };
  const errors: unknown[] = [];
  let admin: Client;
  let cluster: KafkaCluster;
  let databases: Databases;
  let options: KafkaOptions;

  const raccordo = async (...words: string[]): Promise<{ code: number; said: Record<string, unknown>[] }> => {
    const lines: string[] = [];
    const streams = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
    const code = await runCli(words, composition, streams);
    return { code, said: lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : [])) };
  };
  const skip = (offset: string, ...more: string[]) =>
    raccordo('topics', 'skip', TOPIC, '0', offset, '--reason', 'foreign', '--json', ...more);

  beforeAll(async () => {
    cluster = await KafkaCluster.start();
    admin = new Client(server);
    await admin.connect();
    await admin.query(`create database ${name}`);
    const address = `postgres://${server.user}@localhost/${name}?host=${encodeURIComponent(server.host)}&port=${server.port}`;
    Object.assign(process.env, { DATA_DIR: home, KEYS_DIR: path.join(home, 'keys'), DATABASE_URL: address });
    process.env.KAFKA_BROKERS = cluster.addresses.join(',');
    expect((await raccordo('prepare')).code).toBe(0);
    expect((await raccordo('topics', 'create', '--partitions', '1', '--copies', '1')).code).toBe(0);
    databases = new Databases({ url: address }, derivedKey(process.env.KEYS_DIR ?? '', 'database'));
    const skipped = new PostgresSkippedRecords(databases.pool('raccordo_store'));
    const onError = (_: string, error: unknown): void => void errors.push(error);
    options = { brokers: cluster.addresses, clientId: 'spec', delays: [50], skipped, onError };
  });
  afterAll(async () => {
    await databases.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
    await cluster.stop();
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
    rmSync(home, { recursive: true, force: true });
  });

  it('lets every consumer pass over the one record that stops it, now and from the beginning, and nothing that can be read', async () => {
    const bus = new KafkaBus(options);
    const [first, later] = [new Inbox(), new Inbox()];
    try {
      await bus.publish(TOPIC, run('case-1', 0, 2));
      const producer = new Kafka({ brokers: cluster.addresses, logLevel: logLevel.NOTHING }).producer();
      await producer.connect();
      await producer.send({ topic: TOPIC, messages: [{ key: 'case-1', value: 'not ours' }] });
      await producer.disconnect();
      await bus.publish(TOPIC, run('case-1', 2, 1));
      await bus.heartbeat(TOPIC, '2026-03-01T09:00:00.000Z');

      await bus.subscribe('stopped', [TOPIC], first.handle);
      // What comes before it is taken; at the record itself the partition waits, says where, and no heartbeat passes it.
      await until(() => errors.length >= 2 && first.messages.length >= 2);
      expect(errors.at(-1)).toBeInstanceOf(UnreadableRecord);
      expect(errors.at(-1)).toMatchObject({ topic: TOPIC, partition: 0, offset: '2' });
      expect([revisions(first.messages, 'case-1'), first.heartbeats]).toEqual([[0, 1], []]);

      expect((await raccordo('topics', 'skip', TOPIC, '0', '2', '--json')).code).toBe(2);
      for (const [offset, code] of [
        ['1', 'record.readable'],
        ['4', 'record.not-there'],
      ] as const)
        expect(await skip(offset)).toMatchObject({ code: 1, said: [{ ok: false, error: expect.stringContaining(code) as string }] });
      expect(await skip('2')).toMatchObject({ code: 0, said: [{ ok: true, topic: TOPIC, partition: 0, offset: '2', reason: 'foreign' }] });

      await until(() => first.heartbeats.length > 0);
      expect(revisions(first.messages, 'case-1')).toEqual([0, 1, 2]);
      const known = errors.length;
      await bus.subscribe('later', [TOPIC], later.handle);
      await until(() => later.messages.length >= 3);
      expect([revisions(later.messages, 'case-1'), errors.length]).toEqual([[0, 1, 2], known]);
      const { rows } = await databases
        .pool('raccordo_store')
        .query('select topic, partition, record_offset, reason from bus.skipped_record');
      expect(rows).toEqual([{ topic: TOPIC, partition: 0, record_offset: '2', reason: 'foreign' }]);
    } finally {
      await bus.close();
    }
  });
});
