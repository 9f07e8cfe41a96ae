import { canonicalBytes, leafHash } from '@platform/tlog';
import type { AuditBody } from './recorder';

/** Where an entry stands in the chain of one case: the n-th entry about it (from 1), after the entry with this leaf hash. */
export interface ChainLink {
  /** Handle of `audit@region`. */
  readonly case: string;
  readonly n: number;
  /** Leaf hash (hex) of the case's entry before; empty for its first. */
  readonly prev: string;
}

/** The stored event an entry was derived from. */
export interface EventReference {
  /** e.g. `cases@umbria` */
  readonly log: string;
  /** Handle of `audit@region`. */
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** SHA-256 (hex) of the canonical JSON of id, type, schema, data, sealed and meta. */
  readonly sha256: string;
}

/** What happened, before it has a place in the log. */
export interface Happening {
  /** A spool's producer, or the log an event was read from: the two never look alike, only logs have an `@`. */
  readonly producer: string;
  /** From 1, without gaps within producer and region. */
  readonly seq: number;
  readonly body: AuditBody;
  readonly event?: EventReference;
}

/** One leaf of a region's audit log; its canonical JSON is what is hashed. */
export interface TrailEntry extends Happening {
  readonly v: 1;
  /** e.g. `audit.umbria` */
  readonly log: string;
  readonly index: number;
  /** One link for each case of the body. */
  readonly chain: readonly ChainLink[];
}

/** The end of a case's chain so far. */
export interface ChainHead {
  readonly n: number;
  readonly hash: string;
}

export interface Leaf {
  readonly entry: TrailEntry;
  readonly bytes: Buffer;
  readonly hash: Buffer;
}

export const auditLog = (region: string): string => `audit.${region}`;

/**
 * Gives a happening its place.
 * @param heads ends of the chains of its cases, absent for new ones; moved on by this call
 */
export function linkEntry(log: string, index: number, happening: Happening, heads: Map<string, ChainHead>): Leaf {
  const chain = [...new Set(happening.body.cases)].map((handle) => {
    const head = heads.get(handle);
    return { case: handle, n: (head?.n ?? 0) + 1, prev: head?.hash ?? '' };
  });
  const entry: TrailEntry = { v: 1, log, index, ...happening, chain };
  const bytes = canonicalBytes(entry);
  const hash = leafHash(bytes);
  for (const link of chain) heads.set(link.case, { n: link.n, hash: hash.toString('hex') });
  return { entry, bytes, hash };
}
