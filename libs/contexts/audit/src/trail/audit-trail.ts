import { Injectable } from '@nestjs/common';
import { auditLog, BUNDLE_FORMAT, bundleHeaderLine, type TrailEntry } from '@platform/auditing';
import { type Authority, DomainError, type Fact, invalid, INVENTED, isRegion, notFound } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { auditAudience, Reading } from '@platform/querying';
import { consistencyRanges, inclusionRanges } from '@platform/tlog';
import { judgeTrail, type TrailAct } from './trail.access';
import { type StoredLeaf, type TrailFilter, TrailReader } from './trail-reader.projection';

/** An entry with its place in the tree. */
export interface ShownEntry {
  readonly index: number;
  /** Leaf hash (RFC 6962), hex. */
  readonly hash: string;
  /** When it came into the log. */
  readonly sequencedAt: string;
  readonly entry: TrailEntry;
}

export interface TrailQuestion extends TrailFilter {
  readonly region: string;
  /** Entries before this index; all when absent. */
  readonly before?: number;
  /** 1 to 200. */
  readonly limit?: number;
}
export interface TrailPage {
  /** Newest first. */
  readonly entries: readonly ShownEntry[];
  /** `before` of the next page. */
  readonly next?: number;
}

/** Where a replay cuts the past: for each of the region's logs the last event that counts. */
export interface TrailCut {
  readonly region: string;
  readonly index: number;
  /** The instant asked about, or the clock of the entry asked about. */
  readonly at: string;
  readonly logs: readonly {
    readonly log: string;
    /** Stream as a handle of `audit@region`: the log's own context resolves it. */
    readonly last: Fact;
    /** Events of other streams before it, newest first: for a reader to whom `last` resolves to nothing, because its subject was erased. */
    readonly before: readonly Fact[];
  }[];
}

export interface PublishedCheckpoint {
  readonly region: string;
  readonly log: string;
  readonly size: number;
  /** Signed note (C2SP). Keep a copy outside: only that can show that nothing was rewritten since. */
  readonly note: string;
  readonly vkey: string;
  readonly signedAt: string;
  /** No other region signs it yet: it does not prove that everybody is shown the same log. */
  readonly operators: 'single';
}

export interface Proof {
  /** Base64, leaf to root. */
  readonly hashes: readonly string[];
}

const PAGE = 50;
const MAX_PAGE = 200;
const EXPORT_PAGE = 500;
const DEEP = 8;

