import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { assertServiceRolesOwnNothing } from '@platform/access';
import { routesOf } from '@platform/http';
import { CANARIES, Checks, STEPS } from '@raccordo/demo';
import { StoryApp } from './story-app';

/** Schemas of contexts: what holds data about cases there is under row-level security. */
const CATALOGUE = {
  schemas: ['cases', 'referrals', 'alerts', 'regions', 'audit'],
  // Says only which organisation has an open custody, and is only ever counted: before an organisation may leave.
  exempt: ['regions.open_custody'],
};

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

  it('keeps no value of the vault in clear in any table, for whoever holds the machine (A6)', async () => {
    const found: string[] = [];
    await story.bare(async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`,
      );
      expect(tables.length).toBeGreaterThan(20);
      for (const { name } of tables) {
        for (const canary of CANARIES) {
          const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${name} t where t::text ilike $1`, [
            `%${canary}%`,
          ]);
          if (rows[0]?.n !== 0) found.push(`${name}: ${canary}`);
        }
      }
    });
    expect(found).toEqual([]);
  });

  it('keeps none in any file either: spools, keys, the database’s own files and logs (A6)', () => {
    const found: string[] = [];
    const look = (folder: string): void => {
      for (const name of readdirSync(folder)) {
        const file = path.join(folder, name);
        const stat = statSync(file, { throwIfNoEntry: false });
        if (stat?.isDirectory()) look(file);
        else if (stat?.isFile()) {
          const bytes = readFileSync(file);
          for (const canary of CANARIES) if (bytes.includes(canary)) found.push(`${path.relative(story.data, file)}: ${canary}`);
        }
      }
    };
    look(story.data);
    expect(found).toEqual([]);
  });

  it('finds a canary where one is: the search above looks', async () => {
    await story.bare(async (client) => {
      await client.query('create temporary table planted (text text)');
      await client.query('insert into planted values ($1)', [`vorgefunden ${CANARIES[0]}`]);
      const { rows } = await client.query<{ n: number }>('select count(*)::int as n from planted t where t::text ilike $1', [
        `%${CANARIES[0]}%`,
      ]);
      expect(rows[0]?.n).toBe(1);
    });
  });

  it('lets services own nothing and bypass nothing', async () => {
    await story.bare((client) => assertServiceRolesOwnNothing(client, CATALOGUE));
  });

  it('has no route that does not say what it does', () => {
    const routes = routesOf(story.running.app);
    expect(routes.length).toBeGreaterThan(80);
    expect(routes.filter((route) => !route.open && route.act === undefined)).toEqual([]);
  });

  it('answers every route of a context with 401 to strangers', async () => {
    const open: string[] = [];
    for (const { method, path: route } of routesOf(story.running.app).filter(
      (one) => one.path.startsWith('/api/') && one.path !== '/api/setup',
    )) {
      const answer = await fetch(story.running.url + route.replace(/:\w+|\{\w+\}/g, 'x'), { method });
      await answer.body?.cancel();
      if (answer.status !== 401) open.push(`${method} ${route}: ${answer.status}`);
    }
    expect(open).toEqual([]);
  });

  it('stays closed to a second set-up', async () => {
    const answer = await fetch(`${story.running.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'raccordo-setup-token': 'guess' },
      body: JSON.stringify({ regions: [], organisations: [], members: [], teams: [] }),
    });
    expect([400, 403]).toContain(answer.status);
  });
});
