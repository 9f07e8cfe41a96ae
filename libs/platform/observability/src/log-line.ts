/** Everything a log line may hold. What is not named here is dropped: names, payloads and ids of records have no way in. */
export interface LogLine {
  /** What this line is about, one of our own fixed words, e.g. `request` or `consumer.parked`. */
  readonly event?: string;
  readonly traceId?: string;
  /** Keyed token of the member, never the member. */
  readonly actor?: string;
  readonly act?: string;
  readonly noun?: string;
  readonly revision?: number;
  readonly code?: string;
  readonly ms?: number;
  readonly status?: number;
  readonly method?: string;
  readonly route?: string;
  readonly consumer?: string;
  readonly context?: string;
  readonly region?: string;
  readonly count?: number;
  readonly lag?: number;
  readonly attempt?: number;
  readonly port?: number;
  /** Where a record of Kafka lies. */
  readonly topic?: string;
  readonly partition?: number;
  readonly offset?: number;
  /** Class of an error and where it was thrown; never its message. */
  readonly at?: string;
}

/** Form of each field: a value that does not fit is replaced, because something else got into the wrong place. */
const WORD = /^[A-Za-z][A-Za-z0-9._-]{0,79}$/;
const RULES: { readonly [K in keyof Required<LogLine>]: RegExp | 'number' } = {
  event: WORD,
  traceId: /^[0-9a-f]{32}$/,
  actor: /^[\w-]{8,24}$/,
  act: WORD,
  noun: /^[a-zA-Z]{1,40}$/,
  revision: 'number',
  code: /^[a-zA-Z0-9.-]{1,80}$/,
  ms: 'number',
  status: 'number',
  method: /^[A-Z]{3,10}$/,
  route: /^[\w./{}-]{1,200}$/,
  consumer: WORD,
  context: WORD,
  region: /^[a-z][a-z0-9-]{1,39}$/,
  count: 'number',
  lag: 'number',
  attempt: 'number',
  port: 'number',
  topic: /^[a-z][a-z0-9.-]{1,79}$/,
  partition: 'number',
  offset: 'number',
  at: /^[^\r\n]{1,1000}$/,
};

const fits = (rule: RegExp | 'number', value: unknown): boolean =>
  rule === 'number' ? typeof value === 'number' && Number.isFinite(value) : typeof value === 'string' && rule.test(value);

/** The part of an object that may be written. */
export function allowed(line: object): LogLine {
  const given = Object.entries(line).filter(([name, value]) => value !== undefined && Object.hasOwn(RULES, name));
  return Object.fromEntries(
    given.map(([name, value]) => [name, fits(RULES[name as keyof LogLine], value) ? (value as unknown) : 'withheld']),
  );
}
