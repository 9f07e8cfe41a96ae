import type { Answer, World } from '../story/world';
import type { Deed } from './deed';

const TOGETHER = 4;

interface Listed {
  readonly items?: readonly ({ handle?: string; etag?: string } & Record<string, unknown>)[];
}

/** Does the deeds of a plan, instant by instant, and keeps what was learned: handles by name, and the version each record was last seen at. */
export class Doing {
  readonly #learned = new Map<string, string>();
  readonly #named = new Map<string, Set<string>>();
  readonly #versions = new Map<string, string>();

  constructor(private readonly world: World) {}

  /** @throws Error naming the first deed that was not done */
  async all(deeds: readonly Deed[], onInstant: (done: number) => void): Promise<void> {
    for (let start = 0; start < deeds.length;) {
      const at = deeds[start]?.at ?? '';
      let end = start;
      while (deeds[end]?.at === at) end++;
      await this.world.holdClock(at);
      const lanes = Map.groupBy(deeds.slice(start, end), ({ lane }) => lane);
      await together([...lanes.values()], async (lane) => {
        for (const deed of lane) await this.#one(deed);
      });
      start = end;
      onInstant(end);
    }
  }

  async #one(deed: Deed): Promise<void> {
    if (deed.finds) return this.#find(deed, deed.finds);
    let answer = await this.#ask(deed);
    if ((answer.status === 412 || answer.status === 428) && deed.versionAt !== undefined) {
      await this.#look(deed, deed.versionAt);
      answer = await this.#ask(deed);
    }
    if (answer.status >= 300) throw failed(deed, answer);
    if (deed.changes !== undefined && answer.etag !== '') this.#versions.set(deed.changes, answer.etag);
    if (deed.settles) await this.#settled(deed, answer.etag);
    for (const [name, place] of Object.entries(deed.learns ?? {})) this.#learn(deed.who, name, at(answer.body, place));
  }

  #ask({ who, path, body = {}, changes, purpose, acr, learns }: Deed): Promise<Answer> {
    // What makes a record names no version of it; what changes one does.
    const etag = changes !== undefined && !(learns && changes in learns) ? this.#versions.get(changes) : undefined;
    const asked = { ...(etag === undefined ? {} : { etag }), ...(purpose === undefined ? {} : { purpose }), ...(acr ? { acr } : {}) };
    return this.world.post(who, this.#filled(path), JSON.parse(this.#filled(JSON.stringify(body))), asked);
  }

  /** What follows would be told out of order otherwise; a slow machine is not waited for for ever. */
  async #settled({ who, changes = '', versionAt = '', acr }: Deed, seen: string): Promise<void> {
    const moved = ({ status, etag }: Answer): boolean => status === 200 && etag !== seen;
    const answer = await this.world.until(who, 'GET', this.#filled(versionAt), moved, acr ? { acr } : {});
    if (moved(answer)) this.#versions.set(changes, answer.etag);
  }

  async #look({ who, changes = '', acr }: Deed, place: string): Promise<void> {
    const { etag } = await this.world.get(who, this.#filled(place), acr ? { acr } : {});
    this.#versions.set(changes, etag);
  }

  /** What another context tells arrives within moments: looked for until it is there. */
  async #find(deed: Deed, { name, fits, begins = '' }: NonNullable<Deed['finds']>): Promise<void> {
    const known = this.#named.get(deed.who) ?? new Set();
    const wanted = ({ items }: Listed) =>
      items?.find(
        (item) =>
          item.handle?.startsWith(begins) && !known.has(item.handle) && Object.entries(fits).every(([key, value]) => item[key] === value),
      );
    const answer = await this.world.until<Listed>(deed.who, 'GET', this.#filled(deed.path), ({ body }) => wanted(body) !== undefined);
    const item = wanted(answer.body);
    if (!item) throw failed(deed, answer);
    this.#learn(deed.who, name, item.handle);
    if (item.etag !== undefined) this.#versions.set(name, item.etag);
  }

  #learn(who: string, name: string, value: unknown): void {
    if (typeof value !== 'string' || value === '') throw new Error(`the invented data did not learn ${name}`);
    this.#learned.set(name, value);
    this.#named.set(who, (this.#named.get(who) ?? new Set()).add(value));
  }

  #filled = (text: string): string =>
    text.replace(/\{([a-z][\w.@-]*)\}/g, (_, name: string) => {
      const value = this.#learned.get(name);
      if (value === undefined) throw new Error(`the invented data do not know ${name} yet`);
      return value;
    });
}

async function together<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(TOGETHER, items.length) }, worker));
}

const at = (body: unknown, place: string): unknown =>
  place.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);

const failed = ({ who, path, at: when }: Deed, { status, text }: Answer<unknown>): Error =>
  new Error(`${who} could not do ${path} at ${when}: ${status} ${text.slice(0, 300)}`);
