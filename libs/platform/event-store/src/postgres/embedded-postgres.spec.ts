import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Client } from 'pg';
import { homeOf } from './embedded-home';
import { startPostgres } from './embedded-postgres';

const ROOT = path.resolve(__dirname, '../../../../..');
type Word = { started?: boolean; refused?: string };

function endServer(lock: string): void {
  const pid = existsSync(lock) ? Number.parseInt(readFileSync(lock, 'utf8'), 10) : process.pid;
  if (pid === process.pid) return;
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // gone already
  }
}

describe('the embedded Postgres', () => {
  const temporary = mkdtempSync(path.join(tmpdir(), 'raccordo-embedded-'));
  chmodSync(temporary, 0o711);
  const children: ChildProcess[] = [];
  const folders: string[] = [];
  const folder = (name: string): string => {
    const made = path.join(temporary, name);
    folders.push(made);
    return made;
  };

  const hold = async (home: string, mode = 'shared'): Promise<{ child: ChildProcess; word: Word }> => {
    const child = fork(path.join(__dirname, '../../test/hold-postgres.ts'), [home, mode], {
      execArgv: ['-r', path.join(ROOT, 'tools/typescript-hook.cjs')],
    });
    children.push(child);
    return { child, word: await new Promise<Word>((resolve) => child.once('message', (word) => resolve(word as Word))) };
  };
  const ended = (child: ChildProcess): Promise<unknown> =>
    new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve(undefined) : child.once('exit', resolve)));

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map(ended));
    // After a test that failed half way: a server outlives whoever started it.
    for (const each of folders) endServer(path.join(homeOf(each), 'data/postmaster.pid'));
    rmSync(temporary, { recursive: true, force: true });
  });

  it('refuses an exclusive start on data that a living process owns, and names it', async () => {
    const home = folder('owned');
    const { child, word } = await hold(home);
    expect(word).toEqual({ started: true });
    await expect(startPostgres(home, { durable: false, exclusive: true })).rejects.toThrow(
      `${home} is already in use by process ${child.pid}`,
    );
    child.send('end');
    await ended(child);
    const next = await startPostgres(home, { durable: false, exclusive: true });
    expect(next.firstStart).toBe(false);
    await expect(startPostgres(home, { exclusive: true })).rejects.toThrow(`already in use by process ${process.pid}`);
    await next.stop();
  });

  it('lets exactly one of several simultaneous exclusive starts through', async () => {
    const results = await Promise.all([1, 2, 3].map(() => hold(folder('raced'), 'exclusive')));
    expect(results.filter(({ word }) => word.started)).toHaveLength(1);
    expect(results.filter(({ word }) => word.refused?.includes('already in use by process'))).toHaveLength(2);
    const owner = results.find(({ word }) => word.started)?.child;
    owner?.send('end');
    if (owner) await ended(owner);
  });

  it('adopts the server of a killed process with everything it had committed', async () => {
    const home = folder('orphaned');
    const { child } = await hold(home, 'exclusive');
    const guest = await startPostgres(home);
    const client = new Client(guest.connection);
    await client.connect();
    await client.query('create table kept (n int); insert into kept values (7)');
    await client.end();
    const server = readFileSync(path.join(guest.home, 'data/postmaster.pid'), 'utf8').split('\n')[0];
    child.kill('SIGKILL');
    await ended(child);
    const adopted = await startPostgres(home, { exclusive: true });
    expect(readFileSync(path.join(adopted.home, 'data/postmaster.pid'), 'utf8').split('\n')[0]).toBe(server);
    const again = new Client(adopted.connection);
    await again.connect();
    expect((await again.query('select n from kept')).rows).toEqual([{ n: 7 }]);
    await again.end();
    await adopted.stop();
    await expect(new Client(adopted.connection).connect()).rejects.toThrow();
  });

  it('clears away what an interrupted first start left', async () => {
    const home = folder('interrupted');
    mkdirSync(path.join(home, 'data.4711/base'), { recursive: true });
    const server = await startPostgres(home, { durable: false });
    expect(server.firstStart).toBe(true);
    expect(existsSync(path.join(home, 'data.4711'))).toBe(false);
    await server.stop();
  });

  it('starts although the lock of a dead server was left behind with the pid of another process', async () => {
    const home = folder('stale');
    const first = await startPostgres(home, { durable: false });
    await first.stop();
    writeFileSync(path.join(first.home, 'data/postmaster.pid'), `${process.pid}\n${home}/data\n0\n5432\n\n\n\nready\n`);
    writeFileSync(path.join(first.home, 'owner.pid'), `${process.pid} 1`);
    const second = await startPostgres(home, { durable: false, exclusive: true });
    const client = new Client(second.connection);
    await client.connect();
    await client.end();
    await second.stop();
  });
});
