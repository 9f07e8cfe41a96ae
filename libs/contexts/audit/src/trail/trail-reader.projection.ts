import { Inject, Injectable } from '@nestjs/common';
import { ContextSigner, withPrincipal } from '@platform/access';
import type { Effect } from '@platform/auditing';
import { READER } from '@platform/database';
import type { Authority, FieldGroup } from '@platform/kernel';
import type { Range } from '@platform/tlog';
import type { DataSource, EntityManager } from 'typeorm';
import { hashesOf } from './trail-writer.projection';

/** What is looked for; everything given must hold. */
export interface TrailFilter {
  /** Instants of the recorded clock, ISO 8601: from inclusive, to exclusive. */
  readonly from?: string;
  readonly to?: string;
  /** Handle of `audit@region`. */
  readonly case?: string;
  /** Handle of `audit@region`, `system` or `anonymous`. */
  readonly actor?: string;
  readonly act?: string;
  readonly effect?: Effect;
  readonly group?: FieldGroup;
}

export interface StoredLeaf {
  readonly index: number;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  /** When it came into the log, by the sequencer's clock. */
  readonly sequencedAt: string;
}

/** Newest signed checkpoint of a log. */
export interface SignedCheckpoint {
  readonly size: number;
  readonly note: string;
  readonly vkey: string;
  readonly signedAt: string;
}

/** An event of a log, as an entry names it. */
export interface TrailEvent {
  readonly log: string;
  /** Handle of `audit@region`. */
  readonly stream: string;
  readonly revision: number;
  readonly index: number;
}

interface Row {
  readonly index: string;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly sequenced_at: Date;
}

const COLUMNS = 'l.index, l.bytes, l.hash, l.sequenced_at';

/** Reads a region's trail as one office of that region: the database itself shows no other. */
@Injectable()
export class TrailReader {
  constructor(
    @Inject(READER) private readonly source: DataSource,
    private readonly signer: ContextSigner,
  ) {}

  /** Newest first, before an index. */
  search(by: Authority, region: string, filter: TrailFilter, before: number, limit: number): Promise<StoredLeaf[]> {
    const parameters: unknown[] = [region, before, limit];
    const where = ['l.region = $1', 'l.index < $2'];
    const holds = (sql: (parameter: string) => string, value: unknown): void => {
      if (value === undefined) return;
      parameters.push(value);
      where.push(sql(`$${parameters.length}`));
    };
    holds((p) => `l.at >= ${p}`, filter.from);
    holds((p) => `l.at < ${p}`, filter.to);
    holds((p) => `l.actor = ${p}`, filter.actor);
    holds((p) => `l.act = ${p}`, filter.act);
    holds((p) => `l.effect = ${p}`, filter.effect);
    holds((p) => `l.groups @> array[${p}]`, filter.group);
    holds(
      (p) => `exists (select 1 from audit.leaf_case c where c.region = l.region and c.index = l.index and c.case_handle = ${p})`,
      filter.case,
    );
    const sql = `select ${COLUMNS} from audit.leaf l where ${where.join(' and ')} order by l.index desc limit $3`;
    return this.#as(by, region, async (tx) => (await tx.query<Row[]>(sql, parameters)).map(leafOf));
  }

  entry(by: Authority, region: string, index: number): Promise<StoredLeaf | undefined> {
    const sql = `select ${COLUMNS} from audit.leaf l where l.region = $1 and l.index = $2`;
    return this.#as(by, region, async (tx) => (await tx.query<Row[]>(sql, [region, index])).map(leafOf)[0]);
  }

  /** Entries from an index on, oldest first: one page of an export. */
  page(by: Authority, region: string, from: number, to: number): Promise<StoredLeaf[]> {
    const sql = `select ${COLUMNS} from audit.leaf l where l.region = $1 and l.index >= $2 and l.index < $3 order by l.index`;
    return this.#as(by, region, async (tx) => (await tx.query<Row[]>(sql, [region, from, to])).map(leafOf));
  }

