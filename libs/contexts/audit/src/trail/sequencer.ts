import {
  auditLog,
  type Happening,
  type Harvest,
  type Leaf,
  linkEntry,
  type Places,
  type SourcePlace,
  type TrailSource,
} from '@platform/auditing';
import type { Clock } from '@platform/kernel';
import { Frontier, type Node, signCheckpoint } from '@platform/tlog';
import { LogKey, LogRewritten } from './log-keys';
import type { LogState, TrailWriter, Turn } from './trail-writer.projection';

/** What one round came to. */
export interface Round {
  /** Something was added, so there may be more. */
  readonly more: boolean;
  /** Another process has this region's turn. */
  readonly elsewhere: boolean;
}

/** Entries taken in one transaction. */
const BATCH = 500;

/**
 * Gives every happening of a region its place in the region's one log. There may be several sequencers, but only one has its turn: places are
 * given, chains linked, the tree grown and the sources moved on in one transaction, and what was published is never contradicted.
 */
export class Sequencer {
  #key: LogKey | undefined;
  /** The places this process saw last, so that a look for news costs no transaction; unknown after a start and after anything went wrong. */
  #seen: Places | undefined;

  /** @param keys folder of key files */
  constructor(
    readonly region: string,
    private readonly writer: TrailWriter,
    private readonly sources: readonly TrailSource[],
    private readonly keys: string,
    private readonly clock: Clock,
    private readonly batch = BATCH,
  ) {}

  /**
   * Takes what is new, up to one batch, and signs.
   * @throws LogRewritten when the database no longer holds what was signed: then nothing more is added
   */
  async round(): Promise<Round> {
    if (this.#seen && (await this.#harvest(this.#seen, 1)).length === 0) return { more: false, elsewhere: false };
    this.#seen = undefined;
    const added = await this.writer.inTurn(this.region, (turn) => this.#add(turn));
    if (!added) return { more: false, elsewhere: true };
    if (added.moved.length > 0) await Promise.all(this.sources.map((source) => source.taken(this.region, added.moved)));
    const signed = await this.writer.inTurn(this.region, (turn) => this.#sign(turn));
    if (signed) this.#seen = added.places;
    return { more: added.moved.length > 0, elsewhere: false };
  }

  async #add(turn: Turn): Promise<{ moved: readonly SourcePlace[]; places: Places }> {
    const state = await this.#state(turn);
    const harvests = await this.#harvest(state.places, this.batch);
    if (harvests.length === 0) return { moved: [], places: state.places };
    await this.#assertContinues(turn, state);

    const at = this.clock.now();
    const happenings = byTime(harvests.map((harvest) => harvest.happenings));
    const heads = await turn.heads([...new Set(happenings.flatMap(({ body }) => body.cases))]);
    const leaves: Leaf[] = [];
    const nodes: Node[] = [];
    const asOf: (string | undefined)[] = [];
    let latest = state.asOf;
    for (const happening of happenings) {
      const leaf = linkEntry(auditLog(this.region), state.tree.size, happening, heads);
      nodes.push(...state.tree.append(leaf.hash));
      leaves.push(leaf);
      // A clock that runs ahead must not hide what comes after it from every question about a time.
      if (happening.event) latest = later(latest, earlier(happening.body.at, at));
      asOf.push(latest);
    }
    const moved = harvests.map(({ after }) => after);
    await turn.add({ leaves, asOf, nodes, tree: state.tree, heads, places: moved, at });
    return { moved, places: new Map([...state.places, ...moved.map((place) => [place.producer, place] as const)]) };
  }

  async #harvest(places: Places, most: number): Promise<Harvest[]> {
    const harvests: Harvest[] = [];
    for (const source of this.sources) {
      const room = most - harvests.reduce((sum, { happenings }) => sum + happenings.length, 0);
      if (room > 0) harvests.push(...(await source.harvest(this.region, places, room)));
    }
    return harvests;
  }

  /** @returns true: everything in the log is signed now */
  async #sign(turn: Turn): Promise<true> {
    const state = await this.#state(turn);
    const { size } = state.tree;
    if (size === 0 || (await turn.signedSize()) === size) return true;
    await this.#assertContinues(turn, state);
    const key = await this.#openKey(state.vkey);
    const note = signCheckpoint({ origin: auditLog(this.region), size, root: state.tree.root() }, key.signer);
    await key.keep(note); // before it can be seen by anybody
    await turn.publish(size, note, this.clock.now());
    return true;
  }

  /** What stands in the database must begin with what was signed last, and its edge must belong to its nodes. */
  async #assertContinues(turn: Turn, { tree, vkey }: LogState): Promise<void> {
    const head = await (await this.#openKey(vkey)).head();
    if (head && tree.size < head.size)
      throw new LogRewritten(this.region, 'log.shorter', `it has ${tree.size} entries, ${head.size} were signed`);
    if (head && !(await turn.root(head.size)).equals(head.root))
      throw new LogRewritten(this.region, 'log.differs', 'it does not begin with what was signed');
    if (!(await turn.root(tree.size)).equals(tree.root())) throw new LogRewritten(this.region, 'log.tree-altered', 'its tree was altered');
  }

  async #state(turn: Turn): Promise<LogState> {
    const known = await turn.state();
    const key = await this.#openKey(known?.vkey);
    if (known) return known;
    await turn.begin(key.signer.vkey);
    return { vkey: key.signer.vkey, tree: new Frontier(), asOf: undefined, places: new Map() };
  }

  async #openKey(vkey: string | undefined): Promise<LogKey> {
    this.#key ??= await LogKey.open(this.keys, this.region, vkey);
    if (vkey !== undefined && vkey !== this.#key.signer.vkey)
      throw new LogRewritten(this.region, 'log.key-exchanged', 'the database names another key');
    return this.#key;
  }
}

/** Joins what several producers wrote, each in its own order, as nearly as possible by time. */
export function byTime(queues: readonly (readonly Happening[])[]): Happening[] {
  const places = queues.map(() => 0);
  const joined: Happening[] = [];
  for (;;) {
    let next: number | undefined;
    queues.forEach((queue, n) => {
      const at = queue[places[n] ?? 0]?.body.at;
      const best = next === undefined ? undefined : queues[next]?.[places[next] ?? 0]?.body.at;
      if (at !== undefined && (best === undefined || at < best)) next = n;
    });
    const happening = next === undefined ? undefined : queues[next]?.[places[next] ?? 0];
    if (next === undefined || !happening) return joined;
    joined.push(happening);
    places[next] = (places[next] ?? 0) + 1;
  }
}

const later = (a: string | undefined, b: string): string => (a !== undefined && a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
