import { Injectable } from '@nestjs/common';
import type { Timer } from '@platform/consuming';
import { LapseNotice } from './notice/notice.decider';
import { Notices } from './notice/notices.projection';
import { ReferralOutbox } from './referral/outbox.projection';
import { CloseReferralUnanswered, ExpireReferral } from './referral/referral-commands';
import { Running } from './running';

/** Puts on record what time has ended: offers nobody answered, outcomes nobody closed, notices nobody acknowledged. */
@Injectable()
export class ExpireWhatIsDue implements Timer {
  readonly name = 'expire-referrals-and-notices';
  readonly context = 'referrals';

  constructor(
    private readonly running: Running,
    private readonly outbox: ReferralOutbox,
    private readonly notices: Notices,
  ) {}

  async tick(now: string): Promise<void> {
    for (const { referral, region, status } of await this.outbox.overdue(now)) {
      const command = status === 'OutcomeReported' ? new CloseReferralUnanswered(referral) : new ExpireReferral(referral);
      await this.running.react(region, `timer|${referral}`, command);
    }
    for (const { notice, region } of await this.notices.overdue(now))
      await this.running.react(region, `timer|${notice}`, new LapseNotice(notice));
  }
}
