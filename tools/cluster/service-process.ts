import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import { ROOT } from './root';

/** One service as a process of its own, from the built output. */
export class ServiceProcess {
  #child: ChildProcess | undefined;
  #said = '';

  constructor(
    readonly name: string,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  get pid(): number | undefined {
    return this.#child?.pid;
  }
  /** Everything it printed. */
  get said(): string {
    return this.#said;
  }
  get runs(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /**
   * Resolves when it says that it is ready.
   * @param node options of node for this start
   * @throws Error with its own words when it ends before
   */
  async start(node: readonly string[] = [], patience = 120_000): Promise<void> {
    const main = path.join(ROOT, `dist/apps/${this.name}/src/main.js`);
    const child = spawn(process.execPath, ['--enable-source-maps', ...node, main], {
      env: { PATH: process.env.PATH, TZ: 'UTC', ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const began = this.#said.length;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => fail('did not become ready'), patience);
      const fail = (why: string): void => {
        clearTimeout(timer);
        reject(new Error(`${this.name} ${why}:\n${this.#said.slice(began).slice(-2000)}`));
      };
      const hear = (chunk: Buffer): void => {
        this.#said += chunk.toString();
        if (!/^ready \S+$/m.test(this.#said.slice(began))) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', () => fail('could not be started'));
      child.once('close', () => fail('ended'));
    });
  }

  /** Ends it and waits until it is gone. */
  async end(signal: NodeJS.Signals = 'SIGTERM', patience = 20_000): Promise<void> {
    const child = this.#child;
    if (!child || !this.runs) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    await gone;
    clearTimeout(timer);
  }
}
