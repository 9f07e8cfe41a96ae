import type { KurrentConnection } from './connection';
import { type Page, readPage, type TypeFilter } from './page-reads';
import { type Found, fromStore, logOf, positionOf, positionText, prefixOf, type Stored } from './stored-form';

const PAGE = 500;

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
    const [event] = await this.#page({ of: { stream, from: 'end' }, backwards: true, count: 1 });
    return event && { log: logOf(event.type), revision: event.revision };
  }

  /** Events of one log after a position. */
  async log(log: string, after: string | undefined, limit: number): Promise<Found[]> {
    const found: Found[] = [];
    const types = { prefixes: [prefixOf(log)] };
    for (let last = after; found.length < limit;) {
      const count = Math.min(PAGE, limit - found.length);
      const page = (await this.#after(last, types, count)).map(fromStore);
      found.push(...page);
      if (page.length < count) break;
      last = page.at(-1)?.event.position;
    }
    return found;
  }

  async lastOf(log: string): Promise<string | undefined> {
    const of = { from: 'end', types: { prefixes: [prefixOf(log)] } } as const;
    const [event] = await this.#page({ of, backwards: true, count: 1 });
    return event && positionText(event.position);
  }

  /** Where `$all` ends, whatever stands there. */
  async end(): Promise<string | undefined> {
    const [event] = await this.#page({ of: { from: 'end' }, backwards: true, count: 1 });
    return event && positionText(event.position);
  }

  /** Log and position of what was appended to any log after a position, up to one page. */
  async since(after: string | undefined, regex: string): Promise<{ log: string; position: string }[]> {
    const page = await this.#after(after, { regex }, PAGE);
    return page.map(({ type, position }) => ({ log: logOf(type), position: positionText(position) }));
  }

  /** The event at the position itself, if it is one of these, comes along: reading forwards begins with it. */
  async #after(after: string | undefined, types: TypeFilter, count: number): Promise<Stored[]> {
    if (after === undefined) return this.#page({ of: { from: 'start', types }, count });
    const page = await this.#page({ of: { from: positionOf(after), types }, count: count + 1 });
    return page.filter(({ position }) => positionText(position) > after).slice(0, count);
  }

  #page(page: Page): Promise<Stored[]> {
    return this.connection.run((client) => readPage(client, page, this.connection.attemptMs));
  }
}
