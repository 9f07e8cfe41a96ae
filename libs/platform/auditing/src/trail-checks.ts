import { parseCanonical } from '@platform/tlog';
import type { ChainHead, ChainLink, TrailEntry } from './trail-entry';

/** What can be wrong with an entry that is in the tree. */
export type EntryFault =
  | 'entry.too-long'
  | 'entry.not-canonical'
  | 'entry.shape'
  | 'entry.other-log'
  | 'entry.index'
  | 'producer.sequence'
  | 'case.chain'
  | 'event.sequence'
  | 'event.mismatch';

/** Far more than any entry has: longer lines are not read. */
export const MAX_ENTRY = 1024 * 1024;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = <T>(value: unknown, is: (one: unknown) => one is T): value is T[] => Array.isArray(value) && value.every(is);
const has = <K extends string>(value: unknown, keys: readonly K[], optional: readonly string[] = []): value is Record<K, unknown> =>
  isRecord(value) &&
  keys.every((key) => key in value) &&
  Object.keys(value).every((key) => (keys as readonly string[]).includes(key) || optional.includes(key));

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const HEX_HASH = /^[0-9a-f]{64}$/;
const TEXTS = ['at', 'region', 'request', 'actor', 'organisation', 'role', 'session', 'act', 'purpose', 'effect', 'policy'] as const;
const LISTS = ['reasons', 'cases', 'groups', 'commitments'] as const;
const EFFECTS = ['permitted', 'denied', 'refused'];

const isFact = (value: unknown): value is { stream: string; revision: number } =>
  has(value, ['stream', 'revision']) && isText(value.stream) && isCount(value.revision);
const isLink = (value: unknown): value is ChainLink =>
  has(value, ['case', 'n', 'prev']) &&
  isText(value.case) &&
  isCount(value.n) &&
  isText(value.prev) &&
  (value.prev === '' || HEX_HASH.test(value.prev));

function isBody(body: unknown): boolean {
  if (!has(body, ['v', 'acr', 'facts', ...TEXTS, ...LISTS], ['folded']) || body.v !== 1) return false;
  const { folded } = body as { folded?: unknown };
  return (
    TEXTS.every((key) => isText(body[key])) &&
    LISTS.every((key) => isListOf(body[key], isText)) &&
    isListOf(body.facts, isFact) &&
    isCount(body.acr) &&
    INSTANT.test(body.at as string) &&
    EFFECTS.includes(body.effect as string) &&
    (folded === undefined || (has(folded, ['count', 'since']) && isCount(folded.count) && folded.count > 0 && isText(folded.since)))
  );
}

const isEvent = (event: unknown): boolean =>
  event === undefined ||
  (has(event, ['log', 'stream', 'revision', 'type', 'sha256']) &&
    [event.log, event.stream, event.type, event.sha256].every(isText) &&
    isCount(event.revision) &&
    HEX_HASH.test(event.sha256 as string));

const isEntry = (value: unknown): value is TrailEntry =>
  has(value, ['v', 'log', 'index', 'producer', 'seq', 'body', 'chain'], ['event']) &&
  value.v === 1 &&
  [value.log, value.producer].every(isText) &&
  isCount(value.index) &&
  isCount(value.seq) &&
  isBody(value.body) &&
  isListOf(value.chain, isLink) &&
  isEvent((value as { event?: unknown }).event);

/** Follows a log entry by entry and says what does not fit what came before. Holds one number per producer, case and stream. */
export class TrailChecks {
  readonly #producers = new Map<string, number>();
  readonly #cases = new Map<string, ChainHead>();
  readonly #streams = new Map<string, number>();

  constructor(private readonly log: string) {}

  get producers(): number {
    return this.#producers.size;
  }
  get cases(): number {
    return this.#cases.size;
  }

  /** @param hash leaf hash of the bytes. @returns what is wrong with the entry; empty when all is well. Never throws. */
  check(index: number, bytes: Uint8Array, hash: Buffer): EntryFault[] {
    if (bytes.length > MAX_ENTRY) return ['entry.too-long'];
    let entry: unknown;
    try {
      entry = parseCanonical(bytes);
    } catch {
      return ['entry.not-canonical']; // also what is nested too deeply to be read
    }
    if (!isEntry(entry)) return ['entry.shape'];
    const faults: EntryFault[] = [];
    if (entry.log !== this.log || `audit.${entry.body.region}` !== this.log) faults.push('entry.other-log');
    if (entry.index !== index) faults.push('entry.index');
    if (entry.seq !== (this.#producers.get(entry.producer) ?? 0) + 1) faults.push('producer.sequence');
    this.#producers.set(entry.producer, entry.seq);
    if (!this.#chained(entry, hash)) faults.push('case.chain');
    return [...faults, ...this.#event(entry)];
  }

  #chained({ body, chain }: TrailEntry, hash: Buffer): boolean {
    const named = [...new Set(body.cases)];
    let fits = chain.length === named.length && chain.every((link, n) => link.case === named[n]);
    for (const link of chain) {
      const head = this.#cases.get(link.case);
      fits &&= link.n === (head?.n ?? 0) + 1 && link.prev === (head?.hash ?? '');
      this.#cases.set(link.case, { n: link.n, hash: hash.toString('hex') });
    }
    return fits;
  }

  /** What comes from a store is permitted and stands in its stream's order; what comes from a spool names no event. */
  #event({ producer, body, event }: TrailEntry): EntryFault[] {
    if (!event) return producer.includes('@') ? ['event.mismatch'] : [];
    const stream = `${event.log}|${event.stream}`;
    const last = this.#streams.get(stream);
    this.#streams.set(stream, event.revision);
    const faults: EntryFault[] = [];
    if (event.log !== producer || body.effect !== 'permitted' || !event.log.endsWith(`@${body.region}`)) faults.push('event.mismatch');
    // A stream's name changes when its subject is erased, so a name may begin later than at 0, but it never skips.
    if (last !== undefined && event.revision !== last + 1) faults.push('event.sequence');
    return faults;
  }
}
