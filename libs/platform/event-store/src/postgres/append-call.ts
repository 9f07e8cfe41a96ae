import type { EventToAppend } from '@platform/kernel';
import type { Expected } from '../event-store';
import { json } from '../storable';
import type { Job } from './batcher';

const TEXT = `select append, outcome, last_revision, last_position::text
  from event_store.append($1, $2::text[], $3::int[], $4::int[], $5::int[], $6::int[], $7::uuid[], $8::text[], $9::int[], $10::jsonb[], $11::jsonb[], $12::jsonb[])`;

/** One row of `event_store.append`: number of the append, what became of it, last revision and last position. */
export type Verdict = [
  append: number,
  outcome: 'written' | 'known' | 'conflict' | 'elsewhere' | 'reused',
  revision: number,
  position: string | null,
];

const CODES = { none: -1, any: -2, exists: -3 } as const;
const codeOf = (expected: Expected): number => (typeof expected === 'number' ? expected : CODES[expected]);

/** An event as text, made before it waits for its batch: what cannot be stored fails its own append only. */
export interface Written extends EventToAppend {
  readonly texts: readonly [data: string, sealed: string | null, meta: string];
}
export const written = (event: EventToAppend): Written => ({
  ...event,
  texts: [json(event.data), event.sealed ? json(event.sealed) : null, json(event.meta)],
});

/** The call that writes a batch; its columns run in parallel, one element per append or per event. */
export function appendCall(
  log: string,
  jobs: readonly Job<Written>[],
): { name: string; text: string; values: unknown[]; rowMode: 'array' } {
  const events = jobs.flatMap((job, append) => job.events.map((event, place) => ({ append: append + 1, place: place + 1, event })));
  const column = <T>(of: (event: Written) => T): T[] => events.map(({ event }) => of(event));
  return {
    name: 'event_store_append',
    text: TEXT,
    rowMode: 'array',
    values: [
      log,
      jobs.map(({ stream }) => stream),
      jobs.map(({ expected }) => codeOf(expected)),
      jobs.map((job) => job.events.length),
      events.map(({ append }) => append),
      events.map(({ place }) => place),
      column(({ id }) => id),
      column(({ type }) => type),
      column(({ schema }) => schema),
      column(({ texts }) => texts[0]),
      column(({ texts }) => texts[1]),
      column(({ texts }) => texts[2]),
    ],
  };
}
