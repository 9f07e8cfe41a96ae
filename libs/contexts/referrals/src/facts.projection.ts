import { Inject, Injectable } from '@nestjs/common';
import { casesContract, type Published, type PublishedOf } from '@contracts';
import type { BusConsumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type Authority, type Fact, type FieldGroup, type Grounded, isSystem, type Purpose } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { FACTS, Principals } from './principals';
import { iso } from './referral/inbox.projection';
import type { BasisFact, ReferralFacts } from './referral/referral-facts';

type Tx = EntityManager;
type Told<K extends keyof (typeof casesContract)['events']> = PublishedOf<typeof casesContract, K>;
type Scope = { case: string; recipient: string; purpose: Purpose; groups: readonly FieldGroup[]; expires: string };

/** What of the cases context the rules of referrals lean on: who holds a case, on what it may be shown, and which grants followed. */
@Injectable()
export class CaseFacts {
  constructor(
    private readonly principals: Principals,
    @Inject(WRITER) private readonly rows: DataSource,
  ) {}

  consumer(): BusConsumer {
    const handlers = {
      CaseOpened: (message: Told<'CaseOpened'>, tx: Tx) => this.#opened(message, tx),
      CaseClosed: (message: Told<'CaseClosed'>, tx: Tx) => this.#custody(message, message.data.case, false, tx),
      CaseReopened: (message: Told<'CaseReopened'>, tx: Tx) => this.#custody(message, message.data.case, true, tx),
      PersonRecused: (message: Told<'PersonRecused'>, tx: Tx) => this.#recused(message, tx),
      ConsentGiven: (message: Told<'ConsentGiven'>, tx: Tx) =>
        this.#basis(message, 'consent', message.data.consent, message.data, true, tx),
      ConsentWithdrawn: (message: Told<'ConsentWithdrawn'>, tx: Tx) =>
        this.#basis(message, 'consent', message.data.consent, message.data, false, tx),
      ConsentExpired: (message: Told<'ConsentExpired'>, tx: Tx) =>
        this.#basis(message, 'consent', message.data.consent, message.data, false, tx),
      LegalBasisRecorded: (message: Told<'LegalBasisRecorded'>, tx: Tx) =>
        this.#basis(message, 'legal_basis', message.data.legalBasis, message.data, true, tx),
      LegalBasisEnded: (message: Told<'LegalBasisEnded'>, tx: Tx) =>
        this.#basis(message, 'legal_basis', message.data.legalBasis, message.data, false, tx),
      AccessGranted: (message: Told<'AccessGranted'>, tx: Tx) => this.#grant(message, true, tx),
      AccessNarrowed: (message: Told<'AccessNarrowed'>, tx: Tx) => this.#grant(message, true, tx),
      AccessRenewed: (message: Told<'AccessRenewed'>, tx: Tx) => this.#grant(message, true, tx),
      AccessRevoked: (message: Told<'AccessRevoked'>, tx: Tx) => this.#grant(message, false, tx),
      AccessExpired: (message: Told<'AccessExpired'>, tx: Tx) => this.#grant(message, false, tx),
      SubjectErased: (message: Told<'SubjectErased'>, tx: Tx) => this.#erased(message.data.subject, tx),
    };
    const tables = ['referrals.custody', 'referrals.basis', 'referrals.access_grant'];
    return { name: FACTS, context: 'referrals', source: { topics: [casesContract.topic] }, handlers: handlers as never, tables };
  }

