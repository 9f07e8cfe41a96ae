import { canonicalJson } from '@platform/tlog';
import type { AuditBody, AuditReceipt } from './recorder';

export interface FoldingLimits {
  /** Identical denials within a window that are put on record one by one. */
  readonly whole: number;
  /** Milliseconds of the recorded clock from a window's first denial. */
  readonly window: number;
  /** Floods watched at once; beyond that the oldest is settled early. */
  readonly watched: number;
}
export const FOLDING_LIMITS: FoldingLimits = { whole: 5, window: 60_000, watched: 10_000 };

/** Identical denials of one window. */
export interface Flood {
  readonly until: number;
  seen: number;
  /** The latest entry that stands for them; set by whoever writes it. */
  standing?: Promise<AuditReceipt>;
  /** Counted, but not on record yet. */
  pending: { readonly last: AuditBody; readonly count: number; readonly since: string } | undefined;
}

/** What to write because of one body, in order: counters of floods that end by it, then the body itself or its counter, unless it was only counted. */
export interface Folded {
  readonly others: readonly AuditBody[];
  readonly own: AuditBody | undefined;
  readonly flood: Flood | undefined;
}

/**
 * Keeps floods of identical denials (same session, act, target and reason; failed sign-ins alike) from filling the store: the first few of a
 * window stand one by one, the others are counted. A counter is put on record whenever the count has doubled and when the window is over,
 * so that a crash can forget no more than half of a flood, and a flood of n denials costs about log2(n) entries. Reads no clock but `at`.
 */
export class Folding {
  readonly #floods = new Map<string, Flood>();

  constructor(private readonly limits: FoldingLimits = FOLDING_LIMITS) {}

  add(body: AuditBody): Folded {
    if (body.effect !== 'denied') return { others: [], own: body, flood: undefined };
    const key = keyOf(body);
    const at = Date.parse(body.at);
    const others: AuditBody[] = [];
    let flood = this.#floods.get(key);
    if (flood && at >= flood.until) {
      others.push(...settled(flood));
      this.#floods.delete(key);
      flood = undefined;
    }
    if (!flood) {
      others.push(...this.#makeRoom());
      flood = { until: at + this.limits.window, seen: 0, pending: undefined };
      this.#floods.set(key, flood);
    }
    flood.seen++;
    if (flood.seen <= this.limits.whole) return { others, own: body, flood };
    flood.pending = { last: body, count: (flood.pending?.count ?? 0) + 1, since: flood.pending?.since ?? body.at };
    return { others, own: isDoubled(flood.seen, this.limits.whole) ? settled(flood)[0] : undefined, flood };
  }

  /** The entry of such a denial could not be written: the next one stands by itself again. */
  forget(body: AuditBody): void {
    this.#floods.delete(keyOf(body));
  }

  /** Counters of windows that are over at `now`, or of all of them. */
  settle(now?: string): AuditBody[] {
    const written: AuditBody[] = [];
    for (const [key, flood] of this.#floods) {
      if (now !== undefined && Date.parse(now) < flood.until) continue;
      written.push(...settled(flood));
      this.#floods.delete(key);
    }
    return written;
  }

  #makeRoom(): AuditBody[] {
    if (this.#floods.size < this.limits.watched) return [];
    const oldest = this.#floods.entries().next().value;
    if (!oldest) return [];
    this.#floods.delete(oldest[0]);
    return settled(oldest[1]);
  }
}

/** Who asks anonymously may change everything about the request but its outcome: those are one flood. */
const keyOf = ({ region, session, actor, act, purpose, reasons, policy, cases, facts }: AuditBody): string =>
  canonicalJson([region, actor === 'anonymous' ? '' : session, actor, act, purpose, reasons, policy, cases, facts]);

function settled(flood: Flood): AuditBody[] {
  if (!flood.pending) return [];
  const { last, count, since } = flood.pending;
  flood.pending = undefined;
  return [{ ...last, folded: { count, since } }];
}

/** 2, 4, 8 … times as many as stand one by one. */
const isDoubled = (seen: number, whole: number): boolean => {
  const times = seen / whole;
  return Number.isInteger(times) && times > 1 && (times & (times - 1)) === 0;
};
