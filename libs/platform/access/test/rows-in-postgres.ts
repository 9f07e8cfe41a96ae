import type { Client } from 'pg';
import { ContextSigner, PLACES, type SqlQuery } from '../src';
import { MEMBERS, ORGANISATIONS, type Rows } from './world';

const START = Date.parse('2031-03-14T00:00:00.000Z');
/** Hours of the model as instants. */
export const instant = (hours: number): string => new Date(START + hours * 3_600_000).toISOString();

/** What a case says beside what decides about access to it. */
export interface Content {
  readonly opened_on: string;
  readonly updated_at: string;
  readonly needs: readonly string[];
  readonly comune: string;
  readonly companies: readonly string[];
  readonly urgent: boolean;
  /** Of each part of the case, in the order of their places. */
  readonly changed_at: readonly string[];
  readonly phase?: string;
  readonly responsible?: string;
}
export const plainContent = (caseId: string): Content => ({
  opened_on: '2031-01-01',
  updated_at: instant(caseId.length),
  ...{ needs: [], comune: '054039', companies: [], urgent: false },
  changed_at: Array.from({ length: PLACES }, () => instant(caseId.length)),
});

const fill = (table: string, columns: string): string =>
  `insert into cases.${table} select * from jsonb_to_recordset($1::jsonb) as r (${columns})`;

/** Puts the rows into the tables, inside the transaction the client is in. */
export async function load(client: Client, rows: Rows, contentOf: (caseId: string) => Content = plainContent): Promise<void> {
  await client.query('delete from cases.case_list; delete from cases.access_grant; delete from cases.basis');
  await client.query('delete from cases.directory_member; delete from cases.directory_seat; delete from cases.directory_organisation');
  const into = (table: string, columns: string, values: readonly object[]) => client.query(fill(table, columns), [JSON.stringify(values)]);
  await into(
    'directory_organisation',
    'organisation text, kind text, region text, active boolean',
    Object.entries(ORGANISATIONS).map(([organisation, region]) => ({
      ...{ organisation, kind: 'anti_trafficking_project', region, active: !rows.suspended.has(organisation as never) },
    })),
  );
  await into(
    'directory_member',
    'member text, organisation text, active boolean',
    Object.entries(MEMBERS).map(([member, { organisation }]) => ({ member, organisation, active: !rows.disabled.has(member as never) })),
  );
  await into(
    'directory_seat',
    'team text, member text, until timestamptz',
    [...rows.seats].map((seat) => ({ team: seat.split('|')[0], member: seat.split('|')[1] })),
  );
  await into(
    'case_list',
    'case_id text, region text, custodian text, team text, phase text, opened_on date, updated_at timestamptz, responsible text, sealed_groups text[], recused text[], needs text[], comune text, companies text[], urgent boolean, changed_at timestamptz[]',
    [...rows.cases].map(([case_id, { region, custodian, team, phase, responsible, sealed, recused }]) => ({
      ...{ case_id, region, custodian, team, phase, responsible, sealed_groups: sealed, recused },
      ...contentOf(case_id),
    })),
  );
  await into(
    'access_grant',
    'grant_id text, case_id text, member text, team text, organisation text, relation text, groups text[], purpose text, basis_kind text, basis text, expires_at timestamptz, ended_at timestamptz, service_family text',
    [...rows.grants].map(([grant_id, grant]) => ({
      ...{ grant_id, case_id: grant.case, member: grant.member, team: grant.team, organisation: 'any', relation: grant.relation },
      ...{ groups: grant.groups, purpose: grant.purpose, basis_kind: 'consent', basis: grant.basis, service_family: grant.service },
      ...{ expires_at: instant(grant.expires), ended_at: grant.ended ? instant(0) : null },
    })),
  );
  await into(
    'basis',
    'basis text, case_id text, live boolean, expires_at timestamptz',
    [...rows.bases].map(([basis, { case: case_id, live, expires }]) => ({ basis, case_id, live, expires_at: instant(expires) })),
  );
}

type Asked = Pick<SqlQuery, 'text' | 'values'> & { readonly name?: string };

/** Runs queries as a request handler would, on behalf of a member, in the transaction the client is in. */
export async function asMember<T>(
  client: Client,
  signer: ContextSigner,
  member: string,
  at: string,
  read: (ask: <R extends object>(query: Asked | undefined) => Promise<R[]>) => Promise<T>,
): Promise<T> {
  await client.query('set local role raccordo_cases');
  await client.query("select set_config('raccordo.ctx', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)", [
    signer.sign({ member, purpose: 'any', at }),
  ]);
  const result = await read(async <R extends object>(query: Asked | undefined) =>
    query ? (await client.query<R>({ ...query, values: [...query.values] })).rows : [],
  );
  await client.query('reset role');
  return result;
}

/** One transaction that leaves nothing behind. */
export async function tried<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    return await work();
  } finally {
    await client.query('rollback');
  }
}
