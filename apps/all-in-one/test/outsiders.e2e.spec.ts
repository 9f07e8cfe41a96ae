import * as fc from 'fast-check';
import { RateLimit } from '@platform/http';
import { type Session, signInAs } from '@platform/sign-in';
import { PERSONAS, type PersonaKey, runStory, STEPS, type World } from '@raccordo/demo';
import { fitting, type Route, routes } from './api-description';
import { StoryApp } from './story-app';

const PEOPLE = (Object.keys(PERSONAS) as PersonaKey[]).filter((key) => Number(PERSONAS[key].sub.slice(-2)) < 20);
const PURPOSES = ['direct_assistance', 'referral_assessment', 'joint_case', 'emergency', 'audit', 'data_subject_request'] as const;
const NOBODYS = 'a'.repeat(26);
/** What has a page of its own: whom it opens to may know of it. */
const PAGES: Readonly<Record<string, string>> = {
  ...{ case: 'cases', referral: 'referrals', alert: 'alerts', alertDelivery: 'deliveries', contact: 'contacts' },
  companyDossier: 'companies',
};
/** What belongs to a case, which its events name. */
const OF_A_CASE: Readonly<Record<string, string>> = { consent: 'consents', legalBasis: 'legal-bases', accessGrant: 'grants' };

/** A record, the route under which it is addressed, and the record by whose page one may know it. */
interface Thing {
  readonly root: string;
  readonly stream: string;
  readonly of: string;
  readonly region: string;
}
interface Said {
  /** What the trail says of it. */
  readonly recorded: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors?: unknown;
  readonly headers: readonly string[];
}
const nounOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/**
 * Of a record outside need-to-know nobody learns that there is one: not by any route, whatever they state and name beside it. That they asked is on
 * record just as if there were none.
 */
