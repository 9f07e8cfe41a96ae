import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type EmbeddedPostgres, PostgresEventStore, startPostgres } from '@platform/event-store';
import { InProcessBus, PostgresRelayCheckpoints, PostgresTopicLog, Relay } from '@platform/messaging';
import { Client } from 'pg';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { clock, consumers, CONTEXT, publicForm, tallied, tallyDatabase, until, upTo } from '../test/tally';
import { ConsumerRunner } from './consumer-runner';

const ROOT = path.resolve(__dirname, '../../../..');
/** After how many acknowledgements each kill strikes, and whom. */
const KILLS: readonly [acknowledged: number, victim: 'node' | 'postgres'][] = [
  [3, 'node'],
  [40, 'node'],
  [90, 'postgres'],
  [17, 'node'],
  [150, 'postgres'],
  [1, 'node'],
  [60, 'postgres'],
  [75, 'node'],
];

describe('a kill without warning', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-kills-'));
  chmodSync(home, 0o711);
  let server: EmbeddedPostgres;
  let database: SpecDatabase;
  let child: ChildProcess | undefined;
  const ends: (() => Promise<unknown>)[] = [];
  const acknowledged = new Set<string>();
  const faults: string[] = [];

  beforeAll(async () => {
    server = await startPostgres(path.join(home, 'pg'), { exclusive: true });
    database = await tallyDatabase(server.connection);
  }, 120_000);
  afterAll(async () => {
    child?.kill('SIGKILL');
    for (const end of ends.reverse()) await end();
    await database?.databases.close();
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 120_000);

  const work = (): ChildProcess => {
    const started = fork(path.join(__dirname, '../test/working-process.ts'), [JSON.stringify(database.connection)], {
      execArgv: ['-r', path.join(ROOT, 'tools/typescript-hook.cjs')],
    });
    started.on('message', (word: { acknowledged?: string; fault?: string }) => {
      if (word.acknowledged) acknowledged.add(word.acknowledged);
      if (word.fault) faults.push(word.fault);
    });
    return started;
  };
  const killNode = async (victim: ChildProcess): Promise<void> => {
    const ended = new Promise((resolve) => victim.once('exit', resolve));
    victim.kill('SIGKILL');
    await ended;
  };
  const killPostgres = async (): Promise<void> => {
    const postmaster = readFileSync(path.join(server.home, 'data/postmaster.pid'), 'utf8').split('\n')[0] ?? '';
    const sessions = execFileSync('ps', ['-o', 'pid=', '--ppid', postmaster]).toString().trim().split(/\s+/);
    for (const pid of [postmaster, ...sessions]) tryKill(Number(pid));
    await server.stop();
    server = await startPostgres(path.join(home, 'pg'), { exclusive: true });
  };

  /** A server goes on with what a client asked before it died: what is stored is final once its sessions are gone. */
  const orphansGone = async (): Promise<void> => {
    const client = new Client(server.connection);
    await client.connect();
    const others = "select 1 from pg_stat_activity where datname = $1 and backend_type = 'client backend'";
    await until(async () => (await client.query(others, [database.connection.database])).rowCount === 0);
    await client.end();
  };

  it('of the application or of the database loses nothing that was acknowledged and does nothing twice', async () => {
    child = work();
    for (const [count, victim] of KILLS) {
      const goal = acknowledged.size + count;
      await until(() => acknowledged.size >= goal || faults.length > 0);
      expect(faults).toEqual([]);
      if (victim === 'postgres') await killPostgres();
      else {
        await killNode(child);
        child = work();
      }
    }
    const goal = acknowledged.size + 50;
    await until(() => acknowledged.size >= goal || faults.length > 0);
    await killNode(child);
    expect(faults).toEqual([]);
    await orphansGone();

    // What is stored: every acknowledged event once, at its revision; no gap in any log.
    const pool = database.databases.pool('raccordo_store');
    const store = new PostgresEventStore(pool);
    ends.push(() => store.close());
    const logs = await Promise.all((await store.logs(CONTEXT)).map((log) => store.readLog(log, undefined, 1_000_000)));
    for (const log of logs) expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, n) => n + 1));
    const stored = logs.flat();
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    const places = new Set(
      stored.map(({ stream, revision, data }) => `${stream} ${revision === (data as { n: number }).n ? revision : 'elsewhere'}`),
    );
    expect([...acknowledged].filter((each) => !places.has(each))).toEqual([]);
    const lengths = new Map<string, number>();
    for (const { stream, revision } of stored) {
      expect(revision).toBe(lengths.get(stream) ?? 0);
      lengths.set(stream, revision + 1);
    }

    // What was made of it: after the next process has caught up, every event once and in order, here and behind the bus.
    const writer = await database.databases.writer(CONTEXT);
    const bus = new InProcessBus(new PostgresTopicLog(pool));
    ends.push(() => bus.close());
    const onError = (...error: unknown[]): void => void faults.push(String(error.at(-1)));
    const runner = new ConsumerRunner({ store, bus, writer: () => writer, clock, onError });
    const relay = new Relay({
      store,
      bus,
      context: CONTEXT,
      toMessage: publicForm,
      checkpoints: new PostgresRelayCheckpoints(pool),
      clock,
      onError,
    });
    ends.push(
      () => runner.stop(),
      () => relay.stop(),
    );
    const since = clock.now();
    await runner.start(consumers);
    relay.start();
    for (const log of await store.logs(CONTEXT))
      expect(await runner.waitFor('tally', log, (await store.head(log)) ?? '', 50_000)).toBe(true);
    await until(async () => ((await runner.freshness('mirror')) ?? '') > since);
    const expected = Object.fromEntries(
      [...lengths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stream, length]) => [stream, upTo(length - 1)]),
    );
    for (const table of ['tally', 'mirror']) expect(await tallied(writer, table)).toEqual(expected);
    for (const { name } of consumers) await runner.rebuild(name);
    for (const table of ['tally', 'mirror']) expect(await tallied(writer, table)).toEqual(expected);
    expect(await runner.parked()).toEqual([]);
    expect(faults).toEqual([]);
  }, 120_000);
});

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
