import { Injectable } from '@nestjs/common';
import type { Consumer } from '@platform/consuming';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';

/** The event that names a vault reference is stored: the words are kept. References no event names are swept after a day. */
@Injectable()
export class KeepWordsWhenClarified {
  constructor(private readonly vaults: Vaults) {}

  consumer(): Consumer {
    const keep = (event: RecordedEvent<{ note: string }>): Promise<void> => this.vaults.of(regionOf(event.log)).keep([event.data.note]);
    return {
      name: 'keep-words-when-clarified',
      context: 'referrals',
      source: { store: 'referrals' },
      reactor: true,
      tables: [],
      handlers: { ReferralClarificationAsked: keep, ReferralClarificationGiven: keep },
    };
  }
}
