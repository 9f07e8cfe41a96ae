import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CasesModule } from '@contexts/cases';
import {
  compileList,
  ContextSigner,
  installSigningKey,
  loadPolicy,
  placeOf,
  type Policy,
  type SqlQuery,
  withPrincipal,
} from '@platform/access';
import { readerRole } from '@platform/database';
import type { Client, Pool } from 'pg';
import type { Closing } from './closing';
import { type Figure, figure, percentile } from './figure';
import { fillCases, type Person, PERSONS } from './list-world';
import { CASE_POLICY } from './root';
import { type Bench, startServer } from './server';
import type { Sizes } from './sizes';

const LIMIT = 50;
const WARM = 8;

/** Where it stands when that last changed which these grants show. */
const SEEN = (['REF', 'ID', 'NEED', 'TERR'] as const)
  .flatMap((group) => (['codes', 'whole'] as const).map((what) => `c.changed_at[${placeOf({ group, what })}]`))
  .join();

/**
 * The same page as a careful engineer would write it for this schema, knowing the data: no relation is asked, the person of a grant is taken to be
 * active, every grant to be of identity, needs and territory, and nobody signs anything. $1 member, $2 now, $3 purpose.
 */
const BY_HAND = (() => {
  const page = `order by key desc, case_id desc limit ${LIMIT}`;
  const mine = `array (select s.team from cases.directory_seat s where s.member = $1::text and (s.until is null or s.until > $2::timestamptz))`;
  const granted = (
    holder: string,
  ): string => `(select c.case_id, case when c.team = any (${mine}) then c.updated_at else greatest(${SEEN}) end as key from (
    select distinct g.case_id from ${holder} and g.ended_at is null and g.expires_at > $2::timestamptz and g.purpose = $3::text
      and exists (select 1 from cases.basis b where b.basis = g.basis and b.live and (b.expires_at is null or b.expires_at > $2::timestamptz))) g
    join cases.case_list c on c.case_id = g.case_id where c.phase <> 'Closed' and not ($1::text = any (c.recused)) ${page})`;
  const seats = `cases.directory_seat s join cases.access_grant g on g.team = s.team where s.member = $1::text and (s.until is null or s.until > $2::timestamptz)`;
  return `select u.case_id, u.key::text as key from (
  (select h.case_id, h.key from cases.directory_member m join cases.directory_organisation o on o.organisation = m.organisation and o.active
    join cases.directory_seat s on s.member = m.member and (s.until is null or s.until > $2::timestamptz)
    cross join lateral (select c.case_id, c.updated_at as key from cases.case_list c
      where c.team = s.team and (c.phase <> 'Closed' or c.custodian = m.organisation) and not ($1::text = any (c.recused)) ${page}) h
    where m.member = $1::text and m.active ${page})
  union ${granted('cases.access_grant g where g.member = $1::text')}
  union ${granted(seats)}) u ${page}`;
})();

/** One way of asking for a page: the cases it shows. */
interface Way {
  readonly name: 'by-hand' | 'strict' | 'key-view';
  readonly pid: () => Promise<number>;
  readonly page: (person: Person) => Promise<string[]>;
}
type Row = { readonly case_id: string };

/** Processor time a backend has used so far, in milliseconds; undefined where there is no /proc. */
function spent(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return undefined;
  }
}

/** The backend goes on for a moment after its answer: its time is final once two looks agree. */
async function settled(pid: number): Promise<number | undefined> {
  for (let last = spent(pid); ;) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = spent(pid);
    if (now === last) return now;
    last = now;
  }
}

export async function listFigures(closing: Closing, sizes: Sizes, say: (figures: readonly Figure[]) => void): Promise<void> {
  const bench = await startServer(closing);
  await bench.databases.prepare(CasesModule.schema);
  await fillCases(bench.admin, sizes);
  const ways = await waysOf(bench);
  const samples = new Map<string, number[]>();
  for (const person of PERSONS) {
    const [expected, ...others] = await Promise.all(ways.map((way) => way.page(person)));
    if (others.some((page) => page.join() !== expected?.join()))
      throw new Error(`the ways of asking disagree for ${person.by.actor.member}`);
    if (((expected?.length ?? 0) === 0) !== (person.kind === 'nobody')) throw new Error(`${person.by.actor.member} has the wrong list`);
    await measure(ways, person, Math.max(1, Math.round(sizes.pages / 4)), samples);
  }
  say(figuresOf(samples));
}

