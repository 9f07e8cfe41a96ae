import { Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { ReferralEvent, ReferralStatus } from './referral';

type Tx = EntityManager;

/** One line of what has come in: the offer and where it stands. */
export interface InboxLine {
  readonly referral: string;
  readonly region: string;
  readonly service: string;
  readonly urgency: string;
  readonly language: string;
  readonly status: ReferralStatus;
  readonly due: string;
  readonly offeredAt: string;
  readonly assessor: string | null;
  readonly responsible: string | null;
  readonly unanswered: number;
  readonly revision: number;
}
export const INBOX = 'referral-inbox';

/** What has come in for an organisation. Holds offers only: no case, no person. */
@Injectable()
export class ReferralInbox {
  readonly handlers: AllHandlers<ReferralEvent> = {
    // A draft is nobody's but the sender's.
    ReferralDrafted: () => Promise.resolve(),
    ReferralOffered: async (event, tx) => {
      const { receiver, service, urgency, language, due } = event.data;
      await tx.query(
        `insert into referrals.referral_inbox (referral, region, receiver, team, service, urgency, language, status, due, offered_at, updated_at,
           unanswered, revision) values ($1, $2, $3, $4, $5, $6, $7, 'Offered', $8, $9, $9, 0, $10) on conflict (referral) do nothing`,
        [
          ...[event.stream, regionOf(event.log), receiver.organisation, receiver.team ?? null],
          ...[service, urgency, language, due, event.meta.at, event.revision],
        ],
      );
    },
    ReferralSummaryDisclosed: (event, tx) => this.#moved(event, tx, 'UnderReview', { assessor: event.data.members[0] }),
    ReferralClarificationAsked: (event, tx) => this.#question(event, tx, 1),
    ReferralClarificationGiven: (event, tx) => this.#question(event, tx, -1),
    ReferralAccepted: (event, tx) => this.#moved(event, tx, 'Accepted', { responsible: event.data.members[0] }),
    IdentityDisclosed: (event, tx) => this.#moved(event, tx, 'Accepted'),
    ReferralServiceStarted: (event, tx) => this.#moved(event, tx, 'InService'),
    ReferralOutcomeReported: (event, tx) => this.#moved(event, tx, 'OutcomeReported'),
    ReferralClosed: (event, tx) => this.#moved(event, tx, 'Closed'),
    ReferralClosedByClock: (event, tx) => this.#moved(event, tx, 'Closed'),
    ReferralDeclined: (event, tx) => this.#moved(event, tx, 'Declined'),
    ReferralRedirectProposed: (event, tx) => this.#question(event, tx, 0),
    ReferralRedirected: (event, tx) => this.#moved(event, tx, 'Redirected'),
    ReferralWithdrawn: (event, tx) => this.#moved(event, tx, 'Withdrawn'),
    ReferralExpired: (event, tx) => this.#moved(event, tx, 'Expired'),
    ReferralReturned: (event, tx) => this.#moved(event, tx, 'Returned'),
  };

  consumer(): Consumer {
    return {
      name: INBOX,
      context: 'referrals',
      source: { store: 'referrals' },
      handlers: this.handlers,
      tables: ['referrals.referral_inbox'],
    };
  }

  /** Newest first. Row-level security shows what is addressed to the caller; the query says it again. */
  list(tx: Tx, organisation: string, teams: readonly string[], limit: number): Promise<InboxLine[]> {
    return tx.query<InboxLine[]>(
      `select referral, region, service, urgency, language, status, ${iso('due')} as due, ${iso('offered_at')} as "offeredAt", assessor, responsible,
         unanswered, revision
       from referrals.referral_inbox where receiver = $1 and (team is null or team = any ($2)) order by updated_at desc, referral desc limit $3`,
      [organisation, [...teams], limit],
    );
  }

  /** Whether any of these streams is a referral that has come in for the caller. */
  async holds(tx: Tx, organisation: string, teams: readonly string[], streams: readonly string[]): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'select 1 from referrals.referral_inbox where referral = any ($3) and receiver = $1 and (team is null or team = any ($2)) limit 1',
      [organisation, [...teams], [...streams]],
    );
    return rows.length > 0;
  }

  async #moved(
    event: RecordedEvent,
    tx: Tx,
    status: ReferralStatus,
    named: { assessor?: string; responsible?: string } = {},
  ): Promise<void> {
    await tx.query(
      `update referrals.referral_inbox set status = $2, assessor = coalesce($3, assessor), responsible = coalesce($4, responsible),
         updated_at = $5, revision = $6 where referral = $1 and revision < $6`,
      [event.stream, status, named.assessor ?? null, named.responsible ?? null, event.meta.at, event.revision],
    );
  }

  async #question(event: RecordedEvent, tx: Tx, more: number): Promise<void> {
    await tx.query(
      'update referrals.referral_inbox set unanswered = unanswered + $2, updated_at = $3, revision = $4 where referral = $1 and revision < $4',
      [event.stream, more, event.meta.at, event.revision],
    );
  }
}

/** Instants as texts: ISO 8601 in UTC with milliseconds. */
export const iso = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
