import { openCheckpoint, parseVkey } from '@platform/tlog';
import { after, anEvent, AuditWorld, streamOf } from '../../test/audit-world';
import { happeningOf } from './event-happening';
import { byTime, type Sequencer } from './sequencer';

describe('the sequencer', () => {
  let world: AuditWorld;
  let sequencer: Sequencer;
  beforeEach(async () => {
    world = await AuditWorld.make(process.env.TEST_DATABASE);
    sequencer = await world.sequencer();
  });
  afterEach(() => world.close());

  const drain = (one = sequencer): Promise<void> => world.drain(one);

  it('gives every reading and every stored event one place in one log that verifies', async () => {
    await world.openCase(1, 3);
    for (let n = 0; n < 4; n++) await world.recorder.record(await world.body({ request: `request-${n}` }));
    await world.openCase(2);
    await world.store.append('referrals@umbria', streamOf('referral', 1), [anEvent('ReferralSent', { case: streamOf('case', 2) })], 'none');
    await drain();
    expect(await world.verified()).toMatchObject({ ok: true, entries: 9, findings: [], producers: 3 });
    const seen = (await world.entries()).map(({ producer, seq }) => `${producer} ${seq}`).sort();
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
    const [entry] = await world.entries();
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
    expect((await world.entries())[0]?.body.cases).toEqual([await world.handle(streamOf('case', 4))]);
  });

  it('lets the service itself act under its own word', async () => {
    await world.store.append(
      'cases@umbria',
      streamOf('consent', 1),
      [anEvent('ConsentExpired', {}, { actor: 'system', organisation: 'system' })],
      'none',
    );
    await drain();
    expect((await world.entries())[0]?.body).toMatchObject({ actor: 'system', organisation: 'system' });
  });

  it('never writes a stream id in place of a handle', async () => {
    const [stored] = await (await world.openCase(), world.store.readStream(streamOf('case', 1)));
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
    expect((await world.entries('umbria')).map(({ producer }) => producer)).toEqual(['cases.1']);
    expect((await world.entries('toscana')).map(({ producer }) => producer)).toEqual(['cases.1', 'cases@toscana']);
    expect([(await world.verified('umbria')).ok, (await world.verified('toscana')).ok]).toEqual([true, true]);
  });

  it('orders what it takes together by the recorded clock, each producer in its own order', () => {
    const at = (producer: string, ...seconds: number[]) =>
      seconds.map((second, n) => ({ producer, seq: n + 1, body: { at: after(second) } }));
    const joined = byTime([at('a', 1, 9, 2), at('b', 3, 4), []] as never);
    expect(joined.map(({ producer, seq }) => `${producer}${seq}`)).toEqual(['a1', 'b1', 'b2', 'a2', 'a3']);
  });

  it('signs what it added and hands out nothing that was not signed', async () => {
    await world.openCase();
    await drain();
    const { note, vkey } = await world.newest();
    expect(openCheckpoint(note, parseVkey(vkey))).toMatchObject({ origin: 'audit.umbria', size: 1 });
    await drain();
    expect(await world.rows('select 1 from audit.checkpoint')).toHaveLength(1);
    await world.openCase(2);
    await drain();
    expect(openCheckpoint((await world.newest()).note, parseVkey(vkey)).size).toBe(2);
  });

  it('writes under a role that can change or delete nothing of the trail', async () => {
    await world.openCase();
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
