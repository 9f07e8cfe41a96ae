import { Injectable } from '@nestjs/common';
import { isWord, type Relation, RELATIONS, SERVICE_FAMILIES, type SqlQuery } from '@platform/access';
import { FIELD_GROUPS, type FieldGroup } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { CaseLabel, HeldGrant } from './case-standing';
import type { GroupContent } from './case-view';
import type { DocumentGroup, HeldDocument } from './document-reference';

interface LabelRow {
  case_id: string;
  region: string;
  custodian: string;
  team: string;
  phase: string;
  sealed_groups: string[];
  recused: string[];
  responsible: string;
  revision: number;
  updated_at: Date;
  changed_at: (Date | null)[];
}
const LABEL = 'case_id, region, custodian, team, phase, sealed_groups, recused, responsible, revision, updated_at, changed_at';
interface GrantRow {
  stream: string;
  revision: number;
  relation: string;
  member: string | null;
  team: string | null;
  groups: string[];
  purpose: string;
  service_family: string;
  expires_at: Date;
  ended_at: Date | null;
  basis: string;
  basis_live: boolean | null;
  basis_expires_at: Date | null;
  basis_revision: number | null;
}

/** A case as a list has it. */
export interface ListedCase extends CaseLabel {
  /** When anything of the case last changed: for the custodian's own people. */
  readonly updatedAt: Date;
  /** When each part of it did: see `lastChangeIn`. */
  readonly changedAt: readonly (Date | null)[];
}

/** A consent as those who hold the case see it. */
export interface ConsentLine {
  readonly consent: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly groups: string[];
  readonly status: string;
  readonly givenAt: string | null;
  readonly expires: string | null;
  readonly revision: number;
}

/** One line of a case's history: codes only. */
export interface HistoryLine {
  readonly at: string;
  readonly type: string;
  readonly actor: string;
  readonly organisation: string;
  readonly stream: string;
  readonly revision: number;
  readonly line: Record<string, unknown>;
}

const groupsOf = (texts: readonly string[]): FieldGroup[] => texts.filter((text): text is FieldGroup => isWord(FIELD_GROUPS, text));

/** Reads the case tables; under row-level security the database itself shows only rows inside the caller's envelope. */
@Injectable()
export class CaseRows {
  /** Undefined where the case does not exist, or not for this principal. */
  async label(tx: EntityManager, caseId: string): Promise<CaseLabel | undefined> {
    const [row] = await tx.query<LabelRow[]>(`select ${LABEL} from cases.case_list where case_id = $1`, [caseId]);
    return row && labelOf(row);
  }

  async labels(tx: EntityManager, caseIds: readonly string[]): Promise<Map<string, ListedCase>> {
    const rows = await tx.query<LabelRow[]>(`select ${LABEL} from cases.case_list where case_id = any ($1)`, [caseIds]);
    return new Map(rows.map((row) => [row.case_id, labelOf(row)]));
  }

  /** Grants and emergency accesses to a case, ended ones included: whether they count is decided by the caller's clock. */
  async grants(tx: EntityManager, caseId: string): Promise<HeldGrant[]> {
    const rows = await tx.query<GrantRow[]>(
      `select g.stream, g.revision, g.relation, g.member, g.team, g.groups, g.purpose, g.service_family, g.expires_at, g.ended_at, g.basis,
         b.live as basis_live, b.expires_at as basis_expires_at, b.revision as basis_revision
       from cases.access_grant g left join cases.basis b on b.basis = g.basis where g.case_id = $1 order by g.grant_id`,
      [caseId],
    );
    return rows.flatMap((row) => (isWord(RELATIONS, row.relation) ? [grantOf(row, row.relation)] : []));
  }

  async groups(tx: EntityManager, caseId: string, wanted: readonly FieldGroup[]): Promise<Partial<Record<FieldGroup, GroupContent>>> {
    const rows = await tx.query<{ grp: string; content: Record<string, unknown>; refs: Record<string, string> }[]>(
      'select grp, content, refs from cases.case_group where case_id = $1 and grp = any ($2)',
      [caseId, wanted],
    );
    return Object.fromEntries(rows.map(({ grp, content, refs }) => [grp, { content, refs }]));
  }

