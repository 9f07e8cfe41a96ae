import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { type Running, startApplication } from '@platform/runtime';
import { runCli } from '@raccordo/cli';
import { runStory, STEPS, World } from '@raccordo/demo';
import { Kafka, logLevel } from 'kafkajs';
import { onKafkaAndKurrentDb } from '../../../tools/cluster/engines';
import { composition } from '../src/composition';

describe('an installation that moves to KurrentDB and Kafka at once', () => {
  const before = { ...process.env };
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-migrate-kafka-'));
  chmodSync(home, 0o711); // as root the database runs as somebody who has to walk through
  let engines: Awaited<ReturnType<typeof onKafkaAndKurrentDb>>;
  let running: Running | undefined;

  const raccordo = async (...words: string[]): Promise<{ code: number; said: Record<string, unknown>[] }> => {
    const said: Record<string, unknown>[] = [];
    const out = (line: string): void => void said.push(JSON.parse(line) as Record<string, unknown>);
    return { code: await runCli([...words, '--json'], composition, { out, err: () => undefined }), said };
  };
  const start = async (): Promise<World> => {
    running = await startApplication(readConfig(), composition);
    return World.at(running.url);
  };
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = undefined;
  };
  const consumers = async (): Promise<{ name: string; state: string; parked: number }[]> =>
    (await raccordo('projections', 'status')).said as { name: string; state: string; parked: number }[];

  beforeAll(async () => {
    engines = await onKafkaAndKurrentDb();
    Object.assign(process.env, { DATA_DIR: path.join(home, 'data'), PORT: '0', DEMO: 'true', LOG_LEVEL: 'silent' });
  });
  afterAll(async () => {
    await stop();
    await engines.stop();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(home, { recursive: true, force: true });
  });

  it('publishes its whole history to the new topics, takes nothing twice, and goes on from there', async () => {
    const old = await start();
    expect((await runStory(old, STEPS.slice(0, 3))).filter(({ ok }) => !ok)).toEqual([]);
    const page = `/api/cases/${old.knows('case')}`;
    const theirs = `/api/cases/${old.knows('case-toscana')}`;
    const through = (world: World) => world.get('elena', theirs, { purpose: 'direct_assistance' });
    const [own, granted] = [(await old.get('giulia', page)).text, (await through(old)).text];
    await stop();

    Object.assign(process.env, engines.environment, { EVENT_STORE: 'postgres' });
    expect((await raccordo('topics', 'create', '--partitions', '3', '--copies', '1')).code).toBe(0);
    const { code, said } = await raccordo('migrate', 'embedded-to-cluster');
    expect([code, said.at(-1)]).toMatchObject([0, { ok: true }]);

    process.env.EVENT_STORE = 'kurrentdb';
    const world = await start();
    // A read through a grant is answered once the relays have said on Kafka that everything older has been published.
    const answer = await world.until('elena', 'GET', theirs, ({ status }) => status === 200, { purpose: 'direct_assistance' });
    expect([answer.status, answer.text, (await world.get('giulia', page)).text]).toEqual([200, granted, own]);
    expect((await consumers()).filter(({ state, parked }) => state !== 'running' || parked > 0)).toEqual([]);
    const admin = new Kafka({ brokers: engines.kafka?.addresses ?? [], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const ends = await Promise.all(['regions', 'cases', 'referrals'].map((context) => admin.fetchTopicOffsets(`${context}.events.v1`)));
    await admin.disconnect();
    for (const partitions of ends) expect(partitions.reduce((sum, { high }) => sum + Number(high), 0)).toBeGreaterThan(0);

    // What one context decides reaches the other over the new bus: with the referral the grant ends.
    const [inbox, outbox] = [`/api/referrals/${old.knows('referral-toscana')}`, `/api/referrals/${old.knows('referral')}`];
    for (const [step, body] of [['service', {}] as const, ['outcome', { outcome: 'provided' }] as const])
      expect((await world.change('elena', inbox, `${inbox}/${step}`, body)).status).toBe(204);
    await world.until('giulia', 'GET', outbox, ({ text }) => text.includes('provided'));
    expect((await world.change('giulia', outbox, `${outbox}/closure`)).status).toBe(204);
    const ended = await world.until('elena', 'GET', theirs, ({ status }) => status === 404, { purpose: 'direct_assistance' });
    expect(ended.status).toBe(404);
  });
});
