import { createHash, randomUUID } from 'node:crypto';
import { contextOf } from '@platform/kernel';
import type { KurrentConnection } from './connection';
import { LogTail } from './log-tail';
import type { KurrentReads } from './reading';
import { ANY_LOG, positionText } from './stored-form';
import { Together } from './turns';

const [REGISTER, NOTES] = ['_logs', '_ends'];
/** After so many looks that found nothing the place to look from is moved past what is not ours. */
const IDLE_LOOKS = 50;
/** After so many events the ends are noted in the store: no process ever looks through more than that to find them again. */
const NOTED_EVERY = 2000;

/** Where all logs ended when everything up to an event had been looked at. It counts only in the store where that event has that position. */
interface Note {
  readonly seen: { readonly stream: string; readonly revision: number; readonly position: string };
  readonly heads: Readonly<Record<string, string>>;
}

/**
 * Which logs there are, and where each ends. `$all` can be asked for the last event of a log, and for what follows a place in it, but the server
 * then walks over everything that is not of that log: for a quiet one that is sooner or later more than it can walk over in time. So each process
 * looks at what was appended, for all logs together, and goes on from the ends that were last noted.
 */
export class LogEnds {
  readonly #tails = new Map<string, LogTail>();
  readonly #registered = new Set<string>();
  readonly #looks = new Together(() => this.#look());
  readonly #register = new Together(() => this.#readRegister());
  #begun = false;
  #seen: string | undefined;
  #idle = 0;
  #next = 0;
  #unnoted = 0;

  constructor(
    private readonly connection: KurrentConnection,
    private readonly reads: KurrentReads,
  ) {}

  /** Sees every append that was answered before the question was asked. */
  async head(log: string): Promise<string | undefined> {
    return (await this.tail(log))?.head;
  }

  /** The same, with what is known of the events before. @returns undefined while the log is empty */
  async tail(log: string): Promise<LogTail | undefined> {
    await this.#looks.run();
    return this.#tails.get(log);
  }

  /** A log is entered before its first event: entered logs may be empty, but none is missing. */
  async enter(log: string): Promise<void> {
    if (this.#registered.has(log)) return;
    await this.#register.run();
    if (this.#registered.has(log)) return;
    const hex = createHash('sha256').update(log).digest('hex');
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    // Entered twice by two processes it is the same log twice, which is no harm.
    await this.#append(REGISTER, id, '_log', { log });
    this.#registered.add(log);
  }

  async logs(context: string | undefined): Promise<string[]> {
    await this.#register.run();
    const logs = [...this.#registered].filter((log) => context === undefined || contextOf(log) === context).sort();
    if (logs.some((log) => !this.#tails.has(log))) await this.#looks.run();
    return logs.filter((log) => this.#tails.has(log));
  }

  async #readRegister(): Promise<void> {
    const entries = await this.reads.raw(REGISTER, this.#next, Infinity);
    this.#next += entries.length;
    for (const entry of entries) this.#registered.add((entry.data() as { log: string }).log);
  }

  async #look(): Promise<void> {
    if (!this.#begun) await this.#begin();
    // What lies before an end that was known before looking, and is not ours, need not be looked at again.
    const end = this.#idle >= IDLE_LOOKS ? await this.reads.end() : undefined;
    this.#idle = end === undefined ? this.#idle + 1 : 0;
    for (let page; (page = await this.reads.since(this.#seen, ANY_LOG)).length > 0; this.#idle = 0) {
      for (const { log, position } of page) {
        const tail = this.#tails.get(log) ?? new LogTail();
        tail.add(position);
        this.#tails.set(log, tail);
        this.#seen = position;
      }
      const last = page.at(-1);
      if (last && (this.#unnoted += page.length) >= NOTED_EVERY) this.#note(last);
    }
    if (end !== undefined && (this.#seen ?? '') < end) this.#seen = end;
  }

  async #begin(): Promise<void> {
    const note = (await this.reads.lastIn(NOTES))?.data() as Note | undefined;
    if (note && (await this.#holds(note))) {
      for (const [log, head] of Object.entries(note.heads)) this.#tails.set(log, new LogTail(head));
      this.#seen = note.seen.position;
    }
    this.#begun = true;
  }

  /** Streams can be copied to another store, positions cannot. */
  async #holds({ seen: { stream, revision, position } }: Note): Promise<boolean> {
    const [event] = await this.reads.raw(stream, revision, revision);
    return event !== undefined && positionText(event.position) === position;
  }

  /** Nobody waits for it: without it the next process has more to look through. */
  #note({ stream, revision, position }: Note['seen']): void {
    const heads = Object.fromEntries([...this.#tails].map(([log, { head }]) => [log, head]));
    this.#unnoted = 0;
    this.#append(NOTES, randomUUID(), '_ends', { seen: { stream, revision, position }, heads }).catch(() => undefined);
  }

  async #append(stream: string, id: string, type: string, data: Record<string, unknown>): Promise<void> {
    const event = { id, type, contentType: 'application/json' as const, data, metadata: undefined };
    const options = { requiresLeader: true, deadline: this.connection.attemptMs };
    await this.connection.run((client) => client.appendToStream(stream, event, options));
  }
}
