import 'reflect-metadata';
import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { verifyBundle } from '@platform/auditing';
import { readConfig } from '@platform/config';
import { type Running, startApplication } from '@platform/runtime';
import { runCli } from '@raccordo/cli';
import { runStory, STEPS, World } from '@raccordo/demo';
import { KurrentCluster } from '../../../libs/platform/event-store/test/kurrentdb/server';
import { composition } from '../src/composition';

const ROOT = path.resolve(__dirname, '../../..');
const AUDIT = { purpose: 'audit', acr: 3 } as const;
const home = mkdtempSync(path.join(tmpdir(), 'raccordo-migrate-'));
chmodSync(home, 0o711);
const environment = { DATA_DIR: path.join(home, 'data'), PORT: '0', DEMO: 'true', LOG_LEVEL: 'silent' };

async function cli(...argv: string[]): Promise<{ code: number; out: Record<string, unknown>[] }> {
  const out: Record<string, unknown>[] = [];
  const code = await runCli([...argv, '--json'], composition, {
    out: (line) => out.push(JSON.parse(line) as Record<string, unknown>),
    err: () => undefined,
  });
  return { code, out };
}

describe('an installation that moves from embedded Postgres to KurrentDB', () => {
  const before = { ...process.env };
  let cluster: KurrentCluster;
  let running: Running | undefined;
  let checkpoint: { note: string; vkey: string };
  let [handle, shown]: string[] = [];
  let replays: unknown[] = [];
  let opening = 0;
  let page = '';

  const ours = () => cluster.database.all.filter(({ type }) => type.includes('@'));
  const start = async (more: Record<string, string> = {}): Promise<Running> => {
    Object.assign(process.env, more);
    return (running = await startApplication(readConfig(), composition));
  };
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = undefined;
  };
  const replayed = async (): Promise<unknown[]> => {
    const points = [String(opening), 'r0', 'r1'];
    const answers = [];
    for (const at of points) answers.push((await cli('replay', handle ?? '', '--at', at)).out);
    return answers;
  };

  beforeAll(async () => {
    cluster = await KurrentCluster.start();
    Object.assign(process.env, environment);
    const { url } = await start();
    const world = await World.at(url);
    await runStory(world, STEPS.slice(0, 3));
    page = `/api/cases/${world.knows('case')}`;
    type Entries = { entries: { index: number; entry: { body: { cases: string[] } } }[] };
    const opened = await world.until<Entries>(
      'ada',
      'GET',
      '/api/audit/entries?act=OpenCase&effect=permitted',
      ({ body }) => (body.entries?.length ?? 0) > 0,
      AUDIT,
    );
    handle = opened.body.entries[0]?.entry.body.cases[0] ?? '';
    opening = opened.body.entries[0]?.index ?? 0;
    replays = await replayed();
    shown = (await world.get('giulia', page)).text;
    checkpoint = (await world.get<typeof checkpoint>('ada', '/api/audit/checkpoint', AUDIT)).body;
    await stop();
    process.env.KURRENTDB_URL = cluster.url();
  });
  afterAll(async () => {
    await stop();
    cluster.stop();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(home, { recursive: true, force: true });
  });

  it('is told where to when it is not, and moves nothing while it runs', async () => {
    delete process.env.KURRENTDB_URL;
    expect((await cli('migrate', 'embedded-to-cluster')).code).toBe(2);
    process.env.KURRENTDB_URL = cluster.url();
    await start();
    expect((await cli('migrate', 'embedded-to-cluster')).code).toBe(1);
    expect(ours()).toEqual([]);
    await stop();
    await expect(start({ EVENT_STORE: 'kurrentdb' })).rejects.toThrow('still in Postgres');
    process.env.EVENT_STORE = 'postgres';
  });

  it('takes no command after the move was killed half way, until the move is abandoned or done', async () => {
    const child = fork(path.join(__dirname, 'migrate-until-killed.ts'), {
      execArgv: ['-r', path.join(ROOT, 'tools/typescript-hook.cjs')],
      env: process.env,
    });
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    cluster.database.on('events', () => {
      if (ours().length >= 12) child.kill('SIGKILL');
    });
    expect(await ended).toBe('SIGKILL');
    cluster.database.removeAllListeners('events');
    expect(ours().length).toBeGreaterThanOrEqual(12);

    const { url } = await start();
    const world = await World.at(url);
    expect((await world.get('giulia', page)).text).toBe(shown);
    const needs = { needs: ['legal'], urgent: false };
    const refused = await world.change('giulia', page, `${page}/needs`, needs);
    expect([refused.status, refused.body]).toEqual([503, expect.objectContaining({ title: 'store.moved' })]);
    await stop();
    expect((await cli('migrate', 'embedded-to-cluster', '--abandon')).out).toEqual([{ ok: true, abandoned: true }]);
    await start();
    const again = await World.at(running?.url ?? '');
    expect((await again.change('giulia', page, `${page}/needs`, needs)).status).toBeLessThan(300);
    shown = (await again.get('giulia', page)).text;
    await stop();
  });

  it('goes on where it was killed, and proves that counts, hashes, streams and the audit root are the same', async () => {
    const kept = ours().length;
    const { code, out } = await cli('migrate', 'embedded-to-cluster');
    expect(code).toBe(0);
    const logs = out.filter(({ log }) => log) as { log: string; events: number; sha256: string }[];
    expect(out.at(-1)).toMatchObject({ ok: true, logs: logs.length, events: ours().length });
    expect(ours().length).toBeGreaterThan(kept);
    expect(new Set(ours().map(({ id }) => id)).size).toBe(ours().length);
    for (const { log, events } of logs) expect(ours().filter(({ type }) => type.startsWith(`${log}/`))).toHaveLength(events);
    expect(out.flatMap(({ what }) => (what === undefined ? [] : [what]))).toContain('audit.umbria');
    expect(Number(out.at(-1)?.places)).toBeGreaterThan(10);
  });

  it('answers and replays the same from the new store, goes on working, and continues its signed trail', async () => {
    await start({ EVENT_STORE: 'kurrentdb' });
    const world = await World.at(running?.url ?? '');
    expect((await world.get('giulia', page)).text).toBe(shown);
    expect(await replayed()).toEqual(replays);
    const stored = ours().length;
    const answer = await world.change('giulia', page, `${page}/needs`, { needs: ['legal', 'housing'], urgent: true });
    expect(answer.status).toBeLessThan(300);
    expect(ours().length).toBeGreaterThan(stored);
    await world.until('giulia', 'GET', page, ({ text }) => text !== shown);
    const size = async (): Promise<number> =>
      Number((await world.get<{ note: string }>('ada', '/api/audit/checkpoint', AUDIT)).body.note.split('\n')[1]);
    const signed = await size();
    await world.until('ada', 'GET', '/api/audit/entries?act=RecordNeeds&limit=5', () => true, AUDIT);
    while ((await size()) <= signed) await new Promise((resolve) => setTimeout(resolve, 100));
    const bundle = await world.get('ada', '/api/audit/bundle', AUDIT);
    const verified = verifyBundle(Buffer.from(bundle.text), { outsideCheckpoint: checkpoint.note, vkey: checkpoint.vkey });
    expect(verified).toMatchObject({ ok: true, findings: [] });
    await stop();
  });

  it('cannot be moved twice nor go back to a store that stands still', async () => {
    expect((await cli('migrate', 'embedded-to-cluster')).code).toBe(1);
    expect((await cli('migrate', 'embedded-to-cluster', '--abandon')).code).toBe(1);
    await expect(start({ EVENT_STORE: 'postgres' })).rejects.toThrow('EVENT_STORE=kurrentdb');
  });
});
