import { randomUUID } from 'node:crypto';
import { type EventStore } from '@platform/event-store';
import { event, payload } from './events';
import { type Figure, figure, median, percentile } from './figure';
import { rawInserts } from './limits';
import type { Bench } from './server';
import type { Sizes } from './sizes';

const LOG = 'load@umbria';

/** Writers that append one event after the other to streams of their own, each waiting for its answer. Milliseconds of each append. */
export async function write(
  store: EventStore,
  writers: number,
  seconds: number,
  log = LOG,
): Promise<{ perSecond: number; waits: number[] }> {
  const began = performance.now();
  const end = began + seconds * 1000;
  const waits: number[] = [];
  const writer = async (): Promise<void> => {
    const stream = `load-${randomUUID()}`;
    for (let last = -1; performance.now() < end; last++) {
      const asked = performance.now();
      await store.append(log, stream, [event()], last < 0 ? 'none' : last);
      waits.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return { perSecond: waits.length / ((performance.now() - began) / 1000), waits };
}

/** Appends against pgbench, slice by slice in turns, so that what disturbs one disturbs the other. */
export async function appendFigures(bench: Bench, store: EventStore, folder: string, sizes: Sizes): Promise<Figure[]> {
  await write(store, 128, 0.3);
  const [ours, raw]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < sizes.pairs; pair++) {
    const limit = await rawInserts(bench, folder, payload, sizes.slice);
    if (limit !== undefined) raw.push(limit);
    ours.push((await write(store, 128, sizes.slice)).perSecond);
  }
  const { waits } = await write(store, 32, sizes.slice * 2);
  return [
    figure('append.durable.128', median(ours), 'events/s', raw.length > 0 ? median(raw) : null),
    figure('append.p99.32', percentile(waits, 99), 'ms'),
  ];
}
