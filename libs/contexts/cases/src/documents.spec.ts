import { createHash } from 'node:crypto';
import { CasesWorld, etagOf, organisations, stream, type Who } from '../test/cases-world';

interface Shown {
  groups: Record<string, { view: string; documents?: Record<string, unknown>[] } | undefined>;
}
const REGISTER = 'QZX-2031/90417';
const FINGERPRINT = createHash('sha256').update('the pages of a permit').digest('hex');
const permit = {
  ...{ kind: 'residence_permit', dated: '2031-01-10', received: '2031-02-01', keeper: organisations.project.id },
  ...{ register: REGISTER, fingerprint: FINGERPRINT },
};
const passport = { kind: 'identity_document', received: '2031-02-03', keeper: organisations.coop.id, register: 'PG-2031/12' };
const why = { reason: 'The lawyer asks where the permit lies' };
const OFFICE = { purpose: 'audit', acr: 3 } as const;

describe('references to documents in the cases context', () => {
  let world: CasesWorld;
  beforeAll(async () => {
    world = await CasesWorld.start();
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);

  const view = async (who: Who, handle: string, more: object = {}) => world.get<Shown>(who, `/api/cases/${handle}`, more);
  const history = async (who: Who, handle: string, more: object = {}): Promise<string[]> =>
    (await world.get<{ items: { type: string }[] }>(who, `/api/cases/${handle}/history`, more)).body.items.map(({ type }) => type);
  const recorded = async (body: object = permit, file?: { handle: string; etag: string; stream: string }) => {
    const into = file ?? (await world.opened());
    const path = `/api/cases/${into.handle}/documents`;
    const answer = await world.at(into.etag, 'giulia', path, body);
    expect([answer.status, answer.text]).toEqual([204, '']);
    return { ...into, path, etag: etagOf(answer) };
  };
  /** Elena of another region may assist the person, and see who they are. */
  const grantTo = async (file: { handle: string; stream: string }, groups: readonly string[]): Promise<string> => {
    const body = {
      ...{ kind: 'judicial_order', recipient: organisations.tuscan.id, purpose: 'direct_assistance', groups },
      ...{ expires: '2033-01-01T00:00:00.000Z', issuer: 'court', act: 'Decreto 12/2031' },
    };
    const basis = await world.post<{ handle: string }>('giulia', `/api/cases/${file.handle}/legal-bases`, body);
    const ref = (await world.streamOf(basis.body.handle, 'coop')) ?? '';
    await world.world.tell('referrals', 'ReferralAccepted', stream('referral', 1), {
      ...{ referral: stream('referral', 1), sender: organisations.coop.id, organisation: organisations.tuscan.id, case: file.stream },
      ...{ members: [stream('member', 9)], service: 'legal_advice', purpose: 'direct_assistance', bases: [{ kind: 'legal_basis', ref }] },
      ...{ groups, mode: 'service', region: 'toscana' },
    });
    const theirs = await world.handleFor(file.stream, 'tuscan');
    await world.until<Shown>(
      'elena',
      `/api/cases/${theirs}`,
      ({ status, body: seen }) => status === 200 && seen.groups.ID?.view === 'full',
    );
    return theirs;
  };

  it('say what is kept where to the custodian’s team, and the code by which it is found only against a reason', async () => {
    const { handle, path } = await recorded();
    const seen = await view('karim', handle);
    expect(seen.body.groups.LEG).toEqual({
      view: 'full',
      documents: [
        {
          ...{ reference: 'LEG-1', kind: 'residence_permit', dated: '2031-01-10', received: '2031-02-01' },
          ...{ keeper: organisations.project.id, fingerprint: true, withdrawn: null },
        },
      ],
    });
    expect(seen.text).not.toContain(REGISTER);
    expect(await history('giulia', handle)).toEqual(['CaseOpened', 'DocumentReferenceRecorded']);

    const before = world.world.trail.bodies.length;
    expect((await world.post('karim', `${path}/LEG-1/reveals`, why)).body).toEqual({ value: REGISTER });
    const [entry, ...more] = world.world.trail.bodies.slice(before);
    expect(entry).toMatchObject({ act: 'RevealValue', effect: 'permitted', groups: ['LEG'], purpose: 'direct_assistance' });
    expect([entry?.commitments.length, entry?.cases.length, more]).toEqual([1, 1, []]);
    expect((await world.post('karim', `${path}/LEG-1/reveals`, {})).status).toBe(400);
  });

  it('tell whether a file is the one, and never by which fingerprint', async () => {
    const first = await recorded();
    const { handle, path } = await recorded(passport, first);
    const compare = (who: Who, fingerprint: string, reference = 'LEG-1', more: object = {}) =>
      world.post<{ same: boolean }>(who, `${path}/${reference}/comparisons`, { fingerprint }, more);
    const before = world.world.trail.bodies.length;
    expect((await compare('karim', FINGERPRINT)).body).toEqual({ same: true });
    const other = await compare('karim', createHash('sha256').update('another file').digest('hex'));
    expect([other.status, other.body]).toEqual([200, { same: false }]);
    expect(world.world.trail.bodies.slice(before).map(({ act, groups }) => [act, groups])).toEqual([
      ['CompareDocument', ['LEG']],
      ['CompareDocument', ['LEG']],
    ]);
    expect((await view('karim', handle)).text).not.toContain(FINGERPRINT);
    // Without a fingerprint on record there is nothing to compare with, and it is answered like what is not open.
    expect((await compare('karim', FINGERPRINT, 'ID-1')).body).toMatchObject({ title: 'case.forbidden' });
    expect((await compare('karim', FINGERPRINT, 'LEG-1', { acr: 1 })).status).toBe(403);
    expect((await compare('karim', FINGERPRINT.toUpperCase())).status).toBe(400);
  });

  it('stand in the preview and in the view of whoever sees their group in full, by the same bytes, and nowhere else', async () => {
    const first = await recorded();
    const file = await recorded(passport, first);
    const wish = {
      ...{ receiver: organisations.tuscan.id, service: 'legal_advice', urgency: 'ordinary', language: 'fr', purpose: 'direct_assistance' },
      ...{ groups: ['ID', 'CON', 'LEG'], assessed: ['ID'] },
    };
    const preview = await world.post<Record<'stage1' | 'accepted', { body: string }>>('giulia', `/api/cases/${file.handle}/previews`, wish);
    const foretold = JSON.parse(preview.body.accepted.body) as Shown;
    expect(foretold.groups.ID?.documents).toMatchObject([{ reference: 'ID-1', kind: 'identity_document' }]);
    // Whoever is no lawyer is told of the legal status only that something is recorded: of codes there are none yet.
    expect(foretold.groups.LEG).toEqual({ view: 'banded', recorded: false });
    expect(preview.body.stage1.body).not.toContain('documents');

    const theirs = await grantTo(file, ['ID', 'CON', 'LEG']);
    const seen = await view('elena', theirs);
    expect(seen.text).toBe(preview.body.accepted.body);
    const path = `/api/cases/${theirs}/documents`;
    expect((await world.post('elena', `${path}/ID-1/reveals`, why)).body).toEqual({ value: passport.register });
    // What may not be seen and what is not there are answered alike, by the same bytes but for the number of the request.
    const alike = async (reference: string) => {
      const answers = [
        await world.post('elena', `${path}/${reference}/reveals`, why),
        await world.post('elena', `${path}/${reference}/comparisons`, { fingerprint: FINGERPRINT }),
      ];
      return answers.map(({ status, body }) => [status, { ...body, instance: '', traceId: '' }]);
    };
    expect(await alike('LEG-1')).toEqual(await alike('LEG-9'));
    expect((await alike('LEG-1')).map(([status]) => status)).toEqual([403, 403]);
    expect((await world.at(etagOf(seen), 'elena', path, permit)).status).toBe(404);
  });

  it('leave not a trace in what offices see, nor in what a weak sign-in shows', async () => {
    const file = await world.opened();
    const handleOf = async (): Promise<string> => (await world.world.vaults.of('umbria').handleFor(file.stream, 'audit@umbria')).handle;
    const audited = await handleOf();
    const seen = async (who: Who, handle: string, more: object): Promise<string> => (await view(who, handle, more)).text;
    const before = [
      await seen('ada', audited, OFFICE),
      await seen('dora', audited, { ...OFFICE, purpose: 'data_subject_request' }),
      await seen('giulia', file.handle, { acr: 1 }),
    ];
    await recorded({ ...permit, kind: 'medical_report' }, await recorded(permit, file));
    await world.until<Shown>('giulia', `/api/cases/${file.handle}`, ({ body }) => body.groups.HEA?.documents !== undefined);
    expect([
      await seen('ada', audited, OFFICE),
      await seen('dora', audited, { ...OFFICE, purpose: 'data_subject_request' }),
      await seen('giulia', file.handle, { acr: 1 }),
    ]).toEqual(before);
    expect(before.every((text) => text.includes('"groups"'))).toBe(true);
    expect(await history('giulia', file.handle, { acr: 1 })).toEqual(['CaseOpened']);
    for (const who of ['ada', 'dora', 'ugo', 'nino'] as const) {
      const answer = await world.post(who, `/api/cases/${file.handle}/documents/LEG-1/reveals`, why, OFFICE);
      expect([who, answer.status >= 403]).toEqual([who, true]);
    }
    expect((await world.get('giulia', '/api/cases')).text).not.toContain('documents');
  });

  it('are told to an office only when two people open their group, and then without the code', async () => {
    const { handle, stream: of } = await recorded();
    const audited = (await world.world.vaults.of('umbria').handleFor(of, 'audit@umbria')).handle;
    const wish = {
      ...{ case: audited, groups: ['LEG', 'HEA'], reason: 'data_subject_request', minutes: 10 },
      account: 'The person asks what is held about them',
    };
    const request = await world.post<{ handle: string }>('ada', '/api/unmaskings', wish, OFFICE);
    const path = `/api/unmaskings/${request.body.handle}`;
    const open = (group: string) => world.post<{ codes?: object[] }>('ada', `${path}/reveals`, { group, field: 'documents' }, OFFICE);
    expect((await open('LEG')).status).toBe(403);
    expect((await world.at(etagOf(request), 'dora', `${path}/approval`, {}, OFFICE)).status).toBe(204);
    const told = await open('LEG');
    expect(told.body.codes).toEqual((await view('giulia', handle)).body.groups.LEG?.documents);
    expect([told.text.includes(REGISTER), told.text.includes(FINGERPRINT), told.text.includes('vault:')]).toEqual([false, false, false]);
    expect((await open('HEA')).body).toMatchObject({ title: 'unmask.no-value' });
    expect((await open('EXP')).status).toBe(403);
  });

  it('are refused as everything else is: unknown words, an old version, a closed case, a stranger', async () => {
    const { handle, path, etag } = await recorded();
    const refusal = async (body: object, status: number, code: string) => {
      const answer = await world.at(etag, 'giulia', path, { ...permit, ...body });
      expect([answer.status, answer.headers.get('content-type')?.split(';')[0], answer.body.title]).toEqual([
        ...[status, 'application/problem+json', code],
      ]);
      return answer;
    };
    await refusal({ kind: 'diary' }, 400, 'request.invalid');
    await refusal({ keeper: stream('organisation', 99) }, 400, 'case.unknown-keeper');
    await refusal({ received: '2031-03-15' }, 400, 'case.in-the-future');
    await refusal({ received: '2031-01-09' }, 400, 'case.received-before-dated');
    await refusal({ fingerprint: 'F'.repeat(64) }, 400, 'request.invalid');
    const named = await refusal({ register: 'ROSSI-2031' }, 400, 'request.invalid');
    expect([named.text.includes('/register'), named.text.includes('ROSSI')]).toEqual([true, false]);
    const look = await refusal({ register: 'РG-2031/1' }, 400, 'request.invalid');
    expect(look.text.includes('РG')).toBe(false);
    expect((await world.at('"stale"', 'giulia', path, permit)).status).toBe(412);
    expect((await world.post('giulia', path, permit)).status).toBe(428);
    for (const who of ['ugo', 'nino'] as const) {
      expect([who, (await world.at(etag, who, path, permit)).body.title]).toEqual([who, 'case.not-found']);
      // What is no reference tells a stranger no more than one that is none of theirs.
      for (const reference of ['LEG-1', 'LEG-2', 'nonsense']) {
        const stranger = await world.at(etag, who, `${path}/${reference}/withdrawal`, { reason: 'other' });
        expect([who, reference, stranger.body.title]).toEqual([who, reference, 'case.not-found']);
      }
    }
    expect((await world.at(etag, 'giulia', `${path}/PROT-1/withdrawal`, { reason: 'other' })).body.title).toBe('case.unknown-document');
    expect((await world.at(etag, 'giulia', `${path}/LEG-2/withdrawal`, { reason: 'other' })).body.title).toBe('case.unknown-document');
    expect((await world.at(etag, 'giulia', `${path}/LEG-1/withdrawal`, { reason: 'because' })).status).toBe(400);

    const closed = await world.at(etag, 'giulia', `/api/cases/${handle}/closure`, { reason: 'autonomy_reached' });
    expect(closed.status).toBe(204);
    const late = await world.at(etagOf(closed), 'giulia', path, permit);
    expect([late.status, late.body.title]).toEqual([409, 'case.closed']);
    const over = await world.at(etagOf(closed), 'giulia', `${path}/LEG-1/withdrawal`, { reason: 'other' });
    expect([over.status, over.body.title]).toEqual([409, 'case.closed']);
  });

  it('recorded in error stay to be seen as such, and lead nowhere', async () => {
    const { handle, path, etag } = await recorded();
    const done = await world.at(etag, 'karim', `${path}/LEG-1/withdrawal`, { reason: 'of_another_person' });
    expect(done.status).toBe(204);
    const [line] = (await view('giulia', handle)).body.groups.LEG?.documents ?? [];
    expect(line).toMatchObject({ reference: 'LEG-1', withdrawn: { reason: 'of_another_person', on: '2031-03-14' } });
    expect((await world.post('giulia', `${path}/LEG-1/reveals`, why)).status).toBe(403);
    expect((await world.post('giulia', `${path}/LEG-1/comparisons`, { fingerprint: FINGERPRINT })).status).toBe(403);
    const again = await world.at(etagOf(done), 'giulia', `${path}/LEG-1/withdrawal`, { reason: 'other' });
    expect(again.status).toBe(204);
    expect(await history('giulia', handle)).toEqual(['CaseOpened', 'DocumentReferenceRecorded', 'DocumentReferenceWithdrawn']);
  });

  it('are recorded once when the same request comes again', async () => {
    const file = await world.opened();
    const send = () => world.at(file.etag, 'giulia', `/api/cases/${file.handle}/documents`, permit, { key: 'the-same-document-1' });
    expect([(await send()).status, (await send()).status]).toEqual([204, 204]);
    expect((await view('giulia', file.handle)).body.groups.LEG?.documents).toHaveLength(1);
  });

  it('keep code and fingerprint in no event, no row, no entry of the trail: only sealed in the vault', async () => {
    await recorded();
    const events = JSON.stringify(await everyEvent());
    const rows = await world.world.databases.writer('cases');
    const tables = await rows.query<{ name: string }[]>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = 'cases' and table_type = 'BASE TABLE'",
    );
    const held = await Promise.all(tables.map(({ name }) => rows.query<object[]>(`select * from ${name}`)));
    const texts = [events, JSON.stringify(held), JSON.stringify(world.world.trail.bodies)];
    // The search is not blind.
    expect([texts[0]?.includes('DocumentReferenceRecorded'), texts[1]?.includes('residence_permit')]).toEqual([true, true]);
    expect(texts[2]).toContain('RecordDocumentReference');
    for (const text of texts) for (const secret of [REGISTER, FINGERPRINT]) expect(text.includes(secret)).toBe(false);
    // Kind, keeper and days stand in the read model, never in clear in an event.
    for (const word of ['residence_permit', 'medical_report', 'identity_document'])
      expect([word, texts[0]?.includes(word)]).toEqual([word, false]);
  });

  const everyEvent = async (): Promise<object[]> => {
    const rows = await world.world.databases.writer('cases');
    const streams = await rows.query<{ stream: string }[]>('select distinct stream from cases.case_history');
    return (await Promise.all(streams.map(({ stream: of }) => world.world.store.readStream(of)))).flat();
  };

  it('go with the person: code and fingerprint cannot be read again by anybody', async () => {
    const file = await recorded();
    const [, event] = await world.world.store.readStream(file.stream);
    const { registerRef, fingerprintRef } = event?.data as { registerRef: string; fingerprintRef: string };
    const vault = world.world.vaults.of('umbria');
    expect(await vault.describe([registerRef, fingerprintRef])).toHaveLength(2);
    expect((await view('giulia', file.handle)).body.groups.LEG?.documents).toHaveLength(1);
    await vault.shred(file.stream, [stream('member', 1), stream('member', 5)]);
    expect(await vault.describe([registerRef, fingerprintRef])).toEqual([]);
    const bound = `${file.stream}|1|LEG`;
    expect(await vault.open(file.stream, bound, event?.sealed?.LEG ?? '')).toBeUndefined();
    expect((await world.post('giulia', `${file.path}/LEG-1/reveals`, why)).status).toBe(404);
    expect((await world.at(file.etag, 'giulia', file.path, permit)).status).toBe(404);
  });

  it('are a read model that is rebuilt as it grew, and without what was erased', async () => {
    const rows = await world.world.databases.writer('cases');
    const image = async (): Promise<{ case_id: string }[]> =>
      rows.query<{ case_id: string }[]>('select * from cases.case_document order by case_id, grp, number');
    const grown = await image();
    await world.world.runner.rebuild('case-file');
    const vault = world.world.vaults.of('umbria');
    const shredded = await Promise.all(grown.map(({ case_id }) => vault.isShredded(case_id)));
    expect(shredded.filter(Boolean)).toHaveLength(1);
    expect(await image()).toEqual(grown.filter((_, n) => !shredded[n]));
  });

  it('left nothing they stumbled over', () => expect(world.world.failed).toEqual([]));
});
