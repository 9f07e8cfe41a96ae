import { Injectable } from '@nestjs/common';
import { serviceFamily } from '@platform/codes';
import type { AllHandlers, Consumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { ConsentEvent, ConsentScope } from '../consent/consent';
import type { BreakGlassEvent } from '../break-glass/break-glass';
import type { LegalBasisEvent, LegalBasisScope } from '../legal-basis/legal-basis';
import type { AccessGrantEvent, GrantScope } from './access-grant';

type Tx = EntityManager;

/** Who may look: grants, and the consents and bases they rest on. Reads wait until this has caught up with their log. */
@Injectable()
export class CaseAccessRows {
  readonly grants: AllHandlers<AccessGrantEvent> = {
    AccessGranted: (event, tx) => this.#set(event, tx),
    AccessNarrowed: (event, tx) => this.#set(event, tx),
    AccessRenewed: (event, tx) => this.#set(event, tx),
    AccessRevoked: (event, tx) => this.#ended(event, tx),
    AccessExpired: (event, tx) => this.#ended(event, tx),
  };

  readonly legalBases: AllHandlers<LegalBasisEvent> = {
    LegalBasisRecorded: (event, tx) => this.#basis(event, tx, event.data, true),
    LegalBasisEnded: (event, tx) => this.#basis(event, tx, event.data, false),
  };

  readonly glasses: AllHandlers<BreakGlassEvent> = {
    BreakGlassOpened: async (event, tx) => {
      const { case: of, custodian, member, organisation, group, reason, expires, reviewDue } = event.data;
      await tx.query(
        `insert into cases.break_glass (break_glass, case_id, custodian, member, organisation, grp, reason, opened_at, expires_at, status,
           review_due, overdue, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Opened', $10, false, $11) on conflict (break_glass) do nothing`,
        [event.stream, of, custodian, member, organisation, group, reason, event.meta.at, expires, reviewDue, event.revision],
      );
      await tx.query(
        `insert into cases.access_grant (grant_id, stream, case_id, member, team, organisation, relation, groups, purpose, basis_kind, basis,
           referral, expires_at, service_family, revision)
         values ($1, $1, $2, $3, null, $4, 'break-glass', $5, 'emergency', 'break_glass', $1, null, $6, 'other', $7) on conflict (grant_id) do nothing`,
        [event.stream, of, member, organisation, [group], expires, event.revision],
      );
      await basisRow(tx, { basis: event.stream, caseId: of, live: true, expires, revision: event.revision });
    },
    BreakGlassExpired: (event, tx) => this.#glass(event, tx, 'AwaitingReview'),
    BreakGlassClosedEarly: (event, tx) => this.#glass(event, tx, 'AwaitingReview'),
    BreakGlassJustified: (event, tx) => this.#glass(event, tx, 'Justified'),
    BreakGlassFoundUnjustified: (event, tx) => this.#glass(event, tx, 'Unjustified'),
    BreakGlassReviewOverdue: async (event, tx) => {
      await tx.query('update cases.break_glass set overdue = true, revision = $2 where break_glass = $1', [event.stream, event.revision]);
    },
  };

  readonly consents: AllHandlers<ConsentEvent> = {
    ConsentAsked: async (event, tx) => {
      const { case: of, recipient, purpose, groups, expires, language, answerDue } = event.data;
      await tx.query(
        `insert into cases.consent (consent, case_id, recipient, purpose, groups, status, language, asked_at, expires_at, answer_due, revision)
         values ($1, $2, $3, $4, $5, 'Asked', $6, $7, $8, $9, $10) on conflict (consent) do nothing`,
        [event.stream, of, recipient, purpose, groups, language, event.meta.at, expires, answerDue, event.revision],
      );
    },
    ConsentGiven: async (event, tx) => {
      await this.#basis(event, tx, event.data, true);
      await this.#consent(event, tx, 'Given', 'given_at');
    },
    ConsentRefused: (event, tx) => this.#consent(event, tx, 'Refused', 'ended_at'),
    ConsentWithdrawn: async (event, tx) => {
      await this.#basis(event, tx, event.data, false);
      await this.#consent(event, tx, 'Withdrawn', 'ended_at');
    },
    ConsentExpired: async (event, tx) => {
      await this.#basis(event, tx, event.data, false);
      await this.#consent(event, tx, 'Expired', 'ended_at');
    },
    ConsentRequestLapsed: (event, tx) => this.#consent(event, tx, 'Expired', 'ended_at'),
  };

  consumer(): Consumer {
    return {
      name: 'case-access',
      context: 'cases',
      source: { store: 'cases' },
      handlers: { ...this.grants, ...this.consents, ...this.legalBases, ...this.glasses },
      tables: ['cases.access_grant', 'cases.basis', 'cases.consent', 'cases.break_glass'],
    };
  }

  /** One row for each named person, or one for the team: a narrowed grant loses rows, never gains any. */
  async #set(event: RecordedEvent<GrantScope>, tx: Tx): Promise<void> {
    const { case: of, organisation, members, team, relation, groups, purpose, basis, referral, service, expires } = event.data;
    await tx.query('delete from cases.access_grant where stream = $1', [event.stream]);
    for (const [member, forTeam] of team === undefined ? members.map((one) => [one, null] as const) : [[null, team] as const])
      await tx.query(
        `insert into cases.access_grant (grant_id, stream, case_id, member, team, organisation, relation, groups, purpose, basis_kind, basis,
           referral, expires_at, service_family, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [
          `${event.stream}|${member ?? forTeam}`,
          event.stream,
          of,
          member,
          forTeam,
          organisation ?? '',
          relation,
          groups,
          purpose,
          basis.kind,
          basis.ref,
          referral ?? null,
          expires,
          service === undefined ? 'other' : serviceFamily(service),
          event.revision,
        ],
      );
  }

  async #ended(event: RecordedEvent<GrantScope>, tx: Tx): Promise<void> {
    await tx.query('update cases.access_grant set ended_at = $2, revision = $3 where stream = $1', [
      event.stream,
      event.meta.at,
      event.revision,
    ]);
  }

  async #basis(event: RecordedEvent, tx: Tx, scope: ConsentScope | LegalBasisScope, live: boolean): Promise<void> {
    await basisRow(tx, { basis: event.stream, caseId: scope.case, live, expires: scope.expires, revision: event.revision });
  }

  /** A glass that was closed, has run out or was judged opens nothing any more. */
  async #glass(event: RecordedEvent, tx: Tx, status: string): Promise<void> {
    await tx.query('update cases.break_glass set status = $2, overdue = overdue and $3, revision = $4 where break_glass = $1', [
      event.stream,
      status,
      status === 'AwaitingReview',
      event.revision,
    ]);
    await tx.query('update cases.access_grant set ended_at = coalesce(ended_at, $2) where stream = $1', [event.stream, event.meta.at]);
    await tx.query('update cases.basis set live = false where basis = $1', [event.stream]);
  }

  async #consent(event: RecordedEvent<ConsentScope>, tx: Tx, status: string, column: 'given_at' | 'ended_at'): Promise<void> {
    await tx.query(`update cases.consent set status = $2, ${column} = $3, revision = $4 where consent = $1`, [
      event.stream,
      status,
      event.meta.at,
      event.revision,
    ]);
  }
}

export async function basisRow(
  tx: EntityManager,
  row: { basis: string; caseId: string; live: boolean; expires: string | null; revision: number },
): Promise<void> {
  await tx.query(
    `insert into cases.basis (basis, case_id, live, expires_at, revision) values ($1, $2, $3, $4, $5)
     on conflict (basis) do update set live = excluded.live, expires_at = excluded.expires_at, revision = excluded.revision`,
    [row.basis, row.caseId, row.live, row.expires, row.revision],
  );
}
