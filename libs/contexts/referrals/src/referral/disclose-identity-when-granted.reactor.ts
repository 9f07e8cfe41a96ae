import { Injectable } from '@nestjs/common';
import { casesContract, type PublishedOf } from '@contracts';
import type { Consumer } from '@platform/consuming';
import { Principals } from '../principals';
import { Running } from '../running';
import { DiscloseIdentity } from './referral-commands';

type Granted = PublishedOf<typeof casesContract, 'AccessGranted'>;

/** Stage 2 is on record once the cases context has granted what was accepted. A grant for the assessment is stage 1. */
@Injectable()
export class DiscloseIdentityWhenGranted {
  constructor(
    private readonly running: Running,
    private readonly principals: Principals,
  ) {}

  consumer(): Consumer {
    return {
      name: 'disclose-identity-when-granted',
      context: 'referrals',
      source: { topics: [casesContract.topic] },
      reactor: true,
      tables: [],
      handlers: { AccessGranted: (message: Granted) => this.#granted(message) },
    };
  }

  async #granted(message: Granted): Promise<void> {
    const { referral, grant, groups, purpose } = message.data;
    if (referral === undefined || purpose === 'referral_assessment') return;
    await this.principals.factsAsOfNow();
    await this.running.react(message.region, message.id, new DiscloseIdentity(referral, grant, groups), message.correlation);
  }
}
