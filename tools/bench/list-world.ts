import { type ListAuthority, PLACES } from '@platform/access';
import type { Client } from 'pg';
import type { Sizes } from './sizes';

/** The deciding clock of every question. */
const AT = '2031-03-14T09:00:00.000Z';
/** Members of each kind of person, so that no figure hangs on one person's luck. */
const EACH = 4;
const INTERREGIONAL = 4;

export interface Person {
  readonly kind: 'team' | 'coordinator' | 'grantee' | 'both' | 'nobody';
  readonly by: ListAuthority;
}

/** How many teams of a coordinator; their names only matter where somebody counts them. */
const COORDINATED = 20;
const teamsOf = (kind: Person['kind'], n: number): string[] => {
  if (kind === 'coordinator') return Array.from({ length: COORDINATED }, (_, k) => `coordinated-${n}-${k}`);
  return kind === 'team' ? ['own'] : kind === 'both' ? ['own', 'interregional'] : [];
};

/** A member of one team, one of twenty, one with grants only, one with a team, grants and an interregional team, and one with nothing. */
export const PERSONS: readonly Person[] = (['team', 'coordinator', 'grantee', 'both', 'nobody'] as const).flatMap((kind) =>
  Array.from({ length: EACH }, (_, n) => ({
    kind,
    by: {
      actor: { member: `${kind}-${n}`, kind: 'anti_trafficking_project', disciplines: ['social_worker'], acr: 2, teams: teamsOf(kind, n) },
      purpose: kind === 'both' ? 'joint_case' : 'direct_assistance',
      at: AT,
    } satisfies ListAuthority,
  })),
);

// One number from a text, the same at every run; `salt` makes independent ones.
const dice = (of: string, salt: string, sides: number | string): string =>
  `(hashtextextended(${of}::text, ${salt.length}) & 2147483647) % ${sides}`;
const MEMBERS_OF_A_TEAM = 10;

/**
 * Fills the tables of cases by SQL. Teams of about 2,500 cases (500 when there are few), four teams an organisation; a fifth of the cases closed; of the
 * grants 12 % go to the four persons with grants, 4 % to those with both, 8 % to interregional teams, the rest to members at large; some ended,
 * expired, or without a basis in force.
 */
export async function fillCases(admin: Client, { cases, grants }: Sizes): Promise<void> {
  const teams = Math.max(40, Math.round(cases / 2500));
  const person = (kind: string): string => `select '${kind}-' || n as member, n from generate_series(0, ${EACH - 1}) n`;
  const seat = (team: string, member: string): string => `select ${team}, ${member}, 'any', 'umbria', 'social_worker', null::timestamptz`;
  await admin.query(`
begin;
insert into cases.directory_organisation (organisation, kind, sector, region, active, revision)
  select 'org-' || n, 'anti_trafficking_project', 'private', 'umbria', true, 0 from generate_series(0, ${Math.ceil(teams / 4)}) n;
insert into cases.directory_member (member, login, organisation, region, status, roles, disciplines, revision)
  select member, member, organisation, 'umbria', 'active', '{operator}', '{social_worker}', 0 from (
    select 'm-' || t || '-' || k as member, 'org-' || t / 4 as organisation from generate_series(0, ${teams - 1}) t, generate_series(0, ${MEMBERS_OF_A_TEAM - 1}) k
    union all ${['team', 'coordinator', 'grantee', 'both', 'nobody'].map((kind) => `select member, 'org-' || n from (${person(kind)}) p`).join(' union all ')}) m;
insert into cases.directory_seat (team, member, organisation, region, discipline, until)
  ${seat("'team-' || t", "'m-' || t || '-' || k")} from generate_series(0, ${teams - 1}) t, generate_series(0, ${MEMBERS_OF_A_TEAM - 1}) k
  union all ${seat("'team-' || n * 4", 'member')} from (${person('team')}) p
  union all ${seat("'team-' || n * 4", 'member')} from (${person('both')}) p
  union all ${seat("'inter-' || n", 'member')} from (${person('both')}) p
  union all ${seat("'team-' || (n * 20 + k) % " + teams, 'member')} from (${person('coordinator')}) p, generate_series(0, 19) k;
insert into cases.case_list (case_id, region, custodian, team, phase, opened_on, updated_at, responsible, sealed_groups, recused, needs, comune,
  companies, urgent, language, revision, age_band, origin, link_ids, changed_at)
  select 'case-' || md5(i::text)::uuid, 'umbria', 'org-' || team / 4, 'team-' || team,
    (array['Emersion', 'Proximity', 'FirstAssistance', 'SocialInclusion', 'FollowUp', 'Suspended', 'Closed', 'Closed', 'Proximity', 'FirstAssistance'])[1 + ${dice('i', 'a', 10)}],
    date '2031-03-14' - (${dice('i', 'bb', 1500)})::int, timestamptz '2031-03-14T09:00:00Z' - make_interval(secs => ${dice('i', 'ccc', 60_000_000)}),
    'm-' || team || '-' || ${dice('i', 'dddd', MEMBERS_OF_A_TEAM)}, '{}', case when i % 97 = 0 then array['team-0', 'coordinator-0', 'both-0'] else '{}' end,
    '{legal,housing}', '054013', '{}', i % 5 = 0, 'fr', 3, 'adult', 'own', '{}',
    array_fill(timestamptz '2031-03-14T09:00:00Z' - make_interval(secs => 60_000_000 + ${dice('i', 'ffffff', 60_000_000)}), array[${PLACES}])
  from (select i, ${dice('i', 'eeeee', teams)} as team from generate_series(1, ${cases}) i) c;
insert into cases.access_grant (grant_id, stream, case_id, member, team, organisation, relation, groups, purpose, basis_kind, basis, referral,
  expires_at, ended_at, service_family, revision)
  select 'grant-' || i, 'grant-' || i, 'case-' || md5((1 + ${dice('i', 'f', cases)})::text)::uuid,
    case when share < 12 then 'grantee-' || share % ${EACH} when share < 16 then 'both-' || share % ${EACH} when share < 24 then null
      else 'm-' || ${dice('i', 'gg', teams)} || '-' || ${dice('i', 'hhh', MEMBERS_OF_A_TEAM)} end,
    case when share between 16 and 23 then 'inter-' || share % ${INTERREGIONAL} end, 'any',
    case when share between 16 and 23 then 'interregional-team' else 'referral-accepted' end, '{ID,NEED,TERR}',
    case when share between 12 and 23 then 'joint_case' else 'direct_assistance' end, 'consent', 'consent-' || i, null,
    timestamptz '2031-03-14T09:00:00Z' + case when i % 10 = 3 then interval '-1 day' else interval '90 days' end,
    case when i % 20 = 7 then timestamptz '2031-02-01T09:00:00Z' end, 'other', 0
  from (select i, i * 7 % 100 as share from generate_series(1, ${grants}) i) g;
insert into cases.basis (basis, case_id, live, expires_at, revision)
  select basis, case_id, abs(hashtext(basis)) % 20 <> 0, expires_at, 0 from cases.access_grant;
commit`);
  for (const table of ['case_list', 'access_grant', 'basis', 'directory_member', 'directory_seat', 'directory_organisation'])
    await admin.query(`vacuum analyze cases.${table}`);
}
