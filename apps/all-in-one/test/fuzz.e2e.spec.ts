import { setTimeout as wait } from 'node:timers/promises';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { RateLimit } from '@platform/http';
import { type Session, signInAs } from '@platform/sign-in';
import { PERSONAS, type PersonaKey, runStory, STEPS, type World } from '@raccordo/demo';
import { errorCodes, fitting, places, put, type Route, routes } from './api-description';
import { hostileBodies, hostileHeaders, hostileIds, hostileQueries, hostileValues, MARK, some } from './hostile';
import { StoryApp } from './story-app';
import { tracesInTables } from './traces';

/** Who asks: people with much in their hands, each where it counts. */
const ASKING = ['giulia', 'elena', 'ada', 'dora', 'piero', 'marco'] as const satisfies readonly PersonaKey[];
const PURPOSE: Partial<Record<PersonaKey, string>> = { ada: 'audit', dora: 'data_subject_request' };
const SEED = 20_260_302;
/** Ends the session that everything else is asked with. */
const LAST_WORD = '/auth/logout';

interface Asked {
  readonly route: Route;
  readonly what: string;
  readonly path?: string;
  readonly query?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Nothing but a refusal will do. */
  readonly refused?: boolean;
}

describe('every route of the published interface', () => {
  let story: StoryApp;
  let world: World;
  const sessions: Session[] = [];
  const ajv = new Ajv({ strict: false, formats: { date: true, 'date-time': true } });
  let asked = 0;

  beforeAll(async () => {
    // How many requests one may send is specified elsewhere: here many are sent at once.
    jest.spyOn(RateLimit.prototype, 'take').mockReturnValue(0);
    story = await StoryApp.start();
    world = story.world;
    await runStory(world, STEPS.slice(0, 4));
    // What the story set going still goes on for a moment: reactors, and what they bring about.
    for (
      let [before, now] = ['', (await stored()).join()];
      before !== now || (await lagging());
      [before, now] = [now, (await stored()).join()]
    )
      await wait(500);
    for (const who of ASKING) sessions.push(await signInAs(story.running.url, PERSONAS[who].sub, 3));
  }, 120_000);
  afterAll(async () => {
    await story.stop();
    jest.restoreAllMocks();
  });

  /** Every event there is, by type. */
  const stored = (): Promise<string[]> =>
    story.bare(async (client) => {
      const { rows } = await client.query<{ type: string; n: number }>(
        'select type, count(*)::int as n from event_store.event group by type order by type',
      );
      return rows.map(({ type, n }) => `${type} ${n}`);
    });
  const lagging = async (): Promise<boolean> =>
    (await story.running.foundation.runner.status()).some(({ lag }) => lag !== undefined && lag !== 0);
  /** What the story knows by name, for a parameter of a path. */
  const real = (route: Route): string => {
    const { ids } = world;
    const [, , noun = ''] = route.path.split('/');
    const known: Record<string, string | undefined> = {
      ...{ cases: world.knows('case'), referrals: world.knows('referral'), companies: world.knows('company') },
      ...{ consents: world.knows('assistance'), teams: ids.teams['equipe-umbria'], members: ids.members['karim'], regions: 'umbria' },
      ...{ organisations: ids.organisations['progetto-umbria'], codes: 'need' },
    };
    return known[noun] ?? world.knows('case');
  };

  async function ask({
    route,
    path,
    query,
    body,
    headers = {},
  }: Asked): Promise<{ status: number; type: string; text: string; retry: string | null }> {
    const n = asked++;
    const session = sessions[n % sessions.length]!;
    const who = ASKING[n % ASKING.length]!;
    const at = (path ?? route.path.replace(/\{\w+\}/g, () => real(route))) + (query === undefined ? '' : `?${query}`);
    const send = route.method === 'GET' ? undefined : (body ?? '{}');
    const answer = await session.raw(new URL(story.running.url + at), {
      method: route.method,
      headers: {
        ...(send === undefined ? {} : { 'content-type': 'application/json' }),
        'x-csrf-token': session.csrf,
        ...(PURPOSE[who] === undefined ? {} : { 'Raccordo-Purpose': PURPOSE[who] }),
        ...headers,
      },
      ...(send === undefined ? {} : { body: send }),
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
      retry: answer.headers.get('retry-after'),
    };
  }

  /** What is wrong with an answer; empty where nothing is. */
  function faultsOf(one: Asked, answer: Awaited<ReturnType<typeof ask>>): string[] {
    const { status, type, text, retry } = answer;
    const faults: string[] = [];
    const named = (fault: string): void => void faults.push(`${one.route.method} ${one.route.path} ${one.what}: ${status} ${fault}`);
    if (text.includes(MARK)) named(`repeats what was sent: ${text.slice(0, 300)}`);
    if (status >= 500 && !(status === 503 && retry !== null)) named('is no fault of the service');
    if (status < 400) {
      if (one.refused) named('should have been refused');
      return faults;
    }
    if (!type.startsWith('application/problem+json')) named(`is ${type}`);
    else {
      const problem = JSON.parse(text) as { title: string; type: string; status: number };
      if (!errorCodes.has(problem.title)) named(`has a code nobody explained: ${problem.title}`);
      if (problem.type !== `docs/reference/errors.md#${problem.title}` || problem.status !== status) named('does not agree with itself');
    }
    return faults;
  }

  async function askAll(all: readonly Asked[]): Promise<string[]> {
    const faults: string[] = [];
    const waiting = [...all];
    const lane = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) faults.push(...faultsOf(one, await ask(one)));
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    return faults;
  }

  const withBody = routes.filter((route): route is Route & { body: NonNullable<Route['body']> } => route.body !== undefined);
  const sample = (route: Route): unknown => fc.sample(fitting(route.body ?? {}), { seed: SEED, numRuns: 1 })[0];
  const changing = (all: readonly Asked[]) => async (): Promise<void> => {
    const before = await stored();
    expect(all.length).toBeGreaterThan(100);
    expect((await askAll(all)).slice(0, 25)).toEqual([]);
    // What is refused leaves nothing; what passed by being in order is none of the hostile ones.
    if (all.every(({ refused }) => refused)) expect(await stored()).toEqual(before);
  };

  it('is described: what the process serves and what the description says are the same', () => {
    expect(routes.length).toBeGreaterThan(180);
    expect(withBody.length).toBeGreaterThan(90);
    for (const route of withBody) expect([route.path, ajv.validate(route.body, sample(route))]).toEqual([route.path, true]);
  });

  it('refuses a body that is none, without a word of it and without a trace', async () => {
    const all = withBody.flatMap((route) =>
      hostileBodies(sample(route)).map(({ what, body, headers }) => ({
        route,
        what,
        body,
        refused: true,
        ...(headers ? { headers } : {}),
      })),
    );
    await changing(all)();
  }, 240_000);

  it('refuses in every place what its description does not allow, tricks of Unicode and texts for spreadsheets included', async () => {
    let turn = 0;
    const all = withBody.flatMap((route) => {
      const valid = sample(route);
      const validate = ajv.compile(route.body);
      return places(route.body, valid).flatMap(({ at, schema }) => {
        const held = at.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], valid);
        return hostileValues(schema, held, turn++).flatMap(({ what, value, refused }) => {
          const body = put(valid, at, value);
          const must = refused === true || !validate(JSON.parse(JSON.stringify(body)));
          return must ? [{ route, what: `/${at.join('/')} ${what}`, body: JSON.stringify(body), refused: true }] : [];
        });
      });
    });
    console.info(`bodies: ${all.length} hostile ones on ${withBody.length} routes`);
    await changing(all)();
  }, 600_000);

  it('knows no record by an id that is none, that is another region’s or another audience’s', async () => {
    const theirs = [world.knows('case-toscana'), world.knows('linked'), world.knows('referral-toscana'), world.ids.members['elena'] ?? ''];
    const all = routes
      .filter(({ path }) => path.includes('{'))
      .flatMap((route, n) =>
        ['%00', ...some(hostileIds(theirs), n, 7)].map((id) => ({
          ...{ route, what: `id ${id.slice(0, 30)}`, path: route.path.replace(/\{\w+\}/g, id), refused: /Zq7|%/.test(id) },
          ...(route.body === undefined ? {} : { body: JSON.stringify(sample(route)) }),
          headers: { 'If-Match': '"AAAA"' },
        })),
      );
    await changing(all)();
  }, 240_000);

  it('answers a question or a header that is none without a fault of its own', async () => {
    const reading = routes.filter(({ method, path }) => method === 'GET' && !path.includes('/changes/'));
    const questions = reading.flatMap((route, n) =>
      some(hostileQueries(route.query.map(({ name }) => name)), n, 12).map((query) => ({ route, what: `?${query}`, query })),
    );
    const headers = routes
      .filter(({ path }) => path !== LAST_WORD)
      .flatMap((route, n) =>
        some(hostileHeaders, n, 4).map((given) => ({
          ...{ route, what: `header ${JSON.stringify(given).slice(0, 40)}`, headers: given },
          ...(route.body === undefined ? {} : { body: `{"${MARK}":1}` }),
        })),
      );
    await changing([...questions, ...headers])();
  }, 240_000);

  it('answers any body its description allows without a fault of its own, about records that exist', async () => {
    const doing = withBody.filter(({ path }) => !path.startsWith('/auth/') && path !== '/api/setup');
    const all = doing.flatMap((route) =>
      fc.sample(fitting(route.body), { seed: SEED + 1, numRuns: 4 }).map((body, n) => ({
        ...{ route, what: `allowed ${n}`, body: JSON.stringify(body) },
        ...(n % 2 ? { headers: { 'If-Match': '*' } } : {}),
      })),
    );
    await changing(all)();
  }, 240_000);

  it('has left nothing of all that in any table', async () => {
    const { found } = await story.bare((client) => tracesInTables(client, [MARK]));
    expect(found).toEqual([]);
  }, 60_000);
});
