import { verifyBundle } from '@platform/auditing';
import type { Actor, Authority } from '@platform/kernel';
import { leafHash, openCheckpoint, parseVkey, verifyConsistency, verifyInclusion } from '@platform/tlog';
import { after, anEvent, AuditWorld, streamOf } from '../../test/audit-world';
import type { AuditTrail } from './audit-trail';
import type { Sequencer } from './sequencer';

const outcome = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'shown',
    (error: { code: string }) => error.code,
  );

describe('the audit trail', () => {
  let world: AuditWorld;
  let trail: AuditTrail;
  let sequencer: Sequencer;
  let ada: Authority;
  beforeAll(async () => {
    world = await AuditWorld.make(process.env.TEST_DATABASE, ['umbria', 'toscana']);
    [trail, sequencer] = await Promise.all([world.trail(), world.sequencer()]);
    ada = world.auditor();
    // Events at 10, 20, 30 … seconds; readings in between; one of them reaches the log late.
    for (let n = 1; n <= 4; n++) {
      await world.store.append(
        'cases@umbria',
        streamOf('case', n),
        [anEvent('CaseOpened', {}, { at: after(n * 10), command: 'OpenCase' })],
        'none',
      );
      await world.recorder.record(
        await world.body({ at: after(n * 10 + 5), request: `reading-${n}`, cases: [await world.handle(streamOf('case', n))] }),
      );
      await drain();
    }
    await world.store.append(
      'referrals@umbria',
      streamOf('referral', 1),
      [anEvent('ReferralSent', { case: streamOf('case', 2) }, { at: after(50) })],
      'none',
    );
    await drain();
    const denied = {
      at: after(12),
      effect: 'denied' as const,
      reasons: ['relation.none'],
      groups: [],
      actor: 'anonymous',
      act: 'SignIn',
      cases: [],
    };
    await world.recorder.record(await world.body(denied));
    await world.recorder.record(
      await world.body({ at: after(60), groups: ['HEA'], act: 'RevealValue', cases: [await world.handle(streamOf('case', 3))] }),
    );
    await drain();
  });
  afterAll(() => world.close());

  const drain = async (): Promise<void> => {
    while ((await sequencer.round()).more);
  };
  /** Acts of an auditor that are on record so far. */
  const looks = async (): Promise<string[]> => {
    await drain();
    return (
      await world.rows<{ act: string }>(`select act from audit.leaf where region = 'umbria' and producer = 'cases.1' order by seq`)
    ).map(({ act }) => act);
  };
  const acts = async (question: object): Promise<string[]> =>
    (await trail.search(ada, { region: 'umbria', to: after(1999), ...question })).entries.map(
      ({ entry }) => `${entry.body.act} ${entry.body.at.slice(14, 19)}`,
    );

  it('is searched by time, case, actor, act, effect and field group', async () => {
    expect(await acts({ from: after(20), to: after(31) })).toEqual(['OpenCase 00:30', 'ReadCase 00:25', 'OpenCase 00:20']);
    expect(await acts({ case: await world.handle(streamOf('case', 2)) })).toEqual([
      'RecordNeeds 00:50',
      'ReadCase 00:25',
      'OpenCase 00:20',
    ]);
    expect(await acts({ actor: 'anonymous' })).toEqual(['SignIn 00:12']);
    expect(await acts({ act: 'OpenCase' })).toHaveLength(4);
    expect(await acts({ effect: 'denied' })).toEqual(['SignIn 00:12']);
    expect(await acts({ group: 'HEA' })).toEqual(['RevealValue 01:00']);
    expect(await acts({ act: 'OpenCase', case: await world.handle(streamOf('case', 3)) })).toEqual(['OpenCase 00:30']);
    expect(await acts({ actor: await world.handle(streamOf('member', 99)) })).toEqual([]);
  });

  it('is read in pages, newest first, without a gap or a double', async () => {
    const seen: number[] = [];
    for (let before: number | undefined, more = true; more;) {
      const page = await trail.search(ada, { region: 'umbria', limit: 3, ...(before === undefined ? {} : { before }) });
      seen.push(...page.entries.map(({ index }) => index));
      before = page.next;
      more = page.next !== undefined;
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, n) => seen.length - 1 - n));
  });

  it('records every look into it before it shows anything, in the log itself', async () => {
    const before = (await looks()).length;
    await trail.search(ada, { region: 'umbria' });
    await trail.entry(ada, 'umbria', 0);
    await trail.cut(ada, 'umbria', { index: 3 });
    await trail.bundle(ada, 'umbria');
    expect((await looks()).slice(before)).toEqual(['SearchTrail', 'ReadTrailEntry', 'CutTrail', 'ExportTrail']);
  });

  it('puts a search for a case on record with the case', async () => {
    const one = await world.handle(streamOf('case', 4));
    await trail.search(ada, { region: 'umbria', case: one });
    await drain();
    const { entries } = await trail.search(ada, { region: 'umbria', case: one, act: 'SearchTrail' });
    expect(entries[0]?.entry.body).toMatchObject({ cases: [one], actor: await world.handle(ada.actor.member) });
  });

  it('shows nothing while the look cannot be recorded (A8)', async () => {
    const { recorder } = world;
    const refusing = Object.create(recorder, {
      record: { value: () => Promise.reject(Object.assign(new Error(), { code: 'audit.unavailable' })) },
    }) as typeof recorder;
    const mute = await AuditWorld.prototype.trail.call(Object.create(world, { recorder: { value: refusing } }) as AuditWorld);
    expect(await outcome(mute.search(ada, { region: 'umbria' }))).toBe('audit.unavailable');
    expect(await outcome(mute.entry(ada, 'umbria', 0))).toBe('audit.unavailable');
    expect(await outcome(mute.bundle(ada, 'umbria'))).toBe('audit.unavailable');
  });

  it.each<[string, Partial<Actor>, string, string]>([
    ['an auditor of the region', {}, 'audit', 'shown'],
    ['a data protection officer of the region', { roles: ['dpo'] }, 'data_subject_request', 'shown'],
    ['an auditor of another region', { region: 'toscana' }, 'audit', 'trail.not-found'],
    ['a coordinator', { roles: ['coordinator'] }, 'audit', 'trail.not-found'],
    ['an administrator', { roles: ['administrator'] }, 'audit', 'trail.not-found'],
    ['an auditor who states another purpose', {}, 'direct_assistance', 'trail.not-found'],
    ['an auditor who signed in weakly', { acr: 1 }, 'audit', 'trail.not-found'],
  ])('is shown, or not, to %s', async (_who, changed, purpose, expected) => {
    const by = world.auditor(changed, purpose);
    const before = (await looks()).length;
    expect(await outcome(trail.search(by, { region: 'umbria' }))).toBe(expected);
    expect(await outcome(trail.entry(by, 'umbria', 0))).toBe(expected);
    expect(await outcome(trail.cut(by, 'umbria', { time: after(30) }))).toBe(expected);
    expect(await outcome(trail.inclusion(by, 'umbria', 0, 2))).toBe(expected);
    expect((await looks()).length).toBeGreaterThanOrEqual(before + 3);
  });

  it('is exported only after a strong sign-in', async () => {
    expect(await outcome(trail.bundle(world.auditor({ acr: 2 }), 'umbria'))).toBe('trail.not-found');
    expect(await outcome(trail.bundle(world.auditor({ roles: ['dpo'] }, 'data_subject_request'), 'umbria'))).toBe('trail.not-found');
  });

  it('shows nothing of another region even when the question gets past the policy', async () => {
    const reader = await world.databases.source('raccordo_audit');
    expect(await reader.query('select 1 from audit.leaf')).toEqual([]);
    expect(await reader.query('select 1 from audit.leaf_case')).toEqual([]);
  });

  it('is cut at an instant: the last event of each log that was stored by then', async () => {
    const cut = await trail.cut(ada, 'umbria', { time: after(33) });
    expect(cut.at).toBe(after(33));
    expect(cut.logs).toEqual([
      {
        log: 'cases@umbria',
        last: { stream: await world.handle(streamOf('case', 3)), revision: 0 },
        before: [
          { stream: await world.handle(streamOf('case', 2)), revision: 0 },
          { stream: await world.handle(streamOf('case', 1)), revision: 0 },
        ],
      },
    ]);
  });

  it('is not held back by a reading that reached the log late', async () => {
    const late = (await trail.search(ada, { region: 'umbria', act: 'SignIn' })).entries[0];
    const cut = await trail.cut(ada, 'umbria', { time: after(15) });
    expect(late?.index).toBeGreaterThan(cut.index);
    expect(cut.logs[0]?.last.stream).toBe(await world.handle(streamOf('case', 1)));
  });

  it('is not moved on by readings either: an event that was stored before one but reached the log after it counts', async () => {
    await world.recorder.record(await world.body({ at: after(800), cases: [] }));
    await drain();
    await world.store.append(
      'cases@umbria',
      streamOf('case', 59),
      [anEvent('CaseOpened', {}, { at: after(700), command: 'ReopenCase' })],
      'none',
    );
    await drain();
    const { logs } = await trail.cut(ada, 'umbria', { time: after(750) });
    expect(logs[0]?.last.stream).toBe(await world.handle(streamOf('case', 59)));
  });

  it('is cut at an entry, with the clock of the entry', async () => {
    const sent = (await trail.search(ada, { region: 'umbria', act: 'RecordNeeds' })).entries[0];
    const cut = await trail.cut(ada, 'umbria', { index: sent?.index ?? -1 });
    expect(cut).toMatchObject({ index: sent?.index, at: after(50) });
    expect(cut.logs.map(({ log }) => log)).toEqual(['cases@umbria', 'referrals@umbria']);
    const one = await trail.cut(ada, 'umbria', { index: (sent?.index ?? 0) - 1 }, 'referrals@umbria');
    expect(one.logs).toEqual([]);
  });

  it('has no place before its first entry and after its last', async () => {
    expect(await outcome(trail.cut(ada, 'umbria', { time: '2001-01-01T00:00:00.000Z' }))).toBe('entry.not-found');
    expect(await outcome(trail.cut(ada, 'umbria', { index: 1_000_000 }))).toBe('entry.not-found');
    for (const index of [1_000_000, -1, NaN, 1e20]) expect(await outcome(trail.entry(ada, 'umbria', index))).toBe('entry.not-found');
  });

  it('is not cut in the future by an event whose clock ran ahead', async () => {
    await world.store.append('cases@umbria', streamOf('case', 60), [anEvent('CaseOpened', {}, { at: '2099-01-01T00:00:00.000Z' })], 'none');
    await drain();
    await world.store.append('cases@umbria', streamOf('case', 61), [anEvent('CaseOpened', {}, { at: after(900) })], 'none');
    await drain();
    expect((await trail.cut(ada, 'umbria', { time: after(1000) })).logs[0]?.last.stream).toBe(await world.handle(streamOf('case', 61)));
  });

  it('proves that an entry is in it and that it only ever grew', async () => {
    const { size, note, vkey, operators } = await trail.checkpoint('umbria');
    expect(operators).toBe('single');
    const { root } = openCheckpoint(note, parseVkey(vkey));
    for (const index of [0, 3, size - 1]) {
      const [leaf] = await world.rows<{ bytes: Buffer }>(`select bytes from audit.leaf where region = 'umbria' and index = ${index}`);
      const { hashes } = await trail.inclusion(ada, 'umbria', index, size);
      expect(verifyInclusion(index, size, leafHash(leaf?.bytes ?? Buffer.alloc(0)), bytesOf(hashes), root)).toBe(true);
    }
    const [earlier] = await world.rows<{ note: string }>(`select note from audit.checkpoint where region = 'umbria' order by size limit 1`);
    const first = openCheckpoint(earlier?.note ?? '', parseVkey(vkey));
    const { hashes } = await trail.consistency(ada, 'umbria', first.size, size);
    expect(verifyConsistency(first.size, size, bytesOf(hashes), first.root, root)).toBe(true);
    expect(await outcome(trail.inclusion(ada, 'umbria', size, size))).toBe('proof.range');
    expect(await outcome(trail.inclusion(ada, 'umbria', 0, size + 1))).toBe('proof.size');
    expect(await outcome(trail.consistency(ada, 'umbria', size + 1, size))).toBe('proof.range');
  });

  it('has a checkpoint for whoever asks, once there is one', async () => {
    expect(await outcome(trail.checkpoint('toscana'))).toBe('checkpoint.not-found');
    expect(await outcome(trail.checkpoint('nowhere at all'))).toBe('checkpoint.not-found');
  });

  it('is exported whole: the file verifies without any server', async () => {
    const lines: Buffer[] = [];
    for await (const line of await trail.bundle(ada, 'umbria')) lines.push(line);
    const { vkey, note, size } = await trail.checkpoint('umbria');
    expect(verifyBundle(Buffer.concat(lines), { vkey, outsideCheckpoint: note })).toMatchObject({ ok: true, findings: [], entries: size });
  });

  it('shows an entry of an erased case still, under a name that leads nowhere', async () => {
    const one = await world.handle(streamOf('case', 1));
    await world.vaults.of('umbria').shred(streamOf('case', 1), [streamOf('member', 1), streamOf('member', 2)]);
    await world.store.append('cases@umbria', streamOf('case', 1), [anEvent('SubjectErased', {}, { at: after(990) })], 0);
    await drain();
    expect(await acts({ case: one })).toHaveLength(2);
    const { logs } = await trail.cut(ada, 'umbria', { time: after(1000) });
    expect(await world.vaults.of('umbria').resolve(logs[0]?.last.stream ?? '', 'audit@umbria')).toBeUndefined();
    expect(await world.vaults.of('umbria').resolve(logs[0]?.before[0]?.stream ?? '', 'audit@umbria')).toBe(streamOf('case', 61));
    const lines: Buffer[] = [];
    for await (const line of await trail.bundle(ada, 'umbria')) lines.push(line);
    expect(verifyBundle(Buffer.concat(lines)).ok).toBe(true);
  });
});

const bytesOf = (hashes: readonly string[]): Buffer[] => hashes.map((hash) => Buffer.from(hash, 'base64'));
