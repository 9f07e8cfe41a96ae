import { Injectable } from '@nestjs/common';
import { casesContract, type Published, type PublishedOf } from '@contracts';
import type { Consumer } from '@platform/consuming';
import { CaseFacts } from '../facts.projection';
import { Principals } from '../principals';
import { Sending } from './sending';

type Told<K extends keyof (typeof casesContract)['events']> = PublishedOf<typeof casesContract, K>;

/** Whoever received data is told when what they rest on is gone; and a custodian when somebody broke the glass. */
@Injectable()
export class SendNoticeWhenAccessEnds {
  constructor(
    private readonly sending: Sending,
    private readonly facts: CaseFacts,
    private readonly principals: Principals,
  ) {}

  consumer(): Consumer {
    return {
      name: 'send-notice-when-access-ends',
      context: 'referrals',
      source: { topics: [casesContract.topic] },
      reactor: true,
      tables: [],
      handlers: {
        ConsentWithdrawn: (message: Told<'ConsentWithdrawn'>) => this.#withdrawn(message),
        AccessRevoked: (message: Told<'AccessRevoked'>) => this.#ended(message, message.data.reason),
        AccessExpired: (message: Told<'AccessExpired'>) => this.#ended(message, 'expired'),
        BreakGlassOpened: ({ data, ...message }: Told<'BreakGlassOpened'>) =>
          this.sending.send(message, data.custodian, data.organisation, 'break-glass-used', data.case),
      },
    };
  }

  /** Everybody who was ever granted anything on that consent. */
  async #withdrawn(message: Told<'ConsentWithdrawn'>): Promise<void> {
    await this.principals.factsAsOfNow();
    const { consent, case: of } = message.data;
    for (const organisation of await this.facts.reachedThrough(consent)) await this.#tell(message, organisation, 'consent-withdrawn', of);
  }

  async #ended(message: Told<'AccessExpired'>, reason: string): Promise<void> {
    const { organisation, purpose, case: of } = message.data;
    // The end of an assessment is the end of the referral, which has a notice of its own or was the receiver's act.
    if (organisation === undefined || (purpose === 'referral_assessment' && reason === 'referral_ended')) return;
    await this.principals.factsAsOfNow();
    await this.#tell(message, organisation, 'grant-ended', of);
  }

  async #tell(message: Published, recipient: string, kind: 'consent-withdrawn' | 'grant-ended', caseId: string): Promise<void> {
    const custodian = await this.facts.custodian(caseId);
    if (custodian !== undefined) await this.sending.send(message, recipient, custodian, kind, caseId);
  }
}
