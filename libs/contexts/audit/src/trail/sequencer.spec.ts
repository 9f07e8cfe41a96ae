import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { BUNDLE_FORMAT, bundleHeaderLine, SpoolRecorder, type TrailEntry, verifyBundle } from '@platform/auditing';
import { openCheckpoint, parseVkey } from '@platform/tlog';
import { after, anEvent, AuditWorld, streamOf } from '../../test/audit-world';
import { happeningOf } from './event-happening';
import { LogRewritten } from './log-keys';
import { byTime, type Sequencer } from './sequencer';

describe('the sequencer', () => {
  let world: AuditWorld;
  let sequencer: Sequencer;
  beforeEach(async () => {
    world = await AuditWorld.make(process.env.TEST_DATABASE);
    sequencer = await world.sequencer();
  });
  afterEach(() => world.close());

  const drain = async (one = sequencer): Promise<void> => {
    while ((await one.round()).more);
  };
  const entries = async (region = 'umbria'): Promise<TrailEntry[]> =>
    (await world.rows<{ bytes: Buffer }>(`select bytes from audit.leaf where region = '${region}' order by index`)).map(
      ({ bytes }) => JSON.parse(bytes.toString()) as TrailEntry,
    );
  const newest = async (region = 'umbria'): Promise<{ note: string; vkey: string }> =>
    (
      await world.rows<{ note: string; vkey: string }>(
        `select note, vkey from audit.checkpoint join audit.log using (region) where region = '${region}' order by audit.checkpoint.size desc limit 1`,
      )
    )[0] ?? { note: '', vkey: '' };
  const verified = async (region = 'umbria') => {
    const { note, vkey } = await newest(region);
    const header = bundleHeaderLine({ format: BUNDLE_FORMAT, log: `audit.${region}`, exported: after(0), checkpoint: note, vkey });
    const leaves = await world.rows<{ bytes: Buffer }>(`select bytes from audit.leaf where region = '${region}' order by index`);
    return verifyBundle(Buffer.concat([Buffer.from(header), ...leaves.flatMap(({ bytes }) => [bytes, Buffer.from('\n')])]), { vkey });
  };
  const openCase = (n = 1, events = 1): Promise<unknown> =>
    world.store.append(
      'cases@umbria',
      streamOf('case', n),
      Array.from({ length: events }, () => anEvent('CaseOpened')),
      'any',
    );

  it('gives every reading and every stored event one place in one log that verifies', async () => {
    await openCase(1, 3);
    for (let n = 0; n < 4; n++) await world.recorder.record(await world.body({ request: `request-${n}` }));
    await openCase(2);
    await world.store.append('referrals@umbria', streamOf('referral', 1), [anEvent('ReferralSent', { case: streamOf('case', 2) })], 'none');
    await drain();
    expect(await verified()).toMatchObject({ ok: true, entries: 9, findings: [], producers: 3 });
    const seen = (await entries()).map(({ producer, seq }) => `${producer} ${seq}`).sort();
    expect(seen).toEqual([
      'cases.1 1',
      'cases.1 2',
      'cases.1 3',
      'cases.1 4',
      'cases@umbria 1',
      'cases@umbria 2',
      'cases@umbria 3',
      'cases@umbria 4',
      'referrals@umbria 1',
    ]);
  });

  it('writes of an event what was done, by whom and why, under handles of the audit only', async () => {
    const member = streamOf('member', 7);
    const event = anEvent(
      'NeedsRecorded',
      { needs: ['legal'], urgent: true },
      { actor: member, command: 'RecordNeeds', cases: [streamOf('case', 9)] },
    );
    await world.store.append('cases@umbria', streamOf('case', 1), [event], 'none');
    await drain();
    const [entry] = await entries();
    expect(entry?.body).toMatchObject({
      act: 'RecordNeeds',
      effect: 'permitted',
      reasons: ['CS-1'],
      actor: await world.handle(member),
      cases: [await world.handle(streamOf('case', 1)), await world.handle(streamOf('case', 9))],
      facts: [{ stream: await world.handle(streamOf('member', 1)), revision: 4 }],
    });
    expect(entry?.event).toMatchObject({
      log: 'cases@umbria',
      stream: await world.handle(streamOf('case', 1)),
      revision: 0,
      type: 'NeedsRecorded',
    });
    const text = JSON.stringify(entry);
    expect(text).not.toMatch(/00000000-0000-7000/);
    expect(text).not.toContain('urgent');
  });

  it('counts an event among those of the case its data name', async () => {
    await world.store.append(
      'cases@umbria',
      streamOf('consent', 1),
      [anEvent('ConsentGiven', { case: streamOf('case', 4), person: 'case-no' })],
      'none',
    );
    await drain();
    expect((await entries())[0]?.body.cases).toEqual([await world.handle(streamOf('case', 4))]);
  });

  it('lets the service itself act under its own word', async () => {
    await world.store.append(
      'cases@umbria',
      streamOf('consent', 1),
      [anEvent('ConsentExpired', {}, { actor: 'system', organisation: 'system' })],
      'none',
    );
    await drain();
    expect((await entries())[0]?.body).toMatchObject({ actor: 'system', organisation: 'system' });
  });

  it('never writes a stream id in place of a handle', async () => {
    const [stored] = await (await openCase(), world.store.readStream(streamOf('case', 1)));
    const refuse = (): string => {
      throw new Error('no handle');
    };
    expect(() => happeningOf(stored!, 1, refuse)).toThrow('no handle');
  });

  it('keeps the logs of regions apart', async () => {
    await world.close();
    world = await AuditWorld.make(process.env.TEST_DATABASE, ['umbria', 'toscana']);
    await world.store.append('cases@toscana', streamOf('case', 1), [anEvent('CaseOpened')], 'none');
    await world.recorder.record(await world.body());
    await world.recorder.record(await world.body({}, 'toscana'));
    for (const region of ['umbria', 'toscana']) await drain(await world.sequencer({ region }));
    expect((await entries('umbria')).map(({ producer }) => producer)).toEqual(['cases.1']);
    expect((await entries('toscana')).map(({ producer }) => producer)).toEqual(['cases.1', 'cases@toscana']);
    expect([(await verified('umbria')).ok, (await verified('toscana')).ok]).toEqual([true, true]);
  });

  it('takes nothing twice, also after a start of its own and in batches of any size', async () => {
    await openCase(1, 7);
    for (let n = 0; n < 5; n++) await world.recorder.record(await world.body({ request: `request-${n}` }));
    for (const batch of [1, 2, 3]) await (await world.sequencer({ batch })).round();
    await drain(await world.sequencer());
    await drain();
    expect(await verified()).toMatchObject({ ok: true, entries: 12 });
    expect((await sequencer.round()).more).toBe(false);
  });

  it('shares a log with other sequencers without a gap, a double or a fork', async () => {
    const others = await Promise.all([1, 2, 3].map(() => world.sequencer({ batch: 2 })));
    await openCase(1, 10);
    for (let turn = 0; turn < 12; turn++) {
      await world.recorder.record(await world.body({ request: `request-${turn}` }));
      await Promise.all(others.map((one) => one.round()));
    }
    await drain();
    expect(await verified()).toMatchObject({ ok: true, entries: 22 });
  });

  it('orders what it takes together by the recorded clock, each producer in its own order', () => {
    const at = (producer: string, ...seconds: number[]) =>
      seconds.map((second, n) => ({ producer, seq: n + 1, body: { at: after(second) } }));
    const joined = byTime([at('a', 1, 9, 2), at('b', 3, 4), []] as never);
    expect(joined.map(({ producer, seq }) => `${producer}${seq}`)).toEqual(['a1', 'b1', 'b2', 'a2', 'a3']);
  });

  it('signs what it added and hands out nothing that was not signed', async () => {
    await openCase();
    await drain();
    const { note, vkey } = await newest();
    expect(openCheckpoint(note, parseVkey(vkey))).toMatchObject({ origin: 'audit.umbria', size: 1 });
    await drain();
    expect(await world.rows('select 1 from audit.checkpoint')).toHaveLength(1);
    await openCase(2);
    await drain();
    expect(openCheckpoint((await newest()).note, parseVkey(vkey)).size).toBe(2);
  });

  it('keeps its key in a file that only its owner may read, and makes one only for a new log', async () => {
    await openCase();
    await drain();
    const file = path.join(world.keys, 'audit-umbria.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const key = readFileSync(file);
    rmSync(file);
    await expect((await world.sequencer()).round()).rejects.toThrow(/key .* is missing/);
    writeFileSync(file, readFileSync(path.join(world.keys, 'audit-umbria.head')));
    await expect((await world.sequencer()).round()).rejects.toThrow();
    writeFileSync(file, key);
    await drain(await world.sequencer());
  });

  it('does not go on with the key of another log', async () => {
    await openCase();
    await drain();
    await expect((await world.sequencer({ keys: path.join(world.folder, 'other-keys') })).round()).rejects.toThrow(LogRewritten);
  });

  it.each([
    [
      'was restored from an old backup',
      `delete from audit.leaf where index >= 2; delete from audit.node where level > 1; update audit.log set size = 2, edge = (select hash from audit.node where level = 1 and index = 0)`,
    ],
    ['was emptied', 'truncate audit.leaf, audit.leaf_case, audit.node, audit.checkpoint, audit.source, audit.chain, audit.log'],
    ['had a leaf exchanged', `update audit.leaf set hash = sha256(hash) where index = 4`],
    ['had an inner node exchanged', `update audit.node set hash = sha256(hash) where level = 2 and index = 0`],
    ['had its edge exchanged', `update audit.log set edge = sha256(edge) || substr(edge, 33)`],
    ['lost a node', 'delete from audit.node where level = 2 and index = 0'],
    ['was given another key', `update audit.log set vkey = 'audit.umbria+00000000+AAAA'`],
  ])('adds and signs nothing in a database that %s', async (_what, sql) => {
    await openCase(1, 5);
    await drain();
    await world.tamper(sql);
    await openCase(2);
    const before = await world.rows('select 1 from audit.leaf');
    await expect((await world.sequencer()).round()).rejects.toThrow(/audit log of umbria/);
    expect(await world.rows('select 1 from audit.leaf')).toHaveLength(before.length);
    expect(await world.rows('select 1 from audit.checkpoint where size > 5')).toHaveLength(0);
  });

  it('publishes after a crash what it had signed before it', async () => {
    await openCase(1, 3);
    await drain();
    await world.tamper('delete from audit.checkpoint'); // as if the process had ended between signing and publishing
    await drain(await world.sequencer());
    expect(await verified()).toMatchObject({ ok: true, entries: 3 });
  });

  it('keeps all of a batch or nothing', async () => {
    await openCase(1, 2);
    await world.tamper(`create function audit.no() returns trigger language plpgsql as 'begin raise exception $$no$$; end';
      create trigger no before insert on audit.chain for each statement execute function audit.no()`);
    await expect(sequencer.round()).rejects.toThrow('no');
    expect(await world.rows('select 1 from audit.leaf')).toHaveLength(0);
    await world.tamper('drop trigger no on audit.chain');
    await drain();
    expect(await verified()).toMatchObject({ ok: true, entries: 2 });
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
    expect((await entries()).map(({ producer, seq }) => `${producer} ${seq}`).sort()).toEqual(['cases.1 1', 'referrals.1 1']);
    expect(await verified()).toMatchObject({ ok: true });
  });

  it('lets go of spool files it has taken', async () => {
    const recorder = await SpoolRecorder.open(world.spools, 'small', { limits: { queue: 100, segment: 600, segments: 3 } });
    for (let n = 0; n < 12; n++) {
      await recorder.record(await world.body({ request: `request-${n}` }));
      await drain();
    }
    await recorder.close();
    await drain();
    expect(await verified()).toMatchObject({ ok: true, entries: 12 });
  });

  it('writes under a role that can change or delete nothing of the trail', async () => {
    await openCase();
    await drain();
    const source = await world.databases.source('raccordo_audit_projector');
    for (const sql of [
      'update audit.leaf set act = $$x$$',
      'delete from audit.leaf',
      'truncate audit.leaf',
      'update audit.node set level = 1',
      'delete from audit.checkpoint',
      'update audit.checkpoint set size = 9',
      'delete from audit.source',
      'delete from audit.leaf_case',
      'drop table audit.leaf',
    ]) {
      await expect(source.query(sql)).rejects.toThrow(/permission denied|must be owner/);
    }
    const reader = await world.databases.source('raccordo_audit');
    await expect(reader.query('insert into audit.checkpoint values ($$umbria$$, 1, $$$$, now())')).rejects.toThrow('permission denied');
  });
});
