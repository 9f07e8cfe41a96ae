import { publish, type Published, regionsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { TerritorialAgreementEvent } from './territorial-agreement';

/** Others learn of an agreement when it binds; of a termination also when it never did (they pass it over). */
export function publishTerritorialAgreement(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as TerritorialAgreementEvent;
  const agreement = event.stream;
  switch (stored.type) {
    case 'AgreementActivated':
      return publish(regionsContract, 'AgreementActivated', event, { agreement, ...stored.data });
    case 'AgreementExpired':
      return publish(regionsContract, 'AgreementExpired', event, { agreement });
    case 'AgreementTerminated':
      return publish(regionsContract, 'AgreementTerminated', event, { agreement, ...stored.data });
    default:
      return undefined;
  }
}
