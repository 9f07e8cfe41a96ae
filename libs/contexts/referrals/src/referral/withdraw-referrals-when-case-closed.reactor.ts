import { Injectable } from '@nestjs/common';
import { casesContract, type Published, type PublishedOf } from '@contracts';
import type { Consumer } from '@platform/consuming';
import { Principals, unavailable } from '../principals';
import { Running } from '../running';
import { OUTBOX, ReferralOutbox } from './outbox.projection';
import { WithdrawReferral } from './referral-commands';

type Told<K extends keyof (typeof casesContract)['events']> = PublishedOf<typeof casesContract, K>;

/** When its case is closed or erased a referral ends, and the receiver is told: nothing is left dangling. */
@Injectable()
export class WithdrawReferralsWhenCaseClosed {
  constructor(
    private readonly running: Running,
    private readonly principals: Principals,
    private readonly outbox: ReferralOutbox,
  ) {}

  consumer(): Consumer {
    return {
      name: 'withdraw-referrals-when-case-closed',
      context: 'referrals',
      source: { topics: [casesContract.topic] },
      reactor: true,
      tables: [],
      handlers: {
        CaseClosed: (message: Told<'CaseClosed'>) => this.#withdraw(message, message.data.case, 'case_closed'),
        SubjectErased: (message: Told<'SubjectErased'>) => this.#withdraw(message, message.data.subject, 'case_erased'),
      },
    };
  }

  async #withdraw(message: Published, caseId: string, reason: string): Promise<void> {
    // A referral that is stored but not yet in its row would be passed over: rather try again.
    if (!(await this.principals.caughtUp(OUTBOX)))
      throw unavailable('referral.not-caught-up', 'The rows of referrals are behind their log.');
    for (const { referral, region } of await this.outbox.openOfCase(caseId))
      await this.running.react(region, message.id, new WithdrawReferral(referral, reason), message.correlation);
  }
}
