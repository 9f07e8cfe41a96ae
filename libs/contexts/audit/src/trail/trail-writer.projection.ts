import type { ChainHead, Leaf, Places, SourcePlace } from '@platform/auditing';
import { foldSubtrees, Frontier, HASH_LENGTH, hashRanges, type Node, nodesOf, type Range } from '@platform/tlog';
import type { DataSource, EntityManager } from 'typeorm';

/** A region's log as it stands. */
export interface LogState {
  readonly vkey: string;
  readonly tree: Frontier;
  /** Latest clock of any stored event in it, ISO 8601; undefined before the first. */
  readonly asOf: string | undefined;
  readonly places: Places;
}

/** What one turn adds. */
export interface Addition {
  readonly leaves: readonly Leaf[];
  /** For each leaf: latest clock of any stored event up to it. */
  readonly asOf: readonly (string | undefined)[];
  readonly nodes: readonly Node[];
  readonly tree: Frontier;
  readonly heads: ReadonlyMap<string, ChainHead>;
  readonly places: readonly SourcePlace[];
  /** The sequencer's clock. */
  readonly at: string;
}

type Row = Record<string, unknown>;

/** One sequencer's turn in one transaction: nobody else has this region's turn meanwhile, and all of it is kept or nothing. */
export class Turn {
  constructor(
    private readonly tx: EntityManager,
    readonly region: string,
  ) {}

  async state(): Promise<LogState | undefined> {
    const [log] = await this.rows<{ vkey: string; size: string; edge: Buffer; as_of: string | null }>(
      `select vkey, size, edge, to_char(as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as as_of from audit.log where region = $1`,
      [this.region],
    );
    if (!log) return undefined;
    const sources = await this.rows<{ producer: string; seq: string; position: string }>(
      'select producer, seq, position from audit.source where region = $1',
      [this.region],
    );
    return {
      vkey: log.vkey,
      tree: Frontier.of(Number(log.size), hashesIn(log.edge)),
      asOf: log.as_of ?? undefined,
      places: new Map(sources.map(({ producer, seq, position }) => [producer, { producer, seq: Number(seq), position }])),
    };
  }

  /** Begins a region's log; its public key stands for ever. */
  async begin(vkey: string): Promise<void> {
    await this.rows('insert into audit.log (region, vkey, size, edge) values ($1, $2, 0, $3)', [this.region, vkey, Buffer.alloc(0)]);
  }

  async heads(cases: readonly string[]): Promise<Map<string, ChainHead>> {
    const found = await this.rows<{ case_handle: string; n: string; head: Buffer }>(
      'select case_handle, n, head from audit.chain where region = $1 and case_handle = any($2)',
      [this.region, cases],
    );
    return new Map(found.map(({ case_handle, n, head }) => [case_handle, { n: Number(n), hash: head.toString('hex') }]));
  }

