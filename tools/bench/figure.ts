/** One measured figure. The limit is what the same machine could do at best, measured in the same run; null where there is no such tool. */
export interface Figure {
  readonly name: string;
  /** Null when this machine cannot measure it, e.g. processor time without /proc. */
  readonly value: number | null;
  readonly unit: string;
  readonly limit: number | null;
  /** value / limit */
  readonly ratio: number | null;
}

/** What the design aims at. Printed beside the figures, never asserted: on a shared machine only ratios mean anything. */
const TARGETS: Readonly<Record<string, string>> = {
  'append.durable.128': 'ratio >= 0.85, stretch 1.0',
  'append.p99.32': '<= 4 ms on a real disk, <= 8 ms where a flush takes 1 ms',
  replay: 'ratio >= 0.80',
  'projection.rebuild': 'ratio >= 0.60',
  'projection.live.p99': '<= 5 ms when idle',
  'list.policy.p50': 'ratio <= 1.25',
  'list.policy.p95': 'ratio <= 1.15; <= 15 ms at 1 M cases and 50 k grants, for everybody',
  'check.rate': '>= 2 M checks/s per core, of which a decision makes dozens: 13 groups, each under several ceilings',
  'revocation.p99': '<= 50 ms on one node',
  'kafka.latency.p99': 'access may rest on facts 2 s old: far below',
  'kafka.rows.4': 'grows; four times only where there are cores for it',
  'kafka.revocation.p99': '<= 2 s, or reads through grants are refused',
  'ready.seconds': 'restart of the database alone <= 0.5 s',
};

/** `list.policy.p95.key-view` and `list.policy.p95.nobody` share the target of `list.policy.p95`. */
export function targetOf(name: string): string | undefined {
  const known = Object.keys(TARGETS).find((key) => name === key || name.startsWith(`${key}.`));
  return known === undefined ? undefined : TARGETS[known];
}

/** A figure with its ratio; a limit of 0 or null has none. Three significant digits, so that noise does not look like precision. */
export function figure(name: string, value: number | null, unit: string, limit: number | null = null): Figure {
  const ratio = value === null || limit === null || limit === 0 ? null : significant(value / limit);
  return { name, value: value === null ? null : significant(value), unit, limit: limit === null ? null : significant(limit), ratio };
}

/** Nearest-rank percentile: always a value that was measured. @throws Error without values or outside (0, 100] */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0 || !(p > 0 && p <= 100)) throw new Error('a percentile needs values and a rank of more than 0 and at most 100');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((p / 100) * sorted.length) - 1] as number;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

const significant = (value: number): number => (Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));

/** One line for machines: exactly these five keys, in this order. */
export const asJson = ({ name, value, unit, limit, ratio }: Figure): string => JSON.stringify({ name, value, unit, limit, ratio });

/** One line for people. */
export function asText({ name, value, unit, limit, ratio }: Figure): string {
  const shown = (n: number | null): string => (n === null ? 'n/a' : n.toLocaleString('en-US', { maximumSignificantDigits: 12 }));
  const target = targetOf(name);
  const beside = [
    ...(limit === null ? [] : [`limit ${shown(limit)}`]),
    ...(ratio === null ? [] : [`ratio ${shown(ratio)}`]),
    ...(target === undefined ? [] : [`target: ${target}`]),
  ];
  return `${name.padEnd(32)} ${`${shown(value)} ${unit}`.padEnd(20)}${beside.length > 0 ? ` ${beside.join(' · ')}` : ''}`.trimEnd();
}
