import { assertServiceRolesOwnNothing } from '@platform/access';
import { routesOf } from '@platform/http';
import { Checks, STEPS } from '@raccordo/demo';
import { StoryApp } from './story-app';

/** Schemas of contexts: what holds data about cases there is under row-level security. */
const CATALOGUE = {
  schemas: ['cases', 'referrals', 'alerts', 'regions', 'audit'],
  // Says only which organisation has an open custody, and is only ever counted: before an organisation may leave.
  exempt: ['regions.open_custody'],
};

/** Names of organisations and teams, which people sort, are with the regions. */
const OTHER_COLLATIONS = `
  select a.attrelid::regclass || '.' || a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
  where c.relnamespace = any ('{cases,referrals,alerts,audit}'::regnamespace[]) and a.attnum > 0 and not a.attisdropped
    and a.atttypid = 'text'::regtype and a.attcollation <> '"C"'::regcollation order by 1`;

describe('the whole application', () => {
  let story: StoryApp;
  beforeAll(async () => {
    story = await StoryApp.start();
  }, 120_000);
  afterAll(() => story.stop());

  it.each(STEPS.map((step) => [step.number, step.name, step] as const))(
    'lives step %i of the story: %s',
    async (_number, _name, step) => {
      const checks = new Checks();
      await step.run(story.world, checks);
      expect(checks.list.filter(({ ok }) => !ok)).toEqual([]);
      expect(checks.list.some(({ refusal }) => refusal)).toBe(true);
    },
    120_000,
  );

  it('lets services own nothing and bypass nothing', async () => {
    await story.bare((client) => assertServiceRolesOwnNothing(client, CATALOGUE));
  });

  it('compares codes and identifiers byte by byte everywhere, since an index of one collation is of no use to a column of another', async () => {
    const { rows } = await story.bare((client) => client.query<{ column: string }>(OTHER_COLLATIONS));
    expect(rows.map(({ column }) => column)).toEqual([]);
  });

  it('has no route that does not say what it does', () => {
    const routes = routesOf(story.running.app);
    expect(routes.length).toBeGreaterThan(80);
    expect(routes.filter((route) => !route.open && route.act === undefined)).toEqual([]);
  });

  it('answers every route of a context with 401 to strangers', async () => {
    const open: string[] = [];
    for (const { method, path: route } of routesOf(story.running.app).filter(
      // The set-up has a token of its own: below.
      (one) => one.path.startsWith('/api/') && !one.path.startsWith('/api/setup'),
    )) {
      const answer = await fetch(story.running.url + route.replace(/:\w+|\{\w+\}/g, 'x'), { method });
      await answer.body?.cancel();
      if (answer.status !== 401) open.push(`${method} ${route}: ${answer.status}`);
    }
    expect(open).toEqual([]);
  });

  it('stays closed to a second set-up, also in steps', async () => {
    for (const { method, path: route } of routesOf(story.running.app).filter((one) => one.path.startsWith('/api/setup'))) {
      const step = await fetch(story.running.url + route, { method, headers: { 'raccordo-setup-token': 'guess' } });
      await step.body?.cancel();
      expect([400, 403]).toContain(step.status);
    }
    const answer = await fetch(`${story.running.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'raccordo-setup-token': 'guess' },
      body: JSON.stringify({ regions: [], organisations: [], members: [], teams: [] }),
    });
    expect([400, 403]).toContain(answer.status);
  });
});
