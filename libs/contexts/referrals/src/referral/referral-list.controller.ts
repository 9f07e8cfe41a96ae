import { Get, Query } from '@nestjs/common';
import { Act, ContextController, Count, type Exchange, Http } from '@platform/http';
import type { Judgement } from '@platform/access';
import type { Authority, FieldGroup } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { INBOX, type InboxLine, ReferralInbox } from './inbox.projection';
import { OUTBOX, type OutboxLine, ReferralOutbox } from './outbox.projection';

export class ListQuery {
  @Count({ min: 1, max: 200, optional: true, query: true }) limit?: number;
}
export interface InboxItem extends Omit<InboxLine, 'referral' | 'revision' | 'assessor' | 'responsible'> {
  readonly handle: string;
  readonly codename: string;
  readonly etag: string;
  /** The caller opened the summary or is the responsible worker. */
  readonly mine: boolean;
}
export interface OutboxItem extends Omit<OutboxLine, 'referral' | 'revision' | 'caseId'> {
  readonly handle: string;
  readonly codename: string;
  readonly etag: string;
  readonly case: string;
}

/** The work lists of both sides. They come before the single referral: their paths are words, not handles. */
@ContextController('referrals', 'Referrals')
export class ReferralListController {
  constructor(
    private readonly inboxRows: ReferralInbox,
    private readonly outboxRows: ReferralOutbox,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  /** What has come in: offers and where they stand, newest first. */
  @Get('inbox')
  @Act('ListReferrals')
  async inbox(@Http() http: Exchange, @Query() { limit = 100 }: ListQuery): Promise<{ items: InboxItem[] }> {
    const { by } = http;
    const { organisation, teams, member } = by.actor;
    await this.principals.after(http.atLeast(), INBOX);
    const lines = await this.principals.as(by, (tx) => this.inboxRows.list(tx, organisation, teams, limit));
    return this.reading.show(by, this.#question(by, 'ListInbox', []), async () => {
      const called = await this.handles.all(
        lines.map(({ region, referral }) => ({ region, stream: referral })),
        organisation,
      );
      return {
        items: lines.map(({ referral, revision, assessor, responsible, ...line }) => ({
          handle: called.get(referral)?.handle ?? '',
          codename: called.get(referral)?.codename ?? '',
          etag: http.etagOf(referral, revision),
          ...line,
          mine: assessor === member || responsible === member,
        })),
      };
    });
  }

  /** What the caller's team has sent out, drafts included, newest first. */
  @Get('outbox')
  @Act('ListReferrals')
  async outbox(@Http() http: Exchange, @Query() { limit = 100 }: ListQuery): Promise<{ items: OutboxItem[] }> {
    const { by } = http;
    const { organisation, teams } = by.actor;
    await this.principals.after(http.atLeast(), OUTBOX);
    const lines = await this.principals.as(by, (tx) => this.outboxRows.list(tx, organisation, teams, limit));
    const cases = [...new Set(lines.map(({ caseId }) => caseId))];
    return this.reading.show(by, this.#question(by, 'ListOutbox', cases), async () => {
      const streams = lines.flatMap(({ region, referral, caseId }) => [referral, caseId].map((stream) => ({ region, stream })));
      const called = await this.handles.all(streams, organisation);
      return {
        items: lines.map(({ referral, revision, caseId, ...line }) => ({
          handle: called.get(referral)?.handle ?? '',
          codename: called.get(referral)?.codename ?? '',
          etag: http.etagOf(referral, revision),
          case: called.get(caseId)?.handle ?? '',
          ...line,
        })),
      };
    });
  }

  #question(by: Authority, act: string, cases: readonly string[]) {
    const judgement: Judgement = this.policies.judge('ListReferrals', by, ['own-organisation']);
    const groups: readonly FieldGroup[] = cases.length > 0 ? ['REF', 'ID'] : ['REF'];
    return { act, noun: 'referral', region: by.actor.region, judgement, cases, groups };
  }
}
