import { casesContract, publish, type Published } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { LegalBasisEvent } from './legal-basis';

/** The act itself stays in the vault; what it covers does not. */
export function publishLegalBasis(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as LegalBasisEvent;
  const { case: of, recipient, purpose, groups, expires } = stored.data;
  const covers = { legalBasis: event.stream, case: of, recipient, purpose, groups, expires };
  switch (stored.type) {
    case 'LegalBasisRecorded':
      return publish(casesContract, 'LegalBasisRecorded', event, { ...covers, kind: stored.data.kind });
    case 'LegalBasisEnded':
      return publish(casesContract, 'LegalBasisEnded', event, { ...covers, reason: stored.data.reason });
    default:
      return undefined;
  }
}
