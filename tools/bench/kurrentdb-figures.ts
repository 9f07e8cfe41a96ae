import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import { type EventStore, KurrentDbEventStore } from '@platform/event-store';
import { write } from './append-figures';
import type { Closing } from './closing';
import { event } from './events';
import { type Figure, figure, median, percentile } from './figure';
import type { Sizes } from './sizes';

const LOG = `bench${Date.now().toString(36)}@umbria`;
const PAGE = 1000;
const IN_ONE_APPEND = 100;
/** A tenth of the sizes made for Postgres: each event is two writes and a read over the wire. */
const FEWER = 10;

/**
 * The KurrentDB adapter on the server at KURRENTDB_URL, or on the test server in a process of its own. Without limits and ratios: the test server
 * keeps everything in memory and proves nothing about KurrentDB, so these figures say what the adapter and the protocol cost.
 */
export async function kurrentFigures(closing: Closing, sizes: Sizes, say: (figures: readonly Figure[]) => void): Promise<void> {
  const store = new KurrentDbEventStore({
    url: process.env.KURRENTDB_URL ?? (await testServer(closing)),
    attemptMs: 10_000,
    patienceMs: 30_000,
  });
  closing.add(() => store.close());
  await write(store, 8, 0.3, LOG);
  const alone = await write(store, 1, sizes.slice, LOG);
  const few = await write(store, 32, sizes.slice, LOG);
  const many = await write(store, 128, sizes.slice, LOG);
  say([
    figure('kurrentdb.append.p50.1', median(alone.waits), 'ms'),
    figure('kurrentdb.append.p99.1', percentile(alone.waits, 99), 'ms'),
    figure('kurrentdb.append.p99.32', percentile(few.waits, 99), 'ms'),
    figure('kurrentdb.append.128', many.perSecond, 'events/s'),
  ]);
  const replayLog = LOG.replace('bench', 'replay');
  const events = Math.ceil(sizes.events / FEWER);
  for (let written = 0; written < events; written += IN_ONE_APPEND)
    await store.append(replayLog, `bench-${randomUUID()}`, Array.from({ length: IN_ONE_APPEND }, event), 'none');
  say([figure('kurrentdb.replay', await replayed(store, replayLog), 'events/s')]);
  const waits = await noticed(store, LOG.replace('bench', 'live'), Math.ceil(sizes.live / FEWER));
  say([figure('kurrentdb.live.p50', median(waits), 'ms'), figure('kurrentdb.live.p99', percentile(waits, 99), 'ms')]);
}

async function replayed(store: EventStore, log: string): Promise<number> {
  const began = performance.now();
  let [read, at]: [number, string | undefined] = [0, undefined];
  for (let page; (page = await store.readLog(log, at, PAGE)).length > 0; at = page.at(-1)?.position) read += page.length;
  return read / ((performance.now() - began) / 1000);
}

/** Milliseconds from sending an append until a reader that was woken holds the event. */
async function noticed(store: EventStore, log: string, times: number): Promise<number[]> {
  const waits: number[] = [];
  let [at, arrived]: [string | undefined, (id: string) => void] = [undefined, () => undefined];
  let reading = Promise.resolve();
  const read = async (): Promise<void> => {
    for (const { id, position } of await store.readLog(log, at, PAGE)) {
      at = position;
      arrived(id);
    }
  };
  const end = store.onAppend(log.split('@')[0], () => void (reading = reading.then(read, read)));
  for (let n = 0; n < times; n++) {
    const sent = event();
    const began = performance.now();
    const seen = new Promise<number>((resolve) => (arrived = (id) => id === sent.id && resolve(performance.now() - began)));
    await store.append(log, `bench-${randomUUID()}`, [sent], 'none');
    waits.push(await seen);
  }
  end();
  await reading;
  return waits;
}

async function testServer(closing: Closing): Promise<string> {
  const child: ChildProcess = fork(path.join(__dirname, 'kurrentdb-server.js'));
  closing.add(() => child.kill());
  return new Promise((resolve, reject) => {
    child.once('message', (url) => resolve(url as string));
    child.once('exit', () => reject(new Error('the test server did not start')));
  });
}
