import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { DomainError } from '@platform/kernel';
import { COLUMN_WORDS } from '@platform/sheets';
import { type Session, signInAs } from '@platform/sign-in';
import { PERSONAS, type PersonaKey, runStory, STEPS, type World } from '@raccordo/demo';
import { parse } from 'yaml';
import { StoryApp } from './story-app';

const PEOPLE = (Object.keys(PERSONAS) as PersonaKey[]).filter((key) => Number(PERSONAS[key].sub.slice(-2)) < 20);
const PURPOSES = ['direct_assistance', 'referral_assessment', 'joint_case', 'emergency', 'audit', 'data_subject_request'] as const;
const OFFICES: readonly PersonaKey[] = ['ada', 'dora'];
const POLICY = path.join(__dirname, '../../../libs/contexts/cases/src/case/case.policy.yaml');
const DESCRIBED = JSON.parse(readFileSync(path.join(__dirname, '../../../docs/reference/openapi.json'), 'utf8')) as { paths: object };
/** Code lists are taken over by programs. */
const OF_CODES = /^\/api\/(codes|comuni)/;
const AUDIT = { purpose: 'audit', acr: 3 } as const;

interface Listed {
  readonly items: readonly { handle: string; codename: string }[];
  readonly total: number;
}
interface Trail {
  readonly entries: readonly { index: number; entry: { body: { act: string; actor: string; at: string } } }[];
}

