import { type Session, signInAs } from '@platform/sign-in';
import { PERSONAS } from '@raccordo/demo';
import { StoryApp } from './story-app';

const VALUE = 'Segretissimo Canarino';

describe('bad input', () => {
  let story: StoryApp;
  let giulia: Session;
  let handle: string;
  let etag: string;
  const open = (): object => ({ team: story.world.ids.teams['equipe-umbria'], ageBand: 'adult', language: 'fr' });
  const events = async (): Promise<number> =>
    story.bare(async (client) => (await client.query<{ n: number }>('select count(*)::int as n from event_store.event')).rows[0]?.n ?? -1);

  beforeAll(async () => {
    story = await StoryApp.start();
    giulia = await signInAs(story.running.url, PERSONAS.giulia.sub, 2);
    const opened = await giulia.post<{ handle: string }>('/api/cases', open());
    handle = opened.body.handle;
    etag = opened.headers.get('etag') ?? '';
  }, 120_000);
  afterAll(() => story.stop());

  const raw = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const { csrf } = (await giulia.get<{ csrf: string }>('/auth/session')).body;
    const answer = await giulia.raw(new URL(path, story.running.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, ...headers },
      body,
    });
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' };
  };

  it.each([
    ['malformed JSON', '/api/cases', () => `{"language": "${VALUE}"`, 400, 'request.malformed'],
    [
      'a body that is too large',
      '/api/cases',
      () => JSON.stringify({ ...open(), language: VALUE.repeat(20_000) }),
      413,
      'request.too-large',
    ],
    [
      'a field nobody knows',
      '/api/cases',
      () => JSON.stringify({ ...open(), consentOverridden: true, note: VALUE }),
      400,
      'request.invalid',
    ],
    ['a missing field', '/api/cases', () => JSON.stringify({ language: 'fr' }), 400, 'request.invalid'],
    ['an unknown code', '/api/cases', () => JSON.stringify({ ...open(), ageBand: VALUE }), 400, 'request.invalid'],
    ['a code in look-alike letters', '/api/cases', () => JSON.stringify({ ...open(), ageBand: 'аdult' }), 400, 'request.invalid'],
    [
      'a text that begins like a spreadsheet formula',
      '/api/companies',
      () => JSON.stringify({ name: `=HYPERLINK("${VALUE}")`, sector: 'A', comune: '054013' }),
      400,
      'request.invalid',
    ],
    [
      'a text with a direction override',
      '/api/companies',
      () => JSON.stringify({ name: `Azienda \u202e${VALUE}`, sector: 'A', comune: '054013' }),
      400,
      'request.invalid',
    ],
  ])('%s is a clear problem that quotes nothing and leaves nothing behind', async (_, path, body, status, code) => {
    const before = await events();
    const answer = await raw(path, body());
    expect([answer.status, (JSON.parse(answer.text) as { title: string }).title]).toEqual([status, code]);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.text).not.toContain('Canarino');
    expect(await events()).toBe(before);
  });

  it('knows no field by which somebody could override a consent (A3), and does not repeat what they called it', async () => {
    const answer = await raw('/api/cases', JSON.stringify({ ...open(), consentOverridden: true }));
    expect(JSON.parse(answer.text)).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('unknown') as string }] });
    expect(answer.text).not.toContain('consentOverridden');
  });

  it('wants to know which version was decided on', async () => {
    const answer = await giulia.post(`/api/cases/${handle}/needs`, { needs: ['legal'] });
    expect([answer.status, (answer.body as { title: string }).title]).toEqual([428, 'case.precondition-missing']);
  });

  it('refuses a decision on an old version', async () => {
    const first = await giulia.post(`/api/cases/${handle}/needs`, { needs: ['legal'] }, { match: etag });
    expect(first.status).toBe(204);
    const second = await giulia.post(`/api/cases/${handle}/needs`, { needs: ['housing'] }, { match: etag });
    expect([second.status, (second.body as { title: string }).title]).toEqual([412, 'case.stale']);
  });

  it('does nothing twice for one idempotency key, and nothing else for it', async () => {
    const key = 'an-idempotency-key-of-mine';
    const one = await giulia.post<{ handle: string }>('/api/cases', open(), { idempotencyKey: key });
    const before = await events();
    const again = await giulia.post<{ handle: string }>('/api/cases', open(), { idempotencyKey: key });
    expect([again.status, again.body.handle]).toEqual([201, one.body.handle]);
    const other = await giulia.post('/api/cases', { ...open(), language: 'en' }, { idempotencyKey: key });
    expect([other.status, (other.body as { title: string }).title]).toEqual([409, 'request.idempotency-key-reused']);
    expect(await events()).toBe(before);
  });

  it('gives the same 404 for another region’s handle, an unknown one and a stream id', async () => {
    const elena = await signInAs(story.running.url, PERSONAS.elena.sub, 2);
    const titles = await Promise.all(
      [handle, `umbria.${'a'.repeat(26)}`, 'case-00000000-0000-7000-8000-000000000001', '%00'].map(async (wanted) => {
        const { status, body } = await elena.get<{ title: string; detail: string }>(`/api/cases/${wanted}`);
        return [status, body.title, body.detail].join('|');
      }),
    );
    expect([...new Set(titles)]).toEqual(['404|case.not-found|There is no such record for you.']);
  });

  it('refuses a request that a foreign page could have sent', async () => {
    const answer = await raw('/api/cases', JSON.stringify(open()), { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
  });
});
