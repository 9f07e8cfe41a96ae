import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { SpoolRecorder } from '@platform/auditing';
import { MemoryEventStore } from '@platform/event-store';
import { anEvent, AuditWorld, streamOf } from '../../test/audit-world';
import type { Sequencer } from './sequencer';
import { TrailWriter } from './trail-writer.projection';

describe('what the sequencer takes', () => {
  let world: AuditWorld;
  let sequencer: Sequencer;
  beforeEach(async () => {
    world = await AuditWorld.make(process.env.TEST_DATABASE);
    sequencer = await world.sequencer();
  });
  afterEach(() => world.close());

  const drain = (one = sequencer): Promise<void> => world.drain(one);

  it('takes nothing twice, also after a start of its own and in batches of any size', async () => {
    await world.openCase(1, 7);
    for (let n = 0; n < 5; n++) await world.recorder.record(await world.body({ request: `request-${n}` }));
    for (const batch of [1, 2, 3]) await (await world.sequencer({ batch })).round();
    await drain(await world.sequencer());
    await drain();
    expect(await world.verified()).toMatchObject({ ok: true, entries: 12 });
    expect((await sequencer.round()).more).toBe(false);
  });

  it('shares a log with other sequencers without a gap, a double or a fork', async () => {
    const others = await Promise.all([1, 2, 3].map(() => world.sequencer({ batch: 2 })));
    await world.openCase(1, 10);
    for (let turn = 0; turn < 12; turn++) {
      await world.recorder.record(await world.body({ request: `request-${turn}` }));
      await Promise.all(others.map((one) => one.round()));
    }
    await drain();
    expect(await world.verified()).toMatchObject({ ok: true, entries: 22 });
  });

  it('is nothing from a store that was restored to an older state than the log: what is appended there would never be put on record', async () => {
    await world.openCase(1, 3);
    await drain();
    const store = new MemoryEventStore();
    await store.append('cases@umbria', streamOf('case', 2), [anEvent('CaseOpened')], 'none');
    await expect((await world.sequencer({ store })).round()).rejects.toMatchObject({ code: 'log.ahead-of-events' });
    expect(await world.verified()).toMatchObject({ ok: true, entries: 3 });
  });

  it('goes on with other producers when one spool is damaged, and says which', async () => {
    for (let n = 0; n < 3; n++) await world.recorder.record(await world.body({ request: `request-${n}` }));
    const file = path.join(world.spools, 'cases.1/umbria/000001.spool');
    const bytes = readFileSync(file);
    bytes[bytes.readUInt32LE(0) + 8 + 60] = 0;
    writeFileSync(file, bytes);
    const other = await SpoolRecorder.open(world.spools, 'referrals');
    await other.record(await world.body());
    await other.close();
    await drain();
    expect((await world.entries()).map(({ producer, seq }) => `${producer} ${seq}`).sort()).toEqual(['cases.1 1', 'referrals.1 1']);
    expect(await world.verified()).toMatchObject({ ok: true });
  });

  it('lets go of spool files it has taken', async () => {
    const recorder = await SpoolRecorder.open(world.spools, 'small', { limits: { queue: 100, segment: 600, segments: 3 } });
    for (let n = 0; n < 12; n++) {
      await recorder.record(await world.body({ request: `request-${n}` }));
      await drain();
    }
    await recorder.close();
    await drain();
    expect(await world.verified()).toMatchObject({ ok: true, entries: 12 });
  });

  it('removes the spools of processes that have ended, once everything in them is in the log', async () => {
    let last: SpoolRecorder | undefined;
    for (let run = 1; run <= 3; run++) {
      const recorder = await SpoolRecorder.open(world.spools, 'other');
      await recorder.record(await world.body());
      if (run < 3) await recorder.close();
      else await drain();
      if (run === 3) last = recorder;
    }
    await drain();
    await world.recorder.record(await world.body());
    await drain();
    expect(readdirSync(world.spools).sort()).toEqual(['cases.1', 'other.3']);
    await last?.close();
    expect(await world.verified()).toMatchObject({ ok: true, entries: 4 });
  });

  it('finds what is new although another sequencer moved on meanwhile', async () => {
    const other = await world.sequencer();
    for (let n = 1; n <= 4; n++) {
      await world.openCase(n);
      await drain(n % 2 ? sequencer : other);
      await drain(other);
      await drain();
    }
    expect(await world.verified()).toMatchObject({ ok: true, entries: 4 });
  });

  it('asks the database for no turn while there is nothing new', async () => {
    await world.openCase();
    await drain();
    const inTurn = jest.spyOn(TrailWriter.prototype, 'inTurn');
    await sequencer.round();
    expect(inTurn).not.toHaveBeenCalled();
    inTurn.mockRestore();
  });
});
