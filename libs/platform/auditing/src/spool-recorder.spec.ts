import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { aBody, after } from '../test/bodies';
import { FaultyDisk } from '../test/faulty-disk';
import type { AuditBody } from './recorder';
import { discardSpool, findSpools, SPOOL_START, SpoolReader } from './spool-reader';
import { SpoolRecorder } from './spool-recorder';

describe('the spool recorder', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-recorder-'));
  let roots = 0;
  const newRoot = (): string => path.join(home, String(++roots));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const recordedIn = async (root: string): Promise<AuditBody[]> => {
    const bodies: AuditBody[] = [];
    for (const { producer, folder } of await findSpools(root)) {
      bodies.push(...(await new SpoolReader(folder, producer).readFrom(SPOOL_START, 100_000)).records.map(({ body }) => body));
    }
    return bodies;
  };
  /** How many decisions the entries stand for. */
  const decisions = (bodies: readonly AuditBody[]): number => bodies.reduce((sum, { folded }) => sum + (folded?.count ?? 1), 0);
  const denial = (seconds: number, changed: Partial<AuditBody> = {}): AuditBody =>
    aBody({ effect: 'denied', reasons: ['outside-need-to-know'], groups: [], at: after(seconds), ...changed });

  it('is a producer of its own at every start', async () => {
    const root = newRoot();
    const [first, second] = await Promise.all([SpoolRecorder.open(root, 'cases'), SpoolRecorder.open(root, 'cases')]);
    expect([first.producer, second.producer].sort()).toEqual(['cases.1', 'cases.2']);
    await Promise.all([first.record(aBody()), second.record(aBody())]);
    await first.close();
    await second.close();
    const third = await SpoolRecorder.open(root, 'cases');
    expect(third.producer).toBe('cases.3');
    await third.close();
  });

  it('leaves no folder behind when it recorded nothing', async () => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cli');
    await recorder.close();
    expect(readdirSync(root)).toEqual([]);
  });

  it('whose spool was taken and closed can be discarded, and its number never comes back', async () => {
    const root = newRoot();
    for (let run = 1; run <= 3; run++) {
      const recorder = await SpoolRecorder.open(root, 'cases');
      await recorder.record(aBody());
      await recorder.close();
    }
    for (const spool of await findSpools(root)) await discardSpool(root, spool);
    expect(readdirSync(root)).toEqual(['cases.3']);
    const next = await SpoolRecorder.open(root, 'cases');
    expect(next.producer).toBe('cases.4');
    await next.close();
  });

  it('keeps the entries of each region apart, with a sequence each', async () => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'all-in-one');
    const receipts = await Promise.all(['umbria', 'toscana', 'umbria'].map((region) => recorder.record(aBody({ region }))));
    expect(receipts.map(({ seq }) => seq)).toEqual([1, 1, 2]);
    expect((await findSpools(root)).map(({ region }) => region)).toEqual(['toscana', 'umbria']);
    await recorder.close();
  });

  it('refuses everything, counted denials too, once its disk has failed (A8)', async () => {
    const disk = new FaultyDisk();
    const recorder = await SpoolRecorder.open(newRoot(), 'cases', { disk });
    for (let n = 0; n < 6; n++) await recorder.record(denial(n));
    disk.syncFails = 'EIO';
    await expect(recorder.record(aBody())).rejects.toMatchObject({ code: 'audit.unavailable', kind: 'unavailable' });
    await expect(recorder.record(denial(8))).rejects.toMatchObject({ code: 'audit.unavailable' });
    expect(recorder.health.state).toBe('dead');
    await recorder.close();
  });

  it('refuses also what it would only count while its disk is full (A8)', async () => {
    const disk = new FaultyDisk();
    const recorder = await SpoolRecorder.open(newRoot(), 'cases', { disk });
    for (let n = 0; n < 6; n++) await recorder.record(denial(n));
    disk.room = 0;
    await expect(recorder.record(aBody())).rejects.toMatchObject({ code: 'audit.unavailable' });
    await expect(recorder.record(denial(7))).rejects.toMatchObject({ code: 'audit.unavailable' });
    disk.room = Infinity;
    await recorder.record(aBody());
    await recorder.record(denial(8));
    await recorder.close();
  });

  it('is not opened where its folder cannot be made', async () => {
    const disk = new FaultyDisk();
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cases', { disk });
    disk.createFails = 'EROFS';
    await expect(recorder.record(aBody())).rejects.toMatchObject({ code: 'audit.unavailable' });
    disk.createFails = undefined;
    await recorder.record(aBody());
    await recorder.close();
  });

  it('does not let a flood of failed sign-ins fill the store, and loses count of none (A27)', async () => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'gateway');
    for (let n = 0; n < 20_000; n++) {
      const receipt = await recorder.record(
        denial(n / 1000, {
          actor: 'anonymous',
          organisation: 'anonymous',
          session: `guess-${n}`,
          request: `request-${n}`,
          act: 'SignIn',
          cases: [],
          facts: [],
        }),
      );
      expect(receipt.body.act).toBe('SignIn');
    }
    await recorder.close();
    const bodies = await recordedIn(root);
    expect(bodies.length).toBeLessThan(20);
    expect(decisions(bodies)).toBe(20_000);
  });

  it('puts the count on record as soon as it has doubled, so that a crash forgets at most half', async () => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cases');
    for (let n = 1; n <= 333; n++) {
      await recorder.record(denial(n / 100));
      expect(decisions(await recordedIn(root)) * 2).toBeGreaterThan(n);
    }
    await recorder.close();
    expect(decisions(await recordedIn(root))).toBe(333);
  });

  it.each<[string, (n: number) => Partial<AuditBody>]>([
    ['session', (n) => ({ session: `session-${n}` })],
    ['act', (n) => ({ act: `Act${n}` })],
    ['target', (n) => ({ cases: [`umbria.${n}`] })],
    ['reason', (n) => ({ reasons: [`reason-${n}`] })],
  ])('never counts denials of different %s together', async (_what, changed) => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cases');
    for (let n = 0; n < 30; n++) await recorder.record(denial(0, changed(n)));
    await recorder.close();
    expect((await recordedIn(root)).filter(({ folded }) => folded)).toEqual([]);
  });

  it('never counts what was permitted or refused by a rule: each stands by itself', async () => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cases');
    for (let n = 0; n < 30; n++) {
      await recorder.record(aBody());
      await recorder.record(aBody({ effect: 'refused' }));
    }
    await recorder.close();
    expect(await recordedIn(root)).toHaveLength(60);
  });

  it('puts the rest of a count on record when its window is over by the recorded clock', async () => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cases');
    for (let n = 0; n < 8; n++) await recorder.record(denial(n));
    await recorder.settle(after(59));
    expect(await recordedIn(root)).toHaveLength(5);
    await recorder.settle(after(60));
    const counter = (await recordedIn(root)).at(-1);
    expect(counter).toMatchObject({ at: after(7), folded: { count: 3, since: after(5) } });
    await recorder.record(denial(61));
    await recorder.close();
    expect((await recordedIn(root)).at(-1)?.folded).toBeUndefined();
  });

  it('writes the same entries for the same denials, whatever the time of day', async () => {
    const runs = await Promise.all(
      [1, 2].map(async () => {
        const root = newRoot();
        const recorder = await SpoolRecorder.open(root, 'cases');
        for (let n = 0; n < 500; n++) await recorder.record(denial(n / 3, { session: `session-${n % 3}` }));
        await recorder.close();
        return recordedIn(root);
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
  });

  it('watches a bounded number of floods and settles the oldest', async () => {
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cases', { folding: { whole: 1, window: 60_000, watched: 10 } });
    for (let session = 0; session < 40; session++)
      for (let n = 0; n < 4; n++) await recorder.record(denial(0, { session: `session-${session}` }));
    await recorder.close();
    expect(decisions(await recordedIn(root))).toBe(160);
  });

  it('writes a counter that found no room as soon as there is room', async () => {
    const disk = new FaultyDisk();
    const root = newRoot();
    const recorder = await SpoolRecorder.open(root, 'cases', { disk });
    for (let n = 0; n < 8; n++) await recorder.record(denial(n));
    disk.room = 0;
    await recorder.settle(after(70));
    disk.room = Infinity;
    await recorder.settle(after(71));
    await recorder.close();
    expect(decisions(await recordedIn(root))).toBe(8);
  });
});