  /**
   * The last entry of a time: nothing that was stored later than the instant stands at or before it. Readings that reached the log late do not
   * hold it back.
   */
  lastAt(by: Authority, region: string, at: string): Promise<number | undefined> {
    return this.#as(by, region, async (tx) => {
      const [then] = await tx.query<{ index: string }[]>(
        'select index from audit.leaf where region = $1 and as_of <= $2 order by as_of desc, index desc limit 1',
        [region, at],
      );
      if (then) return Number(then.index);
      const [first] = await tx.query<{ index: string }[]>(
        'select index from audit.leaf where region = $1 and as_of is null and at <= $2 order by index desc limit 1',
        [region, at],
      );
      return first && Number(first.index);
    });
  }

  /** The last events of each log (or of one) at or before an index, newest first: at most `deep` of each, each of another stream. */
  lastEvents(by: Authority, region: string, index: number, log: string | undefined, deep: number): Promise<TrailEvent[]> {
    const sql = `
      with recursive named as (
        (select event_log from audit.leaf where region = $1 and event_log is not null order by event_log limit 1)
        union all
        select (select l.event_log from audit.leaf l where l.region = $1 and l.event_log > n.event_log order by l.event_log limit 1)
        from named n where n.event_log is not null)
      select e.event_log as log, e.event_stream as stream, e.event_revision as revision, e.index
      from named n cross join lateral (
        select distinct on (r.event_stream) r.* from (
          select event_log, event_stream, event_revision, index from audit.leaf
          where region = $1 and event_log = n.event_log and index <= $2 order by index desc limit $4 * 8) r
        order by r.event_stream, r.index desc) e
      where n.event_log is not null and ($3::text is null or n.event_log = $3)
      order by e.event_log, e.index desc`;
    return this.#as(by, region, async (tx) => {
      const rows = await tx.query<{ log: string; stream: string; revision: string; index: string }[]>(sql, [
        region,
        index,
        log ?? null,
        deep,
      ]);
      const seen = new Map<string, number>();
      return rows
        .map((row) => ({ log: row.log, stream: row.stream, revision: Number(row.revision), index: Number(row.index) }))
        .filter((event) => {
          const n = (seen.get(event.log) ?? 0) + 1;
          seen.set(event.log, n);
          return n <= deep;
        });
    });
  }

  /** Hashes of ranges of the tree, for proofs. */
  hashes(by: Authority, region: string, ranges: readonly Range[]): Promise<Buffer[]> {
    return this.#as(by, region, (tx) => hashesOf(tx, region, ranges));
  }

  /** Says nothing about any entry: no office is needed. */
  async checkpoint(region: string): Promise<SignedCheckpoint | undefined> {
    const [row] = await this.source.query<{ size: string; note: string; vkey: string; signed_at: Date }[]>(
      `select c.size, c.note, l.vkey, c.signed_at from audit.checkpoint c join audit.log l using (region)
       where c.region = $1 order by c.size desc limit 1`,
      [region],
    );
    return row && { size: Number(row.size), note: row.note, vkey: row.vkey, signedAt: row.signed_at.toISOString() };
  }

  /** One read-only snapshot of one region's trail. Only after the policy permitted it. */
  #as<T>(by: Authority, region: string, read: (tx: EntityManager) => Promise<T>): Promise<T> {
    return withPrincipal(
      this.source,
      this.signer,
      by.actor.member,
      by.purpose,
      ({ manager }) => {
        if (!manager) throw new Error('the trail is read through TypeORM');
        return read(manager);
      },
      { at: by.at, oversight: region },
    );
  }
}

const leafOf = (row: Row): StoredLeaf => ({
  index: Number(row.index),
  bytes: row.bytes,
  hash: row.hash,
  sequencedAt: row.sequenced_at.toISOString(),
});
