import { type DataOfEvent, publish, type Published, referralsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { referralEvents } from './referral';

type Stored<K extends keyof typeof referralEvents> = DataOfEvent<typeof referralEvents, K>;
const of = referralsContract;

/** What of a stored referral event the other contexts are told. Undefined: it stays inside. */
export function publishedReferral(event: RecordedEvent): Published | undefined {
  const referral = event.stream;
  switch (event.type) {
    case 'ReferralOffered': {
      const { sender, receiver, service, urgency, language, due } = event.data as Stored<'ReferralOffered'>;
      const data = { referral, sender, organisation: receiver.organisation, region: receiver.region, service, urgency, language, due };
      return publish(of, event.type, event, data);
    }
    case 'ReferralSummaryDisclosed':
      return publish(of, event.type, event, { referral, ...(event.data as Stored<'ReferralSummaryDisclosed'>) });
    case 'ReferralAccepted':
      return publish(of, event.type, event, { referral, ...(event.data as Stored<'ReferralAccepted'>) });
    case 'IdentityDisclosed':
      return publish(of, event.type, event, { referral, ...(event.data as Stored<'IdentityDisclosed'>) });
    case 'ReferralServiceStarted':
      return publish(of, event.type, event, { referral, ...(event.data as Stored<'ReferralServiceStarted'>) });
    case 'ReferralOutcomeReported': {
      const { case: about, outcome } = event.data as Stored<'ReferralOutcomeReported'>;
      return publish(of, event.type, event, { referral, case: about, outcome });
    }
    case 'ReferralClosed':
    case 'ReferralClosedByClock':
    case 'ReferralExpired':
      return publish(of, event.type, event, { referral, ...(event.data as Stored<'ReferralClosed'>) });
    case 'ReferralDeclined':
    case 'ReferralReturned':
      return publish(of, event.type, event, { referral, ...(event.data as Stored<'ReferralDeclined'>) });
    case 'ReferralRedirected':
      return publish(of, event.type, event, { referral, ...(event.data as Stored<'ReferralRedirected'>) });
    case 'ReferralWithdrawn': {
      const { offered, ...data } = event.data as Stored<'ReferralWithdrawn'>;
      return offered ? publish(of, event.type, event, { referral, ...data }) : undefined;
    }
    default:
      return undefined;
  }
}