describe('to somebody outside need-to-know', () => {
  let story: StoryApp;
  let world: World;
  const sessions = new Map<string, Session>();
  const things: Thing[] = [];
  const regions = new Map<string, string>();
  /** Entries of the trail, by the request that made them. */
  const entries = new Map<string, string[]>();
  /** Who reads which record, under any purpose. */
  const reads = new Set<string>();

  beforeAll(async () => {
    // How many requests one may send is specified elsewhere: here many are sent at once.
    jest.spyOn(RateLimit.prototype, 'take').mockReturnValue(0);
    story = await StoryApp.start();
    world = story.world;
    const { recorder } = story.running.foundation;
    const record = recorder.record.bind(recorder);
    jest.spyOn(recorder, 'record').mockImplementation((body) => {
      const { request, act, effect, session } = body;
      entries.set(request, [
        ...(entries.get(request) ?? []),
        [act, effect === 'permitted' ? 'permitted' : 'not permitted', session].join(),
      ]);
      return record(body);
    });
    const steps = await runStory(world, STEPS.slice(0, 5));
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    // A case of an organisation in which somebody works who is in none of its teams.
    const opened = await world.post<{ handle: string }>('nino', '/api/cases', {
      ...{ team: world.ids.teams['equipe-cooperativa'], ageBand: 'adult', language: 'fr' },
    });
    expect(opened.status).toBe(201);
    for (const who of PEOPLE) sessions.set(who, await signInAs(story.running.url, PERSONAS[who].sub, 3));
    // Of each kind a few: what is asked is asked of every route.
    const perKind = new Map<string, number>();
    for (const thing of await known()) {
      const n = (perKind.get(thing.root) ?? 0) + 1;
      perKind.set(thing.root, n);
      if (n <= (thing.root === '/api/cases' ? 4 : 2)) things.push(thing);
    }
    for (const who of PEOPLE)
      for (const of of new Set(things.map((thing) => thing.of)))
        for (const purpose of PURPOSES) {
          const { status } = await world.get(who, `/api/${PAGES[nounOf(of)]}/${await handle(who, of)}`, { purpose, acr: 3 });
          if (status === 200) reads.add(`${who} ${of}`);
        }
  }, 240_000);
  afterAll(async () => {
    await story.stop();
    jest.restoreAllMocks();
  });

  /** Everything that is kept from somebody. */
  const known = (): Promise<Thing[]> =>
    story.bare(async (client) => {
      const { rows } = await client.query<{ stream: string; of: string | null; log: string }>(
        `select stream, data ->> 'case' as of, log from event_store.event where revision = 0 order by stream`,
      );
      return rows.flatMap(({ stream, of, log }) => {
        const [noun, region] = [nounOf(stream), log.split('@')[1] ?? ''];
        regions.set(stream, region);
        if (PAGES[noun] !== undefined) return [{ root: `/api/${PAGES[noun]}`, stream, of: stream, region }];
        return OF_A_CASE[noun] === undefined || of === null ? [] : [{ root: `/api/${OF_A_CASE[noun]}`, stream, of, region }];
      });
    });

  const organisations = new Map<PersonaKey, string>();
  /** What the person's organisation would call it: as if a colleague had told them. */
  async function handle(who: PersonaKey, stream: string): Promise<string> {
    if (!organisations.has(who))
      organisations.set(who, (await world.get<{ organisation: string }>(who, '/api/members/me')).body.organisation);
    return (await story.running.foundation.vaults.of(regions.get(stream) ?? '').handleFor(stream, organisations.get(who) ?? '')).handle;
  }

  /** Questions that were answered with a 404 and left nothing in the trail. */
  const unrecorded: string[] = [];
  let turn = 0;
  /** What a careful, a careless and a guessing client state of the version they decided on. */
  const stated = (): Record<string, string> => [{}, { 'If-Match': '*' }, { 'If-Match': `"${'A'.repeat(24)}"` }][turn++ % 3] ?? {};

  async function ask(who: PersonaKey, route: Route, path: string, body: unknown, headers: Record<string, string>): Promise<Said> {
    const session = sessions.get(who)!;
    const { method } = route;
    const answer = await session.raw(new URL(story.running.url + path), {
      method,
      headers: { ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), 'x-csrf-token': session.csrf, ...headers },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    const said = (await answer.json()) as Said;
    const { title, detail, errors } = said;
    const recorded = (entries.get(answer.headers.get('Raccordo-Request') ?? '') ?? []).join(' ');
    if (answer.status === 404 && recorded === '') unrecorded.push(`${who} ${method} ${path}`);
    return {
      recorded,
      status: answer.status,
      title,
      detail,
      ...(errors === undefined ? {} : { errors }),
      headers: [...answer.headers.keys()].sort(),
    };
  }

  /** The same question about the record and about one that nobody has. */
  async function difference(who: PersonaKey, route: Route, thing: Thing, put: (handle: string) => [string, unknown]): Promise<string[]> {
    const headers = { ...stated(), 'Raccordo-Purpose': PURPOSES[turn % PURPOSES.length] ?? '' };
    const real = await handle(who, thing.stream);
    const [theirs, nobodys] = [
      await ask(who, route, ...put(real), headers),
      await ask(who, route, ...put(`${thing.region}.${NOBODYS}`), headers),
    ];
    if (JSON.stringify(theirs) === JSON.stringify(nobodys)) return [];
    const short = ({ status, title, headers: names, recorded }: Said): string =>
      `${status} ${title} on record as ${recorded || 'nothing'}${theirs.title === nobodys.title ? ` ${names.join()}` : ''}`;
    return [`${who} ${route.method} ${route.path} ${JSON.stringify(headers)}: ${short(theirs)}, not ${short(nobodys)}`];
  }

  const sample = (route: Route, seed: number): unknown =>
    route.body === undefined ? undefined : fc.sample(fitting(route.body), { seed, numRuns: 1 })[0];
  const withQuery = (route: Route, seed: number): string => {
    const query = route.query.flatMap(({ name, schema }) => {
      const value = fc.sample(fitting(schema), { seed, numRuns: 1 })[0];
      return typeof value === 'string' || typeof value === 'number' ? [`${name}=${encodeURIComponent(String(value))}`] : [];
    });
    return query.length === 0 ? '' : `?${query.join('&')}`;
  };
  /** Who issued an alert knows whom it was delivered to: from the alert's own page. */
  const issued = (who: PersonaKey, { root }: Thing): boolean =>
    root === '/api/deliveries' && [...reads].some((one) => one.startsWith(`${who} alert-`));
  const outsiders = (thing: Thing): PersonaKey[] => PEOPLE.filter((who) => !reads.has(`${who} ${thing.of}`) && !issued(who, thing));

  it('there are such people for every case, colleagues of whoever may know it among them', () => {
    const cases = things.filter(({ root }) => root === '/api/cases');
    expect(cases.length).toBeGreaterThan(2);
    expect(new Set(things.map(({ root }) => root)).size).toBeGreaterThan(2);
    for (const one of cases) expect([one.stream, outsiders(one).length > 5]).toEqual([one.stream, true]);
    const ofNino = cases.filter(({ of }) => reads.has(`nino ${of}`));
    expect(ofNino.some((one) => outsiders(one).includes('rita'))).toBe(true);
  });

  it('every route answers with a handle they were told exactly as with one that nobody has', async () => {
    const found: string[] = [];
    let asked = 0;
    for (const thing of things)
      for (const who of outsiders(thing))
        for (const route of routes.filter(({ path }) => path.startsWith(`${thing.root}/{`))) {
          const body = sample(route, asked);
          const query = withQuery(route, asked);
          found.push(...(await difference(who, route, thing, (of) => [route.path.replace(/\{\w+\}/, of) + query, body])));
          asked++;
        }
    console.info(`outsiders: ${asked} questions about ${things.length} records`);
    expect(asked).toBeGreaterThan(800);
    expect(found.slice(0, 20)).toEqual([]);
    expect(unrecorded.slice(0, 20)).toEqual([]);
  }, 600_000);

  it('a codename tells nothing to whoever may not break the glass, and one that is none is on record', async () => {
    const route = routes.find(({ method, path }) => method === 'POST' && path === '/api/break-glass')!;
    const of = things.find((thing) => reads.has(`giulia ${thing.stream}`))!;
    const custodian = world.ids.organisations['progetto-umbria'] ?? '';
    const { codename } = await story.running.foundation.vaults.of(of.region).handleFor(of.stream, custodian);
    const wish = { custodian, group: 'CON', reason: 'imminent_danger_to_life', account: 'Prova di chi tira a indovinare' };
    const break_ = (named: string): Promise<Said> =>
      ask('marco', route, route.path, { ...wish, codename: named }, { 'Raccordo-Purpose': 'emergency' });
    expect(await break_(codename)).toEqual(await break_('Nessuno 0A0'));
    type Page = { entries: { entry: { body: { effect: string; reasons: string[] } } }[] };
    const guessed = ({ entries }: Page): boolean => entries.some(({ entry }) => entry.body.reasons.includes('case.codename-unknown'));
    const trail = await world.until<Page>(
      'ada',
      'GET',
      '/api/audit/entries?act=OpenBreakGlass&effect=denied',
      ({ body }) => (body.entries?.length ?? 0) > 1 && guessed(body),
      { purpose: 'audit', acr: 3 },
    );
    expect(guessed(trail.body)).toBe(true);
  }, 60_000);

  it('every body that names a case is answered with one they were told exactly as with one that nobody has', async () => {
    const naming: [string, string][] = [
      ['/api/referrals', 'case'],
      ['/api/unmaskings', 'case'],
      ['/api/erasures', 'subject'],
      ['/api/contacts/{handle}/link', 'case'],
    ];
    const contacts = new Map<PersonaKey, string>();
    const found: string[] = [];
    let asked = 0;
    for (const thing of things.filter(({ root }) => root === '/api/cases'))
      for (const who of outsiders(thing)) {
        if (!contacts.has(who)) {
          const met = { on: '2026-03-01', comune: '054039', channel: 'street', language: 'fr', met: 'came_by_themself' };
          const recorded = await world.post<{ handle?: string }>(who, '/api/contacts', met);
          contacts.set(who, recorded.body.handle ?? `umbria.${NOBODYS}`);
        }
        for (const [path, field] of naming) {
          const route = routes.find((one) => one.method === 'POST' && one.path === path)!;
          const body = sample(route, asked) as object;
          for (const at of new Set([contacts.get(who) ?? '', `umbria.${NOBODYS}`])) {
            found.push(...(await difference(who, route, thing, (of) => [path.replace(/\{\w+\}/, at), { ...body, [field]: of }])));
            asked++;
          }
        }
      }
    expect(asked).toBeGreaterThan(100);
    expect(found.slice(0, 20)).toEqual([]);
    expect(unrecorded.slice(0, 20)).toEqual([]);
  }, 240_000);
});
