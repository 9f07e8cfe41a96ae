import { Injectable } from '@nestjs/common';
import { casesContract, type Published, type PublishedOf } from '@contracts';
import type { Consumer } from '@platform/consuming';
import { CaseFacts } from '../facts.projection';
import { Principals, unavailable } from '../principals';
import { Running } from '../running';
import { type OpenReferral, OUTBOX, ReferralOutbox } from './outbox.projection';
import { WithdrawReferral } from './referral-commands';

type Told<K extends keyof (typeof casesContract)['events']> = PublishedOf<typeof casesContract, K>;

/** A referral ends when the consent it needs where it stands is withdrawn, or another basis has ended, and nothing else named in it carries it. */
@Injectable()
export class WithdrawReferralsWhenConsentWithdrawn {
  constructor(
    private readonly running: Running,
    private readonly principals: Principals,
    private readonly outbox: ReferralOutbox,
    private readonly facts: CaseFacts,
  ) {}

  consumer(): Consumer {
    return {
      name: 'withdraw-referrals-when-consent-withdrawn',
      context: 'referrals',
      source: { topics: [casesContract.topic] },
      reactor: true,
      tables: [],
      handlers: {
        ConsentWithdrawn: (message: Told<'ConsentWithdrawn'>) =>
          this.#ended(message, message.data.consent, message.data.purpose, 'consent_withdrawn'),
        ConsentExpired: (message: Told<'ConsentExpired'>) =>
          this.#ended(message, message.data.consent, message.data.purpose, 'basis_ended'),
        LegalBasisEnded: (message: Told<'LegalBasisEnded'>) =>
          this.#ended(message, message.data.legalBasis, message.data.purpose, 'basis_ended'),
      },
    };
  }

  async #ended(message: Published, basis: string, purpose: string, reason: string): Promise<void> {
    if (!(await this.principals.caughtUp(OUTBOX)))
      throw unavailable('referral.not-caught-up', 'The rows of referrals are behind their log.');
    // Another consent that was given just before counts.
    await this.principals.factsAsOfNow();
    for (const open of await this.outbox.openOnBasis(basis)) {
      if (!needs(open, purpose) || (await this.facts.otherBasis(open.referral, purpose, basis, message.time))) continue;
      await this.running.react(open.region, message.id, new WithdrawReferral(open.referral, reason), message.correlation);
    }
  }
}

/** Once accepted, the consent to be assessed has served; until then both are needed. A draft waits for its sender. */
function needs({ status, purpose: service }: OpenReferral, purpose: string): boolean {
  if (status === 'Drafted') return false;
  return purpose === service || (purpose === 'referral_assessment' && (status === 'Offered' || status === 'UnderReview'));
}