/** What must hold of an instance that has lived: every persona of the story, every case there is. */
describe('an instance on which the story was lived', () => {
  let story: StoryApp;
  let world: World;

  beforeAll(async () => {
    story = await StoryApp.start();
    world = story.world;
    const steps = await runStory(world, STEPS);
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  }, 180_000);
  afterAll(() => story.stop());

  const cases = (): Promise<{ region: string; stream: string }[]> =>
    story.bare(async (client) => {
      const { rows } = await client.query<{ region: string; stream: string }>('select region, case_id as stream from cases.case_list');
      return rows;
    });

  /** For every role and purpose: what the list holds, and what opens one by one. Offices answer questions about a case; they have no cases. */
  const disagreements = async (): Promise<{ opened: number; differ: string[] }> => {
    const all = await cases();
    const [differ, counts]: [string[], number[]] = [[], []];
    for (const who of PEOPLE) {
      const { organisation } = (await world.get<{ organisation: string }>(who, '/api/members/me')).body;
      const called = await Promise.all(
        all.map(({ region, stream }) => story.running.foundation.vaults.of(region).handleFor(stream, organisation)),
      );
      for (const purpose of PURPOSES) {
        const list = await world.get<Listed>(who, '/api/cases?limit=200', { purpose, acr: 3 });
        const listed = list.status === 200 ? list.body.items.map(({ handle, codename }) => `${handle} ${codename}`).sort() : [];
        const pages: string[] = [];
        for (const { handle } of called) {
          const page = await world.get<{ codename: string }>(who, `/api/cases/${handle}`, { purpose, acr: 3 });
          if (page.status === 200) pages.push(`${handle} ${page.body.codename}`);
          else expect(page.status).toBe(404);
        }
        counts.push(pages.length);
        if (list.status === 200 && list.body.total !== listed.length) differ.push(`${who} ${purpose}: total`);
        const office = OFFICES.includes(who) && listed.length === 0;
        if (!office && JSON.stringify(listed) !== JSON.stringify(pages.sort()))
          differ.push(`${who} ${purpose}: ${listed.length} ${pages.length}`);
      }
    }
    return { opened: counts.reduce((sum, count) => sum + count, 0), differ };
  };

  it('has words for every name that stands in a list somebody may take away on paper', async () => {
    const wordless = new Map<string, string>();
    const lists = Object.keys(DESCRIBED.paths).filter((at) => at.startsWith('/api/') && !at.includes('{') && !OF_CODES.test(at));
    const look = (at: string, value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, one] of Object.entries(value)) {
        if (!Array.isArray(value) && name !== 'etag' && !(name in COLUMN_WORDS)) wordless.set(name, at);
        look(at, one);
      }
    };
    let seen = 0;
    for (const who of PEOPLE)
      for (const at of lists)
        for (const purpose of ['direct_assistance', 'data_subject_request'] as const) {
          const { status, body } = await world.get<{ items?: unknown[] }>(who, at, { purpose, acr: 3 });
          if (status === 200 && Array.isArray(body.items)) seen += body.items.length;
          if (status === 200) look(at, body.items);
        }
    expect(seen).toBeGreaterThan(100);
    expect([...wordless]).toEqual([]);
  }, 120_000);

  it('shows in the list, for every role and purpose, exactly the cases whose page opens (A14)', async () => {
    const { opened, differ } = await disagreements();
    expect(differ).toEqual([]);
    expect(opened).toBeGreaterThan(10);
  }, 120_000);

  it('shows no more in the list than on the page when the region narrows who may see (A14)', async () => {
    const document = parse(readFileSync(POLICY, 'utf8')) as { relations: { 'same-team': { cells: string } } };
    document.relations['same-team'].cells = '- - - - - - - - - - - - -';
    const mine = await world.get<Listed>('livia', '/api/cases');
    expect(mine.body.total).toBeGreaterThan(0);
    const proposed = await world.post<{ policy: string }>('piero', '/api/policies', { document }, { acr: 3 });
    const policy = `/api/policies/${proposed.body.policy}`;
    type Read = { hash: string; lines: { cell: string; direction: string }[] };
    const read = await world.until<Read>('dora', 'GET', policy, ({ status }) => status === 200, { acr: 3 });
    const signed = read.body.lines.filter(({ direction }) => direction === 'WIDENS').map(({ cell }) => cell);
    const activated = await world.post('dora', `${policy}/activation`, { hash: read.body.hash, signed }, { acr: 3, etag: read.etag });
    expect(activated.status).toBe(204);
    const left = await world.until<Listed>('livia', 'GET', '/api/cases', ({ body }) => body.total === 0);
    expect([left.body.total, left.body.items]).toEqual([0, []]);
    expect((await disagreements()).differ).toEqual([]);
  }, 120_000);

  it('keeps every entry of somebody whose account is disabled, and their name stays out of it (A9)', async () => {
    const theirs = async (): Promise<Trail['entries']> =>
      (await world.get<Trail>('ada', '/api/audit/entries?act=RecordContact&limit=200', AUDIT)).body.entries;
    const before = await theirs();
    expect(before.length).toBeGreaterThan(0);
    const member = `/api/members/${world.ids.members['karim']}`;
    expect((await world.get('karim', '/api/contacts')).status).toBe(200);
    expect((await world.change('piero', member, `${member}/disabling`, {}, { acr: 3 })).status).toBe(204);
    const gone = await world.until('karim', 'GET', '/api/contacts', ({ status }) => status !== 200);
    expect([401, 403]).toContain(gone.status);
    expect(await theirs()).toEqual(before);
    const contacts = await world.get<{ items: unknown[] }>('giulia', '/api/contacts');
    expect(contacts.body.items.length).toBeGreaterThan(0);
  });

  it('answers every reading with 503 and no data while no entry can be kept (A8)', async () => {
    const { recorder } = story.running.foundation;
    const readings: [PersonaKey, string, { purpose?: string; acr?: 3 }][] = [
      ['giulia', '/api/cases', {}],
      ['giulia', `/api/cases/${world.knows('case')}`, {}],
      ['giulia', `/api/cases/${world.knows('case')}/history`, {}],
      ['giulia', `/api/cases/${world.knows('case')}/access`, {}],
      ['giulia', `/api/referrals/${world.knows('referral')}`, {}],
      ['giulia', '/api/referrals/outbox', {}],
      ['giulia', '/api/contacts', {}],
      ['giulia', `/api/companies/${world.knows('company')}`, {}],
      ['elena', '/api/referrals/inbox', {}],
      ['elena', `/api/teams/${world.ids.teams['equipe-confine']}/cases`, {}],
      ['marco', '/api/deliveries', {}],
      ['ada', '/api/audit/entries', AUDIT],
      ['ada', '/api/audit/bundle', AUDIT],
    ];
    for (const [who, path, ask] of readings) expect([path, (await world.get(who, path, ask)).status]).toEqual([path, 200]);
    const sessions = new Map<string, Session>();
    for (const [who, , { acr }] of readings) sessions.set(who, await signInAs(story.running.url, PERSONAS[who].sub, acr ?? 2));
    const unavailable = new DomainError('audit.unavailable', 'unavailable', 'The audit trail cannot take entries: the disk failed.', [], 5);
    // The disk under the spool dies: what it answers from then on is what a spool on a dead disk answers (spool.spec.ts).
    const dead = jest.spyOn(recorder, 'record').mockImplementation(() => Promise.reject(unavailable));
    try {
      for (const [who, path, { purpose }] of readings) {
        const answer = await sessions.get(who)?.get<{ title: string }>(path, { purpose });
        const { status, headers, body, text } = answer!;
        expect([path, status, body.title, headers.get('content-type')]).toEqual([
          path,
          503,
          'audit.unavailable',
          expect.stringContaining('application/problem+json'),
        ]);
        expect(headers.get('retry-after')).not.toBeNull();
        expect(text).not.toMatch(/umbria\.|toscana\.|codename/);
      }
      const value = { group: 'ID', field: 'given_name', reason: 'Prova a spool fermo' };
      const revealed = await sessions.get('giulia')?.post(`/api/cases/${world.knows('case')}/reveals`, value);
      expect([revealed?.status, revealed?.text.includes('Zafferano')]).toEqual([503, false]);
    } finally {
      dead.mockRestore();
    }
    for (const [who, path, ask] of readings) expect([path, (await world.get(who, path, ask)).status]).toEqual([path, 200]);
  });
});