/** A region's trail for those who may look into it. Looking is itself an entry, written before anything is shown. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly reader: TrailReader,
    private readonly reading: Reading,
    private readonly vaults: Vaults,
  ) {}

  /** @throws DomainError `trail.not-found` outside of one's own region or office */
  async search(by: Authority, { region, before, limit = PAGE, ...filter }: TrailQuestion): Promise<TrailPage> {
    const wanted = Math.min(Math.max(limit, 1), MAX_PAGE);
    const about = filter.case === undefined ? [] : await this.#stream(region, filter.case);
    return this.#recorded(by, 'SearchTrail', region, about, async () => {
      const found = await this.reader.search(by, region, filter, before ?? Number.MAX_SAFE_INTEGER, wanted + 1);
      const entries = found.slice(0, wanted).map(shown);
      const last = entries.at(-1);
      return { entries, ...(found.length > wanted && last ? { next: last.index } : {}) };
    });
  }

  /** @throws DomainError `trail.not-found`, `entry.not-found` */
  async entry(by: Authority, region: string, index: number): Promise<ShownEntry> {
    return this.#recorded(by, 'ReadTrailEntry', region, [], async () => {
      const leaf = Number.isSafeInteger(index) ? await this.reader.entry(by, region, index) : undefined;
      if (!leaf) throw notFound('entry');
      return shown(leaf);
    });
  }

  /**
   * @param at an entry, or an instant (ISO 8601 UTC): then the last entry at or before it
   * @param log only this log, e.g. `cases@umbria`
   * @throws DomainError `entry.not-found` when there was nothing yet
   */
  async cut(by: Authority, region: string, at: { readonly index: number } | { readonly time: string }, log?: string): Promise<TrailCut> {
    return this.#recorded(by, 'CutTrail', region, [], async () => {
      const index = 'index' in at ? at.index : await this.reader.lastAt(by, region, at.time);
      const leaf = index === undefined ? undefined : await this.reader.entry(by, region, index);
      if (!leaf) throw notFound('entry');
      const events = await this.reader.lastEvents(by, region, leaf.index, log, DEEP);
      const logs = [...new Set(events.map((event) => event.log))].flatMap((name) => {
        const [last, ...before] = events.filter((event) => event.log === name).map(factOf);
        return last ? [{ log: name, last, before }] : [];
      });
      return { region, index: leaf.index, at: 'time' in at ? at.time : entryOf(leaf).body.at, logs };
    });
  }

  /** Says nothing about any entry, so whoever is signed in may have it, and no entry is written. @throws DomainError `checkpoint.not-found` */
  async checkpoint(region: string): Promise<PublishedCheckpoint> {
    const newest = isRegion(region) ? await this.reader.checkpoint(region) : undefined;
    if (!newest) throw notFound('checkpoint');
    return { region, log: auditLog(region), ...newest, operators: 'single' };
  }

  /** Proves that the tree of `size` has the entry. Hashes only: no entry is written. */
  async inclusion(by: Authority, region: string, index: number, size: number): Promise<Proof> {
    return this.#proof(by, region, size, () => inclusionRanges(index, size));
  }

  /** Proves that the log of `size` begins with the whole log of `earlier`. Hashes only: no entry is written. */
  async consistency(by: Authority, region: string, earlier: number, size: number): Promise<Proof> {
    return this.#proof(by, region, size, () => consistencyRanges(earlier, size));
  }

  /** The whole log up to its newest checkpoint, as lines of a bundle (see BundleHeader). */
  async bundle(by: Authority, region: string, invented = false): Promise<AsyncGenerator<Buffer>> {
    return this.#recorded(by, 'ExportTrail', region, [], async () => this.#lines(by, region, await this.checkpoint(region), invented));
  }

  async *#lines(by: Authority, region: string, signed: PublishedCheckpoint, invented: boolean): AsyncGenerator<Buffer> {
    const { note, size, vkey } = signed;
    const mark = invented ? ({ invented: INVENTED } as const) : {};
    const header = { format: BUNDLE_FORMAT, log: auditLog(region), exported: by.at, checkpoint: note, vkey, ...mark } as const;
    yield Buffer.from(bundleHeaderLine(header));
    for (let from = 0; from < size; from += EXPORT_PAGE) {
      const page = await this.reader.page(by, region, from, Math.min(from + EXPORT_PAGE, size));
      yield Buffer.concat(page.flatMap(({ bytes }) => [bytes, NEWLINE]));
    }
  }

  async #proof(by: Authority, region: string, size: number, ranges: () => ReturnType<typeof inclusionRanges>): Promise<Proof> {
    if (judgeTrail('ProveTrail', region, by).effect !== 'permitted')
      return this.#recorded(by, 'ProveTrail', region, [], () => Promise.reject(notFound('trail')));
    const { size: signed } = await this.checkpoint(region);
    if (size > signed) throw invalid('proof.size', '/size', 'The log is not as long as that.');
    let wanted: ReturnType<typeof inclusionRanges>;
    try {
      wanted = ranges();
    } catch (error) {
      if (error instanceof RangeError) throw invalid('proof.range', '', 'There is no such place in a log of that size.');
      throw error;
    }
    return { hashes: (await this.reader.hashes(by, region, wanted)).map((hash) => hash.toString('base64')) };
  }

  #recorded<T>(by: Authority, act: TrailAct, region: string, cases: readonly string[], load: () => Promise<T>): Promise<T> {
    const judgement = judgeTrail(act, region, by);
    return this.reading.show(by, { act, noun: 'trail', region: this.#known(region, by), judgement, cases, groups: [] }, load);
  }

  /** A question about a region that has no trail here stands in the asker's own. */
  #known(region: string, by: Authority): string {
    return this.vaults.regions().includes(region) ? region : by.actor.region;
  }

  /** The case a question is about stands in the question's entry, so that looking for somebody's trail shows in it. */
  async #stream(region: string, handle: string): Promise<string[]> {
    if (!this.vaults.regions().includes(region)) return [];
    const stream = await this.vaults.of(region).resolve(handle, auditAudience(region));
    return stream === undefined ? [] : [stream];
  }
}

const NEWLINE = Buffer.from('\n');
const factOf = ({ stream, revision }: Fact): Fact => ({ stream, revision });

/** What stands in the table is what was hashed; anything that cannot be read is a fault of the database and is not shown as an entry. */
function entryOf({ bytes }: StoredLeaf): TrailEntry {
  try {
    return JSON.parse(bytes.toString('utf8')) as TrailEntry;
  } catch {
    throw new DomainError('entry.unreadable', 'unavailable', 'An entry of the trail cannot be read: verify the trail.', [], 60);
  }
}

const shown = (leaf: StoredLeaf): ShownEntry => ({
  index: leaf.index,
  hash: leaf.hash.toString('hex'),
  sequencedAt: leaf.sequencedAt,
  entry: entryOf(leaf),
});
