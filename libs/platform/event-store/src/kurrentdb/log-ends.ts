import { createHash } from 'node:crypto';
import { contextOf } from '@platform/kernel';
import type { KurrentConnection } from './connection';
import type { KurrentReads } from './reading';
import { ANY_LOG } from './stored-form';
import { Together } from './turns';

const REGISTER = '_logs';
/** After so many looks that found nothing the place to look from is moved past what is not ours. */
const IDLE_LOOKS = 50;

/**
 * Which logs there are, and where each ends. `$all` can be asked for the last event of a log, but the server then walks back over everything
 * that is not of that log; so that is done once, and from then on only what was appended since is looked at, for all logs together.
 */
export class LogEnds {
  readonly #heads = new Map<string, string | undefined>();
  readonly #wanted = new Set<string>();
  readonly #registered = new Set<string>();
  readonly #looks = new Together(() => this.#look());
  readonly #register = new Together(() => this.#readRegister());
  #begun = false;
  #seen: string | undefined;
  #idle = 0;
  #next = 0;

  constructor(
    private readonly connection: KurrentConnection,
    private readonly reads: KurrentReads,
  ) {}

  /** Sees every append that was answered before the question was asked. */
  async head(log: string): Promise<string | undefined> {
    this.#wanted.add(log);
    await this.#looks.run();
    return this.#heads.get(log);
  }

  /** A log is entered before its first event: entered logs may be empty, but none is missing. */
  async enter(log: string): Promise<void> {
    if (this.#registered.has(log)) return;
    await this.#register.run();
    if (this.#registered.has(log)) return;
    const hex = createHash('sha256').update(log).digest('hex');
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    // Entered twice by two processes it is the same log twice, which is no harm.
    const entry = { id, type: '_log', contentType: 'application/json' as const, data: { log }, metadata: undefined };
    const options = { requiresLeader: true, deadline: this.connection.attemptMs };
    await this.connection.run((client) => client.appendToStream(REGISTER, entry, options));
    this.#registered.add(log);
  }

  async logs(context: string | undefined): Promise<string[]> {
    await this.#register.run();
    const logs = [...this.#registered].filter((log) => context === undefined || contextOf(log) === context).sort();
    const heads = await Promise.all(logs.map(async (log) => this.#heads.get(log) ?? (await this.head(log))));
    return logs.filter((_, n) => heads[n] !== undefined);
  }

  async #readRegister(): Promise<void> {
    const entries = await this.reads.raw(REGISTER, this.#next, Infinity);
    this.#next += entries.length;
    for (const entry of entries) this.#registered.add((entry.data() as { log: string }).log);
  }

  async #look(): Promise<void> {
    // First the end, then the last event of each log: what is appended in between is found by the next step.
    const end = this.#begun ? undefined : await this.reads.end();
    if (!this.#begun) [this.#begun, this.#seen] = [true, end];
    const unknown = [...this.#wanted].filter((log) => !this.#heads.has(log));
    const found = await Promise.all(unknown.map((log) => this.reads.lastOf(log)));
    unknown.forEach((log, n) => this.#heads.set(log, found[n]));
    await this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    // What lies before an end that was known before looking, and is not ours, need not be looked at again.
    const end = this.#idle >= IDLE_LOOKS ? await this.reads.end() : undefined;
    this.#idle = end === undefined ? this.#idle + 1 : 0;
    for (let page; (page = await this.reads.since(this.#seen, ANY_LOG)).length > 0; this.#idle = 0)
      for (const { log, position } of page) {
        if (this.#heads.has(log) && (this.#heads.get(log) ?? '') < position) this.#heads.set(log, position);
        this.#seen = position;
      }
    if (end !== undefined && (this.#seen ?? '') < end) this.#seen = end;
  }
}
