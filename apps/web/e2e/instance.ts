import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../../..');
/** The story's people all call from one address here, faster than people do. */
const PEOPLE_AT_ONCE = { SIGN_INS_PER_MINUTE: '60000', REQUESTS_PER_SECOND: '10000' };

/** Ends with the spec, however that ends. */
const living = new Set<ChildProcess>();
process.once('exit', () => living.forEach((child) => child.kill('SIGTERM')));
/** Milliseconds until an instance has to be ready, on a machine that is busy with other things. */
const PATIENCE = 300_000;

function newHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-browser-'));
  chmodSync(home, 0o711); // as root the database runs as somebody who has to walk through
  return home;
}

/** Where a starting application says that it listens. */
const readyAt = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error(`the application was not ready in time: ${text}`)), PATIENCE);
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const ready = /ready (\S+)/.exec(text)?.[1];
      if (ready === undefined) return;
      clearTimeout(late);
      resolve(ready);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the application ended with ${code}: ${text}`));
    });
  });

/** An instance and whoever looks at it: both, or none, and then nothing is left running. */
export async function both<T extends { close(): Promise<void> }>(starting: Promise<Instance>, opening: Promise<T>): Promise<[Instance, T]> {
  const [instance, browser] = await Promise.allSettled([starting, opening]);
  if (instance.status === 'fulfilled' && browser.status === 'fulfilled') return [instance.value, browser.value];
  if (instance.status === 'fulfilled') await instance.value.stop();
  if (browser.status === 'fulfilled') await browser.value.close();
  throw instance.status === 'rejected' ? instance.reason : (browser as PromiseRejectedResult).reason;
}

/** The built application as a process of its own, in demo mode, on a data folder and a port of its own. */
export class Instance {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #home: string;

  private constructor(url: string, child: ChildProcess, home: string) {
    this.url = url;
    this.#child = child;
    this.#home = home;
  }

  /** With the whole invented ground: cases, referrals and alerts in every state. */
  static async seeded(env: Readonly<Record<string, string>> = {}): Promise<Instance> {
    const home = newHome();
    await promisify(execFile)(process.execPath, [path.join(root, 'dist/apps/cli/src/main.js'), 'seed'], {
      env: { ...process.env, DATA_DIR: path.join(home, 'data'), DEMO: 'true', LOG_LEVEL: 'error' },
    }).catch((error: unknown) => {
      rmSync(home, { recursive: true, force: true });
      throw error;
    });
    return Instance.start(env, home);
  }

  static async start(env: Readonly<Record<string, string>> = {}, home = newHome()): Promise<Instance> {
    const child = spawn(process.execPath, [path.join(root, 'dist/apps/all-in-one/src/main.js')], {
      env: { ...process.env, PORT: '0', DATA_DIR: path.join(home, 'data'), DEMO: 'true', LOG_LEVEL: 'error', ...PEOPLE_AT_ONCE, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    living.add(child);
    child.once('exit', () => living.delete(child));
    const url = await readyAt(child).catch(async (error: unknown) => {
      await new Instance('', child, home).stop();
      throw error;
    });
    return new Instance(url, child, home);
  }

  /** Lays the story's people and teams, as the button of the start page does, and waits until they are there. */
  async fill(): Promise<void> {
    const asked = await fetch(`${this.url}/demo/data`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ what: 'people' }),
    });
    if (!asked.ok) throw new Error(`filling was refused: ${asked.status}`);
    for (let n = 0; n < 600; n++) {
      const { invented } = (await (await fetch(`${this.url}/demo`)).json()) as { invented: { state: string } };
      if (invented.state === 'loaded') return;
      if (invented.state === 'failed') break;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('the invented people did not arrive');
  }

  /** Code of the first start, while nothing is set up. */
  get setupToken(): string {
    return readFileSync(path.join(this.#home, 'data/keys/setup.token'), 'utf8');
  }

  /** Where the instance keeps its keys: to play the operator who forges a log. */
  get keysFolder(): string {
    return path.join(this.#home, 'data/keys');
  }

  /** Where its database listens: to play the operator with the machine in hand, past every role. */
  get database(): { host: string; port: number; user: string; database: string } {
    const wanted = path.join(this.#home, 'data/pg');
    // Started by root it keeps its data where only root may walk down to the folder.
    const elsewhere = path.join('/var/lib/raccordo', createHash('sha256').update(wanted).digest('hex').slice(0, 12));
    const host = path.join(existsSync(path.join(wanted, 'run')) ? wanted : elsewhere, 'run');
    return { host, port: 5432, user: 'postgres', database: 'postgres' };
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    // One that could not be started at all has no number and never ends.
    const running = this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
    if (running) await new Promise((done) => this.#child.once('exit', done));
    rmSync(this.#home, { recursive: true, force: true });
  }
}
