import { randomUUID } from 'node:crypto';
import { consumingSchema, ConsumerRunner, inRuns, type StoreConsumer } from '@platform/consuming';
import { projectorRole, readerRole, type SchemaPart } from '@platform/database';
import { type EventStore } from '@platform/event-store';
import type { Clock, RecordedEvent } from '@platform/kernel';
import { type EventBus } from '@platform/messaging';
import type { Closing } from './closing';
import { event } from './events';
import { type Figure, figure, median, percentile } from './figure';
import { copyOut } from './limits';
import type { Bench } from './server';
import type { Sizes } from './sizes';

const LOG = 'bench@umbria';
const COPY = `select log, position, stream, revision, id, type, schema, data, sealed, meta from event_store.event where log = '${LOG}' order by position`;
/** Events of one stream, written in one append; a case of the product has about as many. */
const IN_ONE_APPEND = 20;
const APPENDS_AT_ONCE = 50;
const PAGE = 1000;
const roles = [readerRole('bench'), projectorRole('bench')];

/** A read model of one row a stream, as lists are, and what its consumer keeps. It counts, so that a page applied twice or never would show. */
export const benchSchema: SchemaPart = {
  schemas: ['bench'],
  roles,
  sql: `${consumingSchema('bench')}
create table if not exists bench.seen (stream text collate "C" primary key, events int not null, revision int not null, type text not null, actor text not null);
grant select, insert, update, delete, truncate on bench.seen to ${projectorRole('bench')};`,
};

const consumer: StoreConsumer = {
  name: 'seen',
  context: 'bench',
  source: { store: 'bench' },
  tables: ['bench.seen'],
  handlers: {
    ReferralOffered: inRuns(async (events, tx) => {
      const rows = new Map<string, { events: number; last: RecordedEvent }>();
      for (const last of events) rows.set(last.stream, { events: (rows.get(last.stream)?.events ?? 0) + 1, last });
      const column = <T>(of: (row: { events: number; last: RecordedEvent }) => T): T[] => [...rows.values()].map(of);
      await tx.query(
        `insert into bench.seen as s (stream, events, revision, type, actor)
         select * from unnest($1::text[], $2::int[], $3::int[], $4::text[], $5::text[])
         on conflict (stream) do update
         set events = s.events + excluded.events, revision = excluded.revision, type = excluded.type, actor = excluded.actor`,
        [
          [...rows.keys()],
          column((row) => row.events),
          column(({ last }) => last.revision),
          column(({ last }) => last.type),
          column(({ last }) => last.meta.actor),
        ],
      );
    }),
  },
};

const systemClock: Clock = { now: () => new Date().toISOString() };
const perSecond = (events: number, began: number): number => events / ((performance.now() - began) / 1000);

/** Reading a log in pages, rebuilding a read model from it, and how soon a live one shows what was just appended. */
export async function readingFigures(bench: Bench, store: EventStore, bus: EventBus, closing: Closing, sizes: Sizes): Promise<Figure[]> {
  const writeStream = (): Promise<unknown> =>
    store.append(LOG, `bench-${randomUUID()}`, Array.from({ length: IN_ONE_APPEND }, event), 'none');
  for (let written = 0; written < sizes.events; written += IN_ONE_APPEND * APPENDS_AT_ONCE)
    await Promise.all(Array.from({ length: APPENDS_AT_ONCE }, writeStream));
  await bench.admin.query('vacuum analyze event_store.event');

  const [copies, replays]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < sizes.pairs; pair++) {
    const seconds = await copyOut(bench, COPY);
    if (seconds !== undefined) copies.push(sizes.events / seconds);
    replays.push(await replayed(store, sizes.events));
  }
  const limit = copies.length > 0 ? median(copies) : null;

  const runner = new ConsumerRunner({
    ...{ store, bus, clock: systemClock, writer: (context: string) => bench.databases.writer(context) },
    onError: (_, error) => {
      throw error;
    },
  });
  closing.add(() => runner.stop());
  await runner.start([consumer]);
  const head = (await store.head(LOG)) ?? '';
  if (!(await runner.waitFor(consumer.name, LOG, head, 600_000))) throw new Error('the read model did not come to the end of its log');
  const began = performance.now();
  await runner.rebuild(consumer.name);
  const rebuilt = perSecond(sizes.events, began);
  const { rows } = await bench.admin.query<{ events: number }>('select sum(events)::int as events from bench.seen');
  if (rows[0]?.events !== sizes.events) throw new Error('the rebuilt read model is not whole');
  const live = await liveWaits(bench, store, sizes.live);
  return [
    figure('replay', median(replays), 'events/s', limit),
    figure('projection.rebuild', rebuilt, 'events/s', limit),
    figure('projection.live.p99', percentile(live, 99), 'ms'),
  ];
}

async function replayed(store: EventStore, expected: number): Promise<number> {
  const began = performance.now();
  let [seen, after]: [number, string | undefined] = [0, undefined];
  for (;;) {
    const page = await store.readLog(LOG, after, PAGE);
    seen += page.length;
    after = page.at(-1)?.position;
    if (page.length < PAGE) break;
  }
  if (seen !== expected) throw new Error('the log was not read whole');
  return perSecond(seen, began);
}

/** Milliseconds from an append's answer until its row is seen by another connection, which asks again and again. */
async function liveWaits(bench: Bench, store: EventStore, times: number): Promise<number[]> {
  const stream = `bench-${randomUUID()}`;
  const look = { name: 'look', text: 'select 1 from bench.seen where stream = $1 and revision >= $2' };
  const waits: number[] = [];
  for (let revision = 0; revision < times; revision++) {
    await store.append(LOG, stream, [event()], revision === 0 ? 'none' : revision - 1);
    const answered = performance.now();
    while ((await bench.admin.query({ ...look, values: [stream, revision] })).rowCount === 0) {
      if (performance.now() - answered > 30_000) throw new Error('a live read model did not follow');
    }
    waits.push(performance.now() - answered);
  }
  return waits;
}
