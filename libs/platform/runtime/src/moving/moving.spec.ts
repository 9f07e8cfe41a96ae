import { MemoryEventStore } from '@platform/event-store';
import type { EventToAppend } from '@platform/kernel';
import { newStream, someEvent, someEvents } from '../../../event-store/test/some-events';
import { compareLog } from './log-comparison';
import { copyLog } from './log-copy';

const LOG = 'cases@umbria';
const nothing = (): void => undefined;

async function filled(): Promise<{ store: MemoryEventStore; streams: string[] }> {
  const store = new MemoryEventStore();
  const streams = [newStream(), newStream(), newStream()];
  for (let n = 0; n < 300; n++) {
    const [stream = '', events] = [streams[n % 3], someEvents(1 + (n % 2))];
    await store.append(LOG, stream, n % 7 ? events : [someEvent(n, { sealed: { HEA: 'c2VhbGVk' } })], 'any');
  }
  return { store, streams };
}

/** Takes the first so many appends and then falls silent, as if the mover had been killed. */
class Breaking extends MemoryEventStore {
  constructor(public left: number) {
    super();
  }
  override append(...asked: Parameters<MemoryEventStore['append']>): ReturnType<MemoryEventStore['append']> {
    if ((this.left -= 1) < 0) return Promise.reject(new Error('killed'));
    return super.append(...asked);
  }
}

/** Reads one event differently than it was stored. */
class Lying extends MemoryEventStore {
  lie: (event: EventToAppend) => EventToAppend = (event) => event;
  override append(...[log, stream, events, expected]: Parameters<MemoryEventStore['append']>): ReturnType<MemoryEventStore['append']> {
    return super.append(log, stream, events.map(this.lie), expected);
  }
}

describe('moving a log to another store', () => {
  it('copies every event once, in order, however often it is killed, and finds each place again', async () => {
    const { store } = await filled();
    const target = new Breaking(37);
    for (let killed = true; killed; target.left = 37)
      killed = await copyLog(store, target, LOG, nothing).then(
        () => false,
        () => true,
      );
    const [old, moved] = await Promise.all([store, target].map((one) => one.readLog(LOG, undefined, 1000)));
    expect(moved).toEqual(old);
    const wanted = new Set([old?.[0]?.position ?? '', old?.[399]?.position ?? '']);
    const proof = await compareLog(store, target, LOG, wanted);
    expect(proof).toMatchObject({ events: old?.length, streams: 3, agrees: true });
    expect(new Set(proof.places.keys())).toEqual(wanted);
  });

  it('refuses a store that holds anything else', async () => {
    const { store, streams } = await filled();
    const before = new MemoryEventStore();
    await before.append(LOG, newStream(), someEvents(1), 'none');
    await expect(copyLog(store, before, LOG, nothing)).rejects.toMatchObject({ code: 'move.other-events' });
    const after = new MemoryEventStore();
    await copyLog(store, after, LOG, nothing);
    await after.append(LOG, streams[0] ?? '', someEvents(1), 'any');
    await expect(copyLog(store, after, LOG, nothing)).rejects.toMatchObject({ code: 'move.other-events' });
  });

  it.each<[string, (event: EventToAppend) => EventToAppend]>([
    ['data', (event) => ({ ...event, data: { n: -1 } })],
    ['a sealed group', (event) => ({ ...event, sealed: { HEA: 'YW5kZXJz' } })],
    ['a time', (event) => ({ ...event, meta: { ...event.meta, at: '2026-03-01T09:00:00.001Z' } })],
    ['a type', (event) => ({ ...event, type: 'Counted2' })],
  ])('notices that the new store has changed %s of a single event', async (_, change) => {
    const { store } = await filled();
    const target = new Lying();
    const [, , third] = await store.readLog(LOG, undefined, 3);
    target.lie = (event) => (event.id === third?.id ? change(event) : event);
    await copyLog(store, target, LOG, nothing);
    expect(await compareLog(store, target, LOG, new Set())).toMatchObject({ agrees: false });
    await expect(copyLog(store, target, LOG, nothing)).rejects.toMatchObject({ code: 'move.other-events' });
  });

  it('notices that the new store lacks the end of a log', async () => {
    const { store } = await filled();
    const target = new MemoryEventStore();
    await copyLog(store, target, LOG, nothing);
    await store.append(LOG, newStream(), someEvents(1), 'none');
    expect(await compareLog(store, target, LOG, new Set())).toMatchObject({ agrees: false });
  });
});