  /** References to documents of the groups asked for: ask only for those that may be seen in full. */
  async documents(tx: EntityManager, caseId: string, wanted: readonly FieldGroup[]): Promise<HeldDocument[]> {
    const rows = await tx.query<{ grp: DocumentGroup; number: number; line: HeldDocument }[]>(
      'select grp, number, line from cases.case_document where case_id = $1 and grp = any ($2) order by grp, number',
      [caseId, wanted],
    );
    return rows.map(({ grp, number, line }) => ({ ...line, group: grp, number }));
  }

  /** Cases a grant in force opens to a team, with their links. */
  async sharedWith(tx: EntityManager, team: string, at: string): Promise<{ caseId: string; links: string[] }[]> {
    return tx.query<{ caseId: string; links: string[] }[]>(
      `select distinct l.case_id as "caseId", l.link_ids as links from cases.case_list l join cases.access_grant g on g.case_id = l.case_id
       where g.team = $1 and g.ended_at is null and g.expires_at > $2 order by l.case_id`,
      [team, at],
    );
  }

  /** Other cases of the same region that carry a link of this one: which of them the caller may know is decided one by one. */
  async linkedTo(tx: EntityManager, caseId: string): Promise<{ caseId: string; links: string[] }[]> {
    return tx.query<{ caseId: string; links: string[] }[]>(
      `select o.case_id as "caseId", o.link_ids as links from cases.case_list l join cases.case_list o
         on o.link_ids && l.link_ids and o.case_id <> l.case_id and o.region = l.region
       where l.case_id = $1 order by o.case_id`,
      [caseId],
    );
  }

  /** Every stream that has to do with a case: its own, its consents, bases, grants and emergencies. */
  async streamsOf(tx: EntityManager, caseId: string): Promise<string[]> {
    const sql = 'select distinct stream from cases.case_history where case_id = $1 order by stream';
    return (await tx.query<{ stream: string }[]>(sql, [caseId])).map(({ stream }) => stream);
  }

  /** Runs what the policy compiled to; nothing where it compiled to nothing. */
  async run<T>(tx: EntityManager, query: SqlQuery | undefined): Promise<T[]> {
    return query === undefined ? [] : tx.query<T[]>(query.text, [...query.values]);
  }

  async consents(tx: EntityManager, caseId: string): Promise<ConsentLine[]> {
    return tx.query<ConsentLine[]>(
      `select consent, recipient, purpose, groups, status, to_json(given_at) as "givenAt", to_json(expires_at) as "expires", revision
       from cases.consent where case_id = $1 order by asked_at, consent`,
      [caseId],
    );
  }

  /** The streams of the legal bases recorded for a case, oldest first: what they say stands in their own log. */
  async legalBases(tx: EntityManager, caseId: string): Promise<string[]> {
    const rows = await tx.query<{ basis: string }[]>(
      "select basis from cases.basis where case_id = $1 and starts_with(basis, 'legalBasis-') order by basis",
      [caseId],
    );
    return rows.map(({ basis }) => basis);
  }

  async history(tx: EntityManager, caseId: string): Promise<HistoryLine[]> {
    const rows = await tx.query<
      { at: Date; type: string; actor: string; organisation: string; stream: string; revision: number; line: object }[]
    >(
      'select at, type, actor, organisation, stream, revision, line from cases.case_history where case_id = $1 order by at, stream, revision',
      [caseId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString(), line: row.line as Record<string, unknown> }));
  }
}

const labelOf = (row: LabelRow): ListedCase => ({
  caseId: row.case_id,
  region: row.region,
  custodian: row.custodian,
  team: row.team,
  phase: row.phase,
  sealedGroups: groupsOf(row.sealed_groups),
  recused: row.recused,
  responsible: [row.responsible],
  revision: row.revision,
  updatedAt: row.updated_at,
  changedAt: row.changed_at,
});

const grantOf = (row: GrantRow, relation: Relation): HeldGrant => ({
  stream: row.stream,
  revision: row.revision,
  relation,
  member: row.member ?? undefined,
  team: row.team ?? undefined,
  groups: groupsOf(row.groups),
  purpose: row.purpose,
  serviceFamily: isWord(SERVICE_FAMILIES, row.service_family) ? row.service_family : 'other',
  expiresAt: row.expires_at.toISOString(),
  ended: row.ended_at !== null,
  // An emergency access rests on nothing but itself; every other grant without a known basis rests on nothing, which is not in force.
  ...(relation === 'break-glass'
    ? {}
    : {
        basis: {
          stream: row.basis,
          revision: row.basis_revision ?? 0,
          live: row.basis_live === true,
          expiresAt: row.basis_expires_at?.toISOString(),
        },
      }),
});
