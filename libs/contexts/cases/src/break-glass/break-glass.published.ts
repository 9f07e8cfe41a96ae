import { casesContract, publish, type Published } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { BreakGlassEvent } from './break-glass';

/** The custodian is told at once; what was written as the reason and in the review stays in the vault. */
export function publishBreakGlass(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as BreakGlassEvent;
  const { case: of, custodian, member, organisation, group } = stored.data;
  const told = { breakGlass: event.stream, case: of, custodian, member, organisation, group };
  switch (stored.type) {
    case 'BreakGlassOpened': {
      const { reason, expires, reviewDue } = stored.data;
      return publish(casesContract, 'BreakGlassOpened', event, { ...told, reason, expires, reviewDue });
    }
    case 'BreakGlassExpired':
    case 'BreakGlassClosedEarly':
    case 'BreakGlassJustified':
    case 'BreakGlassFoundUnjustified':
    case 'BreakGlassReviewOverdue':
      return publish(casesContract, stored.type, event, told);
    default:
      return undefined;
  }
}