  /** Who holds a case, if that is the caller's own team. */
  async custody(by: Authority, caseId: string): Promise<Grounded<ReferralFacts['case']>> {
    const [row] = await this.#read<{ custodian: string; team: string; open: boolean; revision: number }>(
      by,
      'select organisation as custodian, team, open, revision from referrals.custody where case_id = $1',
      [caseId],
    );
    if (!row) return { value: undefined, facts: [] };
    const { custodian, team, open, revision } = row;
    return { value: { custodian, team, open }, facts: [{ stream: caseId, revision }] };
  }

  /** Consents and legal bases by name; only those a referral of the caller names are visible. */
  async bases(by: Authority, refs: readonly string[]): Promise<Grounded<BasisFact[]>> {
    const rows = await this.#read<BasisFact & { revision: number }>(
      by,
      `select basis as ref, kind, case_id as "case", recipient, purpose, groups, ${iso('expires_at')} as expires, live, revision
       from referrals.basis where basis = any ($1) order by basis`,
      [[...refs]],
    );
    return {
      value: rows.map(({ kind, ref, case: of, live, recipient, purpose, groups, expires }) => ({
        kind,
        ref,
        case: of,
        live,
        recipient,
        purpose,
        groups,
        expires,
      })),
      facts: rows.map(({ ref, revision }) => ({ stream: ref, revision })),
    };
  }

  async grant(by: Authority, grant: string): Promise<Grounded<ReferralFacts['grant']>> {
    const [row] = await this.#read<{ referral: string; live: boolean; groups: FieldGroup[]; revision: number }>(
      by,
      'select referral, live, groups, revision from referrals.access_grant where grant_id = $1 and referral is not null',
      [grant],
    );
    if (!row) return { value: undefined, facts: [] };
    const { revision, ...value } = row;
    return { value, facts: [{ stream: grant, revision }] };
  }

  /** Is there another named basis in force for a purpose? For reactors. */
  async otherBasis(referral: string, purpose: string, except: string, at: string): Promise<boolean> {
    const rows = await this.rows.query<unknown[]>(
      `select 1 from referrals.referral_basis named join referrals.basis b on b.basis = named.basis
       where named.referral = $1 and b.purpose = $2 and b.basis <> $3 and b.live and b.expires_at > $4 limit 1`,
      [referral, purpose, except, at],
    );
    return rows.length > 0;
  }

  /** Organisations that were ever granted anything on a basis. For reactors. */
  async reachedThrough(basis: string): Promise<string[]> {
    const rows = await this.rows.query<{ organisation: string }[]>(
      'select distinct organisation from referrals.access_grant where basis = $1 and organisation is not null order by organisation',
      [basis],
    );
    return rows.map(({ organisation }) => organisation);
  }

  /** The organisation that holds a case. For reactors. */
  async custodian(caseId: string): Promise<string | undefined> {
    const [row] = await this.rows.query<{ organisation: string }[]>('select organisation from referrals.custody where case_id = $1', [
      caseId,
    ]);
    return row?.organisation;
  }

  /** Whether somebody stands back from a case for a conflict of interest, on whichever side they are. */
  async recused({ actor }: Authority, caseId: string): Promise<boolean> {
    if (isSystem(actor)) return false;
    const sql = 'select 1 from referrals.custody where case_id = $1 and $2 = any (recused)';
    return (await this.rows.query<unknown[]>(sql, [caseId, actor.member])).length > 0;
  }

  /** Reactors and timers act for the service; everybody else reads inside their own envelope. */
  #read<T>(by: Authority, sql: string, values: readonly unknown[]): Promise<T[]> {
    return isSystem(by.actor) ? this.rows.query<T[]>(sql, [...values]) : this.principals.as(by, (tx) => tx.query<T[]>(sql, [...values]));
  }

  async #opened({ data, revision }: Told<'CaseOpened'>, tx: Tx): Promise<void> {
    await tx.query(
      `insert into referrals.custody (case_id, organisation, team, region, open, revision) values ($1, $2, $3, $4, true, $5)
       on conflict (case_id) do nothing`,
      [data.case, data.organisation, data.team, data.region, revision],
    );
  }

  async #custody({ revision }: Published, caseId: string, open: boolean, tx: Tx): Promise<void> {
    await tx.query('update referrals.custody set open = $2, revision = $3 where case_id = $1 and revision < $3', [caseId, open, revision]);
  }

  async #recused({ data, revision }: Told<'PersonRecused'>, tx: Tx): Promise<void> {
    await tx.query(
      `update referrals.custody set recused = array_append(recused, $2), revision = greatest(revision, $3)
       where case_id = $1 and not ($2 = any (recused))`,
      [data.case, data.member, revision],
    );
  }

  async #basis({ revision }: Published, kind: string, ref: string, scope: Scope, live: boolean, tx: Tx): Promise<void> {
    await tx.query(
      `insert into referrals.basis as b (basis, kind, case_id, recipient, purpose, groups, expires_at, live, revision)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (basis) do update set groups = excluded.groups, expires_at = excluded.expires_at, live = excluded.live, revision = excluded.revision
       where b.revision < excluded.revision`,
      [ref, kind, scope.case, scope.recipient, scope.purpose, [...scope.groups], scope.expires, live, revision],
    );
  }

  async #grant({ data, revision }: Told<'AccessGranted'>, live: boolean, tx: Tx): Promise<void> {
    await tx.query(
      `insert into referrals.access_grant as g (grant_id, case_id, organisation, team, groups, purpose, basis, referral, expires_at, live, revision)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (grant_id) do update set groups = excluded.groups, expires_at = excluded.expires_at, live = excluded.live, revision = excluded.revision
       where g.revision < excluded.revision`,
      [
        ...[data.grant, data.case, data.organisation ?? null, data.team ?? null, [...data.groups], data.purpose, data.basis.ref],
        ...[data.referral ?? null, data.expires, live, revision],
      ],
    );
  }

  /** Whoever keeps anything about an erased subject deletes it. */
  async #erased(subject: string, tx: Tx): Promise<void> {
    for (const table of ['custody', 'basis', 'access_grant'])
      await tx.query(`delete from referrals.${table} where case_id = $1`, [subject]);
  }
}

/** Facts joined with the events they stand on. */
export const joined = <T>(value: T, ...grounds: readonly { readonly facts: readonly Fact[] }[]): Grounded<T> => ({
  value,
  facts: grounds.flatMap(({ facts }) => facts),
});