  async add({ leaves, asOf, nodes, tree, heads, places, at }: Addition): Promise<void> {
    const { region } = this;
    const each = <T>(value: (leaf: Leaf, n: number) => T): T[] => leaves.map(value);
    await this.rows(
      `insert into audit.leaf (region, index, bytes, hash, at, as_of, act, effect, actor, groups, producer, seq, sequenced_at, event_log, event_stream, event_revision)
       select $1, l.index, l.bytes, l.hash, l.at, l.as_of, l.act, l.effect, l.actor, coalesce(string_to_array(nullif(l.groups, ''), ','), '{}'), l.producer, l.seq, $2,
         l.event_log, l.event_stream, l.event_revision
       from unnest($3::bigint[], $4::bytea[], $5::bytea[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[],
         $14::text[], $15::text[], $16::bigint[])
         as l (index, bytes, hash, at, as_of, act, effect, actor, groups, producer, seq, event_log, event_stream, event_revision)`,
      [
        region,
        at,
        each(({ entry }) => entry.index),
        each(({ bytes }) => bytes),
        each(({ hash }) => hash),
        each(({ entry }) => entry.body.at),
        each((_, n) => asOf[n] ?? null),
        each(({ entry }) => entry.body.act),
        each(({ entry }) => entry.body.effect),
        each(({ entry }) => entry.body.actor),
        each(({ entry }) => entry.body.groups.join(',')),
        each(({ entry }) => entry.producer),
        each(({ entry }) => entry.seq),
        each(({ entry }) => entry.event?.log ?? null),
        each(({ entry }) => entry.event?.stream ?? null),
        each(({ entry }) => entry.event?.revision ?? null),
      ],
    );
    const links = leaves.flatMap(({ entry }) => entry.chain.map((link) => ({ ...link, index: entry.index })));
    await this.rows(
      'insert into audit.leaf_case (region, case_handle, n, index) select $1, * from unnest($2::text[], $3::bigint[], $4::bigint[])',
      [region, links.map((link) => link.case), links.map((link) => link.n), links.map((link) => link.index)],
    );
    const inner = nodes.filter(({ level }) => level > 0); // leaves have their own table
    await this.rows(
      'insert into audit.node (region, level, index, hash) select $1, * from unnest($2::smallint[], $3::bigint[], $4::bytea[])',
      [region, inner.map(({ level }) => level), inner.map(({ index }) => index), inner.map(({ hash }) => hash)],
    );
    const ends = [...heads];
    await this.rows(
      `insert into audit.chain (region, case_handle, n, head) select $1, * from unnest($2::text[], $3::bigint[], $4::bytea[])
       on conflict (region, case_handle) do update set n = excluded.n, head = excluded.head`,
      [region, ends.map(([handle]) => handle), ends.map(([, { n }]) => n), ends.map(([, { hash }]) => Buffer.from(hash, 'hex'))],
    );
    await this.rows(
      `insert into audit.source (region, producer, seq, position) select $1, * from unnest($2::text[], $3::bigint[], $4::text[])
       on conflict (region, producer) do update set seq = excluded.seq, position = excluded.position`,
      [region, places.map(({ producer }) => producer), places.map(({ seq }) => seq), places.map(({ position }) => position)],
    );
    await this.rows('update audit.log set size = $2, edge = $3, as_of = $4 where region = $1', [
      region,
      tree.size,
      Buffer.concat(tree.hashes),
      asOf.at(-1) ?? null,
    ]);
  }

  /** Size of the newest signed checkpoint; undefined before the first. */
  async signedSize(): Promise<number | undefined> {
    const [newest] = await this.rows<{ size: string | null }>('select max(size) as size from audit.checkpoint where region = $1', [
      this.region,
    ]);
    return newest?.size == null ? undefined : Number(newest.size);
  }

  async publish(size: number, note: string, at: string): Promise<void> {
    await this.rows('insert into audit.checkpoint (region, size, note, signed_at) values ($1, $2, $3, $4) on conflict do nothing', [
      this.region,
      size,
      note,
      at,
    ]);
  }

  /** The root over the first entries, from what is stored. @throws Error when a part of the tree is missing */
  async root(size: number): Promise<Buffer> {
    const [root] = await hashesOf(this.tx, this.region, [{ from: 0, to: size }]);
    return root ?? foldSubtrees([]);
  }

  private rows<T = Row>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.tx.query<T[]>(sql, parameters);
  }
}

/** The sequencer's hand on the tables. */
export class TrailWriter {
  /** @param source connections of the role that may write the trail */
  constructor(private readonly source: DataSource) {}

  /** Runs work while no other process has this region's turn. @returns undefined when another one has it */
  inTurn<T>(region: string, work: (turn: Turn) => Promise<T>): Promise<T | undefined> {
    return this.source.transaction(async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }[]>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine', [
        `audit.${region}`,
      ]);
      return lock?.mine ? work(new Turn(tx, region)) : undefined;
    });
  }
}

/** Hashes of ranges of a region's tree from its stored nodes. @throws Error when one is missing */
export async function hashesOf(tx: EntityManager, region: string, ranges: readonly Range[]): Promise<Buffer[]> {
  const nodes = nodesOf(ranges);
  const found = await tx.query<{ level: number; index: string; hash: Buffer }[]>(
    `select w.level, w.index, coalesce(n.hash, l.hash) as hash
     from unnest($2::smallint[], $3::bigint[]) as w (level, index)
     left join audit.node n on n.region = $1 and n.level = w.level and n.index = w.index
     left join audit.leaf l on l.region = $1 and w.level = 0 and l.index = w.index`,
    [region, nodes.map(({ level }) => level), nodes.map(({ index }) => index)],
  );
  const stored = new Map(found.map(({ level, index, hash }) => [`${level}/${index}`, hash as Buffer | null]));
  return hashRanges(ranges, ({ level, index }) => {
    const hash = stored.get(`${level}/${index}`);
    if (!hash) throw new Error(`the audit log of ${region} lacks node ${index} of level ${level}`);
    return hash;
  });
}

const hashesIn = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / HASH_LENGTH }, (_, n) => bytes.subarray(n * HASH_LENGTH, (n + 1) * HASH_LENGTH));
