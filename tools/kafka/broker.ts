import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';

const READY = /Kafka Server started/;
const PATIENCE = 150_000;

/** One broker process, which can be killed and started again on the same data. */
export class Broker {
  #process: ChildProcess | undefined;
  #said = '';

  constructor(
    readonly address: string,
    private readonly jars: string,
    private readonly properties: string,
  ) {}

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves once it serves clients. @throws Error with its last words */
  async start(): Promise<void> {
    if (this.#process) throw new Error(`the broker at ${this.address} runs already`);
    const child = spawn(
      'java',
      [...javaOptions(path.dirname(this.properties)), '-cp', path.join(this.jars, '*'), 'kafka.Kafka', this.properties],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#process = child;
    this.#said = '';
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      const give = (why: string): void => reject(new Error(`the broker at ${this.address} ${why}: ${this.#said.slice(-1500)}`));
      const hear = (chunk: Buffer): void => {
        this.#said = (this.#said + chunk.toString()).slice(-20_000);
        if (READY.test(this.#said)) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', (error) => give(`did not start (${error.message})`));
      child.once('exit', (code) => give(`ended (${code})`));
      timer = setTimeout(() => give('was not ready in time'), PATIENCE);
    }).finally(() => clearTimeout(timer));
  }

  /** Without warning, as a machine that loses its power. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** In order: it hands over what it leads first. */
  async stop(): Promise<void> {
    const late = setTimeout(() => this.#process?.kill('SIGKILL'), 20_000);
    await this.#end('SIGTERM');
    clearTimeout(late);
  }

  /** What it last complained of. */
  get words(): string {
    return this.#said;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

/** Small heaps and quick starts: several of these run beside everything else on two cores. */
export const javaOptions = (folder: string): string[] => [
  ...['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'],
  ...[`-Dlog4j2.configurationFile=${path.join(folder, 'log4j2.properties')}`, '-Dlog4j2.disableJmx=true'],
];
