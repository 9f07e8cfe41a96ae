import { setTimeout as sleep } from 'node:timers/promises';
import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { storeUnavailable } from '../errors';
import { isLate, judge, Unanswered } from './failures';

/** A client lives at least as long as so many tries. */
const RENEWED = 8;
/** The client's own default, milliseconds. */
const KEEP_ALIVE = 10_000;

type Library = typeof import('@kurrent/kurrentdb-client');

export interface Patience {
  /** How long one try may take: the client's own deadline does not hold when the network swallows everything. */
  readonly attemptMs: number;
  /** How long a call is tried again before it is given up as unavailable. */
  readonly patienceMs: number;
}

/**
 * The client, loaded at first use: its native part is an optional package, and only who chose this store needs it.
 * Every call has our own deadline and is tried again while the reason may pass by waiting, e.g. until a new leader is elected.
 */
export class KurrentConnection {
  #library: Promise<Library> | undefined;
  #client: Promise<KurrentDBClient> | undefined;
  #made = 0;
  #generation = 0;
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly patience: Patience,
  ) {}

  /**
   * @param work must be harmless to repeat: after a try without answer it may have happened
   * @throws DomainError store.unavailable
   */
  run<T>(work: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    return this.#insist((client, ms) => within(ms, work(client)));
  }

  /**
   * The same for what may take the server longer than a try: it is left its time for as long as the store answers something small meanwhile.
   * @param alive asks for something small
   * @throws DomainError store.unavailable
   */
  search<T>(
    work: (client: KurrentDBClient, signal: AbortSignal) => Promise<T>,
    alive: (client: KurrentDBClient) => Promise<unknown>,
  ): Promise<T> {
    return this.#insist(async (client, ms) => {
      const given = new AbortController();
      const searching = work(client, given.signal);
      try {
        for (;;) {
          const found = await within(ms, searching).catch(unlessLate);
          if (found !== LATE) return found;
          await within(ms, alive(client));
        }
      } finally {
        given.abort();
      }
    });
  }

  async #insist<T>(attempt: (client: KurrentDBClient, ms: number) => Promise<T>): Promise<T> {
    await this.client(); // loading it takes a while, and is no fault of the store
    const end = performance.now() + this.patience.patienceMs;
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      const client = await this.client();
      const left = end - performance.now();
      try {
        return await attempt(client, Math.max(1, Math.min(this.patience.attemptMs, left)));
      } catch (error) {
        const verdict = judge(error);
        if (verdict !== 'passes') throw verdict;
        if (isLate(error)) await this.#replace(client);
        if (performance.now() + pause >= end) throw storeUnavailable();
        await sleep(pause);
      }
    }
  }

  /** The client of now, for what lives longer than a call. */
  async client(): Promise<KurrentDBClient> {
    if (this.#closed) throw storeUnavailable();
    this.#library ??= import('@kurrent/kurrentdb-client');
    if (!this.#client) {
      this.#made = performance.now();
      const generation = (this.#generation += 1);
      this.#client = this.#library.then(({ KurrentDBClient }) => KurrentDBClient.connectionString(settled(this.url, generation)));
    }
    return this.#client;
  }

  get attemptMs(): number {
    return this.patience.attemptMs;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#client;
    await client?.dispose();
  }

  /**
   * A connection into a black hole stays open for long; the next call makes a new one. Calls on their way are left their time.
   * Not at every call of a long outage: the native part of a client gives its memory back late.
   */
  async #replace(client: KurrentDBClient): Promise<void> {
    const young = performance.now() - this.#made < RENEWED * this.patience.attemptMs;
    if (young || client !== (await this.#client)) return;
    this.#client = undefined;
    setTimeout(() => void client.dispose().catch(() => undefined), this.patience.attemptMs).unref();
  }
}

const LATE = Symbol('no answer yet');
function unlessLate(error: unknown): typeof LATE {
  if (error instanceof Unanswered) return LATE;
  throw error;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Unanswered('no answer in time')), ms)));
  work.catch(() => undefined); // what fails after its deadline is nobody's any more
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads must see what was appended: they go to the leader unless the connection string wants otherwise. gRPC shares connections between channels
 * that are set up alike, dead ones too: each new client is set up a little differently, by a millisecond of its keep-alive interval.
 */
function settled(url: string, generation: number): string {
  const wanted = Number(/[?&]keepAliveInterval=(-?\d+)/i.exec(url)?.[1] ?? KEEP_ALIVE);
  const interval = wanted < 0 ? wanted : wanted + generation; // -1 turns it off
  const bare = url.replace(/([?&])keepAliveInterval=-?\d+&?/i, '$1').replace(/[?&]$/, '');
  const preference = /[?&]nodePreference=/i.test(bare) ? '' : '&nodePreference=leader';
  return `${bare}${bare.includes('?') ? '&' : '?'}keepAliveInterval=${interval}${preference}`;
}
