import type { KurrentConnection } from './connection';
import { type Page, readPage, type TypeFilter } from './page-reads';
import { type Found, fromStore, logOf, positionOf, positionText, prefixOf, type Stored } from './stored-form';

const PAGE = 500;
/** Milliseconds after which even a search that goes on is begun anew. */
const SEARCH = 600_000;
const END: Page = { of: { from: 'end' }, backwards: true, count: 1 };

/** Reads of streams and of `$all`, page by page, each page with its own deadline. */
export class KurrentReads {
  constructor(private readonly connection: KurrentConnection) {}

  async stream(name: string, from = 0, to = Infinity): Promise<Found[]> {
    return (await this.raw(name, from, to)).map(fromStore);
  }

  /** @returns nothing when there is no such stream */
  async raw(name: string, from: number, to: number): Promise<Stored[]> {
    const found: Stored[] = [];
    for (let next = from; next <= to; next += PAGE) {
      const count = Math.min(PAGE, to - next + 1);
      const page = await this.#page({ of: { stream: name, from: BigInt(next) }, count });
      found.push(...page);
      if (page.length < count) break;
    }
    return found;
  }

  /** Log and revision of the last event of a stream. */
  async last(stream: string): Promise<{ log: string; revision: number } | undefined> {
    const event = await this.lastIn(stream);
    return event && { log: logOf(event.type), revision: event.revision };
  }

  async lastIn(stream: string): Promise<Stored | undefined> {
    const [event] = await this.#page({ of: { stream, from: 'end' }, backwards: true, count: 1 });
    return event;
  }

  /**
   * Events of one log after a position, up to its head.
   * @param first position of the first of them, where it is known: so the server need not look for it
   */
  async log(log: string, after: string | undefined, limit: number, { head, first }: { head: string; first?: string }): Promise<Found[]> {
    const found: Found[] = [];
    const types = { prefixes: [prefixOf(log)] };
    let [last, from] = [after, first ?? after];
    while (found.length < limit && (last ?? '') < head) {
      const count = Math.min(PAGE, limit - found.length);
      const page = (await this.#after(last, from, types, count, head)).map(fromStore);
      found.push(...page);
      if (page.length < count) break;
      from = last = page.at(-1)?.event.position;
    }
    return found;
  }

  /** Where `$all` ends, whatever stands there. */
  async end(): Promise<string | undefined> {
    const [event] = await this.#page(END);
    return event && positionText(event.position);
  }

  /** What was appended to any log after a position, up to one page. */
  async since(after: string | undefined, regex: string): Promise<{ log: string; stream: string; revision: number; position: string }[]> {
    const page = await this.#after(after, after, { regex }, PAGE);
    return page.map(({ type, stream, revision, position }) => ({ log: logOf(type), stream, revision, position: positionText(position) }));
  }

  /** The event at the place it begins at, if it is one of these, comes along: reading forwards begins with it. */
  async #after(after: string | undefined, from: string | undefined, types: TypeFilter, count: number, until?: string): Promise<Stored[]> {
    const of = { from: from === undefined ? ('start' as const) : positionOf(from), types };
    const page = await this.#search({ of, count: from === after ? count + 1 : count, ...(until === undefined ? {} : { until }) });
    return page.filter(({ position }) => positionText(position) > (after ?? '')).slice(0, count);
  }

  #page(page: Page): Promise<Stored[]> {
    return this.connection.run((client) => readPage(client, page, { deadline: this.connection.attemptMs }));
  }

  /** The server walks over what is not asked for: how long that takes says nothing of whether it is there. */
  #search(page: Page): Promise<Stored[]> {
    return this.connection.search(
      (client, signal) => readPage(client, page, { deadline: SEARCH, signal }),
      (client) => readPage(client, END, { deadline: this.connection.attemptMs }),
    );
  }
}