/** The ways take turns, so that what disturbs one disturbs the others. */
async function measure(ways: readonly Way[], person: Person, pages: number, samples: Map<string, number[]>): Promise<void> {
  for (let n = -WARM; n < pages; n++) {
    for (const way of ways) {
      const pid = await way.pid();
      const before = await settled(pid);
      await way.page(person);
      const after = await settled(pid);
      if (n < 0 || before === undefined || after === undefined) continue;
      for (const key of [way.name, `${way.name}.${person.kind}`]) samples.set(key, [...(samples.get(key) ?? []), after - before]);
    }
  }
}

function figuresOf(samples: ReadonlyMap<string, readonly number[]>): Figure[] {
  const at = (key: string, p: number): number | null => (samples.has(key) ? percentile(samples.get(key) ?? [], p) : null);
  const kinds = [...new Set(PERSONS.map((person) => person.kind))];
  const one = (p: number, way: 'strict' | 'key-view', kind?: string): Figure => {
    const name = ['list.policy', `p${p}`, ...(way === 'strict' ? [] : [way]), ...(kind ? [kind] : [])].join('.');
    const suffix = kind ? `.${kind}` : '';
    return figure(name, at(way + suffix, p), 'ms CPU', at(`by-hand${suffix}`, p));
  };
  const everybody = (['strict', 'key-view'] as const).flatMap((way) => [one(50, way), one(95, way)]);
  const each = (['strict', 'key-view'] as const).flatMap((way) => kinds.flatMap((kind) => [one(50, way, kind), one(95, way, kind)]));
  return [...everybody, ...each];
}

async function waysOf(bench: Bench): Promise<Way[]> {
  const signing = { kid: 'bench', key: randomBytes(32) };
  await bench.databases.asOwner((owner) => installSigningKey(owner, signing, new Date(Date.now() + 86_400_000)));
  const signer = new ContextSigner(signing);
  const policy = loadPolicy(readFileSync(CASE_POLICY, 'utf8'));
  const reader = bench.databases.pool(readerRole('cases'), 1);
  return [byHand(await bench.connect()), compiled(reader, signer, policy, false), compiled(reader, signer, policy, true)];
}

const pidOf = async (client: Pick<Client | Pool, 'query'>): Promise<number> => {
  const { rows } = (await client.query({ name: 'pid', text: 'select pg_backend_pid() as pid' })) as { rows: { pid: number }[] };
  return rows[0]?.pid ?? 0;
};

/** As superuser, so that no row-level security stands in the way, in a transaction like ours and prepared like ours. */
const byHand = (client: Client): Way => ({
  name: 'by-hand',
  pid: () => pidOf(client),
  page: async ({ by }) => {
    await client.query('begin isolation level repeatable read read only');
    await client.query({ name: 'generic', text: "select set_config('plan_cache_mode', 'force_generic_plan', true)" });
    const { rows } = await client.query<Row>({ name: 'by_hand', text: BY_HAND, values: [by.actor.member, by.at, by.purpose] });
    await client.query('commit');
    return rows.map((row) => row.case_id);
  },
});

/** The compiled list under row-level security as the signed principal, as a request handler asks. */
const compiled = (reader: Pool, signer: ContextSigner, policy: Policy, keyView: boolean): Way => ({
  name: keyView ? 'key-view' : 'strict',
  pid: () => pidOf(reader),
  page: async ({ by }) => {
    const query: SqlQuery | undefined = compileList(policy, by, { limit: LIMIT, keyView });
    if (!query) return [];
    const rows = await withPrincipal(reader, signer, by.actor.member, by.purpose, (reads) => reads.rows<Row>(query), { at: by.at });
    return rows.map((row) => row.case_id);
  },
});
