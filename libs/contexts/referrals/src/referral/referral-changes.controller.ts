import { Get, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { changesFor, ConsumerRunner } from '@platform/consuming';
import { EventStore } from '@platform/event-store';
import { Act, ContextController, type Exchange, Http, streamEvents } from '@platform/http';
import { type Authority, Clock } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { NOTICES, Notices } from '../notice/notices.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { INBOX, ReferralInbox } from './inbox.projection';
import { OUTBOX, ReferralOutbox } from './outbox.projection';

/** Tells an open page that a referral or notice of its reader's organisation has changed, and not which. */
@ContextController('changes/referrals', 'Referrals')
export class ReferralChangesController {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ConsumerRunner,
    private readonly clock: Clock,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly inbox: ReferralInbox,
    private readonly outbox: ReferralOutbox,
    private readonly notices: Notices,
    private readonly reading: Reading,
  ) {}

  @Get()
  @Act('ListReferrals')
  @ApiExcludeEndpoint()
  follow(@Http() { by }: Exchange, @Req() request: Request, @Res() response: Response): Promise<void> {
    const judgement = this.policies.judge('ListReferrals', by, ['own-organisation']);
    const question = { act: 'FollowReferrals', noun: 'referral', region: by.actor.region, judgement, cases: [], groups: [] };
    const followed = { store: this.store, runner: this.runner, context: 'referrals', consumers: [INBOX, OUTBOX, NOTICES] };
    return this.reading.show(by, question, () =>
      streamEvents(request, response, {
        source: (after, signal) =>
          changesFor(followed, after, signal, (streams) => this.#concerns({ ...by, at: this.clock.now() }, streams)),
      }),
    );
  }

  #concerns(by: Authority, streams: readonly string[]): Promise<boolean> {
    const { organisation, teams } = by.actor;
    return this.principals.as(
      by,
      async (tx) =>
        (await this.inbox.holds(tx, organisation, teams, streams)) ||
        (await this.outbox.holds(tx, organisation, teams, streams)) ||
        (await this.notices.holds(tx, organisation, streams)),
    );
  }
}
