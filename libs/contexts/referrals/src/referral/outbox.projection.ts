import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { iso } from './inbox.projection';
import type { ReferralEvent, ReferralStatus } from './referral';

type Tx = EntityManager;

/** One line of what was sent out: terms, where it stands, and the sender's own case. */
export interface OutboxLine {
  readonly referral: string;
  readonly region: string;
  readonly caseId: string;
  readonly receiver: string;
  readonly receiverRegion: string;
  readonly service: string;
  readonly urgency: string;
  readonly language: string;
  readonly purpose: string;
  readonly mode: string;
  readonly status: ReferralStatus;
  readonly due: string | null;
  readonly outcome: string | null;
  readonly redirectTo: string | null;
  readonly unanswered: number;
  readonly revision: number;
}
/** A referral the clock or an event of another context may end. */
export interface OpenReferral {
  readonly referral: string;
  readonly region: string;
  readonly status: ReferralStatus;
  readonly purpose: string;
}
export const OUTBOX = 'referral-outbox';
const OPEN = `status in ('Drafted', 'Offered', 'UnderReview', 'Accepted', 'InService', 'OutcomeReported')`;

/** What a team has sent out, and what of it the clock is waiting for. */
@Injectable()
export class ReferralOutbox {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<ReferralEvent> = {
    ReferralDrafted: async (event, tx) => {
      const { case: of, sender, receiver, service, urgency, language, purpose, mode, bases } = event.data;
      await tx.query(
        `insert into referrals.referral_outbox (referral, region, case_id, sender, team, receiver, receiver_region, service, urgency, language, purpose,
           mode, status, updated_at, unanswered, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'Drafted', $13, 0, $14) on conflict (referral) do nothing`,
        [
          ...[event.stream, regionOf(event.log), of, sender.organisation, sender.team ?? null, receiver.organisation, receiver.region],
          ...[service, urgency, language, purpose, mode, event.meta.at, event.revision],
        ],
      );
      for (const { ref } of bases)
        await tx.query('insert into referrals.referral_basis (referral, basis) values ($1, $2) on conflict do nothing', [
          event.stream,
          ref,
        ]);
    },
    ReferralOffered: (event, tx) => this.#moved(event, tx, 'Offered', { due: event.data.due }),
    ReferralSummaryDisclosed: (event, tx) => this.#moved(event, tx, 'UnderReview'),
    ReferralClarificationAsked: (event, tx) => this.#changed(event, tx, { unanswered: 1 }),
    ReferralClarificationGiven: (event, tx) => this.#changed(event, tx, { unanswered: -1 }),
    ReferralAccepted: (event, tx) => this.#moved(event, tx, 'Accepted'),
    IdentityDisclosed: (event, tx) => this.#changed(event, tx, {}),
    ReferralServiceStarted: (event, tx) => this.#moved(event, tx, 'InService'),
    ReferralOutcomeReported: (event, tx) =>
      this.#moved(event, tx, 'OutcomeReported', { outcome: event.data.outcome, answerDue: event.data.answerDue }),
    ReferralClosed: (event, tx) => this.#moved(event, tx, 'Closed'),
    ReferralClosedByClock: (event, tx) => this.#moved(event, tx, 'Closed'),
    ReferralDeclined: (event, tx) => this.#moved(event, tx, 'Declined'),
    ReferralRedirectProposed: (event, tx) => this.#changed(event, tx, { redirectTo: event.data.to }),
    ReferralRedirected: (event, tx) => this.#moved(event, tx, 'Redirected'),
    ReferralWithdrawn: (event, tx) => this.#moved(event, tx, 'Withdrawn'),
    ReferralExpired: (event, tx) => this.#moved(event, tx, 'Expired'),
    ReferralReturned: (event, tx) => this.#moved(event, tx, 'Returned'),
  };

  consumer(): Consumer {
    const tables = ['referrals.referral_outbox', 'referrals.referral_basis'];
    return { name: OUTBOX, context: 'referrals', source: { store: 'referrals' }, handlers: this.handlers, tables };
  }

  /** Newest first. Row-level security shows what the caller's team sent; the query says it again. */
  list(tx: Tx, organisation: string, teams: readonly string[], limit: number): Promise<OutboxLine[]> {
    return tx.query<OutboxLine[]>(
      `select referral, region, case_id as "caseId", receiver, receiver_region as "receiverRegion", service, urgency, language, purpose, mode, status,
         ${iso('due')} as due, outcome, redirect_to as "redirectTo", unanswered, revision
       from referrals.referral_outbox where sender = $1 and (team is null or team = any ($2)) order by updated_at desc, referral desc limit $3`,
      [organisation, [...teams], limit],
    );
  }

  /** Whether any of these streams is a referral the caller's team has sent, or the case of one. */
  async holds(tx: Tx, organisation: string, teams: readonly string[], streams: readonly string[]): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select 1 from referrals.referral_outbox where (referral = any ($3) or case_id = any ($3)) and sender = $1
         and (team is null or team = any ($2)) limit 1`,
      [organisation, [...teams], [...streams]],
    );
    return rows.length > 0;
  }

  /** Referrals of a case that have not ended. For reactors, as all below. */
  openOfCase(caseId: string): Promise<OpenReferral[]> {
    return this.rows.query<OpenReferral[]>(
      `select referral, region, status, purpose from referrals.referral_outbox where case_id = $1 and ${OPEN} order by referral`,
      [caseId],
    );
  }

  /** Referrals that name a consent or legal basis and have not ended. */
  openOnBasis(basis: string): Promise<OpenReferral[]> {
    return this.rows.query<OpenReferral[]>(
      `select o.referral, o.region, o.status, o.purpose from referrals.referral_outbox o join referrals.referral_basis b on b.referral = o.referral
       where b.basis = $1 and ${OPEN} order by o.referral`,
      [basis],
    );
  }

  /** What has passed its deadline at this instant. */
  overdue(at: string): Promise<OpenReferral[]> {
    return this.rows.query<OpenReferral[]>(
      `select referral, region, status, purpose from referrals.referral_outbox
       where (status in ('Offered', 'UnderReview') and due <= $1) or (status = 'OutcomeReported' and answer_due <= $1) order by referral limit 200`,
      [at],
    );
  }

  async #moved(
    event: RecordedEvent,
    tx: Tx,
    status: ReferralStatus,
    more: { due?: string; outcome?: string; answerDue?: string } = {},
  ): Promise<void> {
    await tx.query(
      `update referrals.referral_outbox set status = $2, due = coalesce($3, due), outcome = coalesce($4, outcome),
         answer_due = coalesce($5, answer_due), updated_at = $6, revision = $7 where referral = $1 and revision < $7`,
      [event.stream, status, more.due ?? null, more.outcome ?? null, more.answerDue ?? null, event.meta.at, event.revision],
    );
  }

  async #changed(
    event: RecordedEvent,
    tx: Tx,
    { unanswered = 0, redirectTo }: { unanswered?: number; redirectTo?: string },
  ): Promise<void> {
    await tx.query(
      `update referrals.referral_outbox set unanswered = unanswered + $2, redirect_to = coalesce($3, redirect_to), updated_at = $4, revision = $5
       where referral = $1 and revision < $5`,
      [event.stream, unanswered, redirectTo ?? null, event.meta.at, event.revision],
    );
  }
}
