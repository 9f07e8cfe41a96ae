import { Injectable } from '@nestjs/common';
import type { DataOfEvent } from '@contracts';
import type { Consumer } from '@platform/consuming';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { referralEvents } from '../referral/referral';
import { Sending } from './sending';

type Offered = RecordedEvent<DataOfEvent<typeof referralEvents, 'ReferralOffered'>>;
type Withdrawn = RecordedEvent<DataOfEvent<typeof referralEvents, 'ReferralWithdrawn'>>;

/** The receiver is told that a referral waits, and that one it was offered is no more. */
@Injectable()
export class SendNoticeWhenReferralMoves {
  constructor(private readonly sending: Sending) {}

  consumer(): Consumer {
    return {
      name: 'send-notice-when-referral-moves',
      context: 'referrals',
      source: { store: 'referrals' },
      reactor: true,
      tables: [],
      handlers: {
        ReferralOffered: (event: Offered) =>
          this.sending.send(causeOf(event), event.data.receiver.organisation, event.data.sender, 'referral-waiting', event.stream),
        ReferralWithdrawn: async (event: Withdrawn) => {
          const { offered, organisation, sender } = event.data;
          if (offered) await this.sending.send(causeOf(event), organisation, sender, 'referral-withdrawn', event.stream);
        },
      },
    };
  }
}

const causeOf = (event: RecordedEvent) => ({ id: event.id, region: regionOf(event.log), correlation: event.meta.correlation });
