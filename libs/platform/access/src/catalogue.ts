import { OWNER } from '@platform/database';
import type { ClientBase } from 'pg';
import { CONTEXT_KEEPER } from './row-security';

export interface CatalogueRules {
  /** Schemas of contexts, e.g. `['cases', 'referrals']`. */
  readonly schemas: readonly string[];
  /** A table with one of these columns holds case data. */
  readonly caseColumns?: readonly string[];
  /** Tables with such a column that hold no case data, schema-qualified, each for a reason the caller can give. */
  readonly exempt?: readonly string[];
}

/** The only views that may read with their owner's rights: routing keys without content, and the person's own grants. */
const KEEPERS_VIEWS = ['sec.case_keys', 'sec.my_grants', 'sec.granted_cases'];

const CHECKS: readonly { readonly breach: string; readonly sql: string }[] = [
  {
    breach: 'a service role can bypass row security or administer',
    sql: `select rolname as what from pg_roles where rolname like 'raccordo\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  },
  {
    breach: 'a service role owns an object',
    sql: `select r.rolname || ' owns ' || o.what as what from pg_roles r join (
            select relowner as owner, relnamespace::regnamespace || '.' || relname as what from pg_class
            union all select proowner, pronamespace::regnamespace || '.' || proname from pg_proc
            union all select nspowner, nspname from pg_namespace
            union all select datdba, datname from pg_database) o on o.owner = r.oid
          where r.rolname like 'raccordo\\_%' and r.rolname not in ($2, $3)`,
  },
  {
    breach: 'a service role can become another role',
    sql: `select m.rolname || ' is a member of ' || g.rolname as what from pg_auth_members a
          join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
          where m.rolname like 'raccordo\\_%' and not (m.rolname = $2 and g.rolname = $3 and not a.inherit_option)`,
  },
  {
    breach: 'the keeper of the signing key can log in',
    sql: `select rolname as what from pg_roles where rolname = $3 and rolcanlogin and $2 <> ''`,
  },
  {
    breach: 'somebody but its keeper can read the signing key',
    sql: `select r.rolname as what from pg_roles r, pg_class c where c.oid = to_regclass('sec.mac_key') and not r.rolsuper and r.rolname not in ($3, $2)
          and r.rolname not like 'pg\\_%'
          and has_table_privilege(r.oid, c.oid, 'select,insert,update,delete,truncate')`,
  },
  {
    breach: 'a table of case data is not under forced row security',
    sql: `select n.nspname || '.' || c.relname as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = any ($1) and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
          and n.nspname || '.' || c.relname <> all ($5)
          and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname = any ($4))`,
  },
  {
    breach: 'the request-handling role can write or reference a table',
    sql: `select g.grantee || ' may ' || lower(g.privilege_type) || ' ' || g.table_schema || '.' || g.table_name as what
          from information_schema.role_table_grants g
          where g.table_schema = any ($1) and g.grantee = 'raccordo_' || g.table_schema and g.privilege_type <> 'SELECT'`,
  },
  {
    breach: 'a view reads with its owner’s rights',
    sql: `select n.nspname || '.' || c.relname as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('v', 'm') and (n.nspname = any ($1) or n.nspname = 'sec') and n.nspname || '.' || c.relname <> all ('{${KEEPERS_VIEWS.join(',')}}')
          and (c.relkind = 'm' or not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on'])`,
  },
  {
    breach: 'a function with its owner’s rights does not pin its search path',
    sql: `select n.nspname || '.' || p.proname as what from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where p.prosecdef and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and not exists (select 1 from unnest(p.proconfig) setting where setting like 'search_path=%')`,
  },
];

/** What the catalogue breaks of the rules below, as sentences; empty when all is well. */
export async function catalogueBreaches(client: Pick<ClientBase, 'query'>, rules: CatalogueRules): Promise<string[]> {
  const all = [rules.schemas, OWNER, CONTEXT_KEEPER, rules.caseColumns ?? ['case_id'], rules.exempt ?? []];
  const found: string[] = [];
  for (const { breach, sql } of CHECKS) {
    // Each statement gets only the parameters it names, because Postgres has to know the type of every one.
    const used = all.map((value, n) => (sql.includes(`$${n + 1}`) ? value : undefined));
    const numbers = new Map<number, number>();
    used.forEach((value, n) => value !== undefined && numbers.set(n + 1, numbers.size + 1));
    const text = sql.replace(/\$(\d)/g, (_, n: string) => `$${numbers.get(Number(n))}`);
    const { rows } = await client.query<{ what: string }>(
      text,
      used.filter((value) => value !== undefined),
    );
    found.push(...rows.map(({ what }) => `${breach}: ${what}`));
  }
  return found;
}

/**
 * For the application's catalogue spec: service roles own nothing, bypass nothing and become nobody; case data is under forced row security;
 * no view or function lends its owner's rights by accident.
 * @throws Error that lists every breach
 */
export async function assertServiceRolesOwnNothing(client: Pick<ClientBase, 'query'>, rules: CatalogueRules): Promise<void> {
  const breaches = await catalogueBreaches(client, rules);
  if (breaches.length > 0) throw new Error(breaches.join('\n'));
}
