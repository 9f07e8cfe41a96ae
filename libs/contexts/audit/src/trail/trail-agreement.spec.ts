import { MemoryEventStore } from '@platform/event-store';
import type { EventToAppend, RecordedEvent } from '@platform/kernel';
import { anEvent, AuditWorld, streamOf } from '../../test/audit-world';
import { trailAgrees } from './trail-agreement.projection';

const LOG = 'cases@umbria';

describe('a signed trail, held against an event store', () => {
  let world: AuditWorld;
  beforeAll(async () => {
    world = await AuditWorld.make(process.env.TEST_DATABASE);
    const sequencer = await world.sequencer();
    for (let n = 1; n <= 3; n++) {
      await world.openCase(n, 2);
      await world.recorder.record(await world.body());
      await world.drain(sequencer);
    }
    await world.store.append('regions@umbria', streamOf('region', 1), [anEvent('RegionFounded')], 'any');
    await world.drain(sequencer);
  });
  afterAll(() => world.close());

  const copied = async (change: (event: RecordedEvent, n: number) => EventToAppend | undefined): Promise<MemoryEventStore> => {
    const copy = new MemoryEventStore();
    for (const log of await world.store.logs())
      for (const [n, event] of (await world.store.readLog(log, undefined, 100)).entries()) {
        const { id, type, schema, data, meta } = event;
        const changed = log === LOG ? change(event, n) : { id, type, schema, data, meta };
        if (changed) await copy.append(log, event.stream, [changed], 'any');
      }
    return copy;
  };
  const same = ({ id, type, schema, data, meta }: RecordedEvent): EventToAppend => ({ id, type, schema, data, meta });

  it('agrees with the store it was made from and with a faithful copy, by the same root', async () => {
    const [own] = await trailAgrees(world.databases, world.store);
    expect(own).toMatchObject({ what: 'audit.umbria', agrees: true });
    expect(own?.found).toMatch(/^10 [0-9a-f]{64}$/);
    expect(await trailAgrees(world.databases, await copied(same))).toEqual([own]);
  });

  it.each<[string, (event: RecordedEvent, n: number) => EventToAppend | undefined]>([
    ['holds other data in one event', (event, n) => (n === 2 ? { ...same(event), data: { changed: true } } : same(event))],
    ['lacks an event', (event, n) => (n === 3 ? undefined : same(event))],
    ['lacks the last event', (event, n) => (n === 5 ? undefined : same(event))],
    [
      'gives an event another time',
      (event, n) => (n === 0 ? { ...same(event), meta: { ...event.meta, at: '2031-01-01T00:00:00.000Z' } } : same(event)),
    ],
  ])('does not agree with a store that %s', async (_, change) => {
    expect(await trailAgrees(world.databases, await copied(change))).toEqual([expect.objectContaining({ agrees: false })]);
  });

  it('does not agree when a leaf was exchanged, though every event is there', async () => {
    await world.tamper(
      `update audit.leaf set bytes = replace(convert_from(bytes, 'UTF8'), 'ReadCase', 'OpenCase')::bytea where region = 'umbria' and event_log is null`,
    );
    expect(await trailAgrees(world.databases, world.store)).toEqual([expect.objectContaining({ agrees: false })]);
  });
});
