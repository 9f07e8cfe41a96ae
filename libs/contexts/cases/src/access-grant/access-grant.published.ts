import { casesContract, publish, type Published } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { AccessGrantEvent, GrantScope } from './access-grant';

/** What now may be seen by whom. */
export function publishAccessGrant(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as AccessGrantEvent;
  const grant = { grant: event.stream, ...told(stored.data) };
  switch (stored.type) {
    case 'AccessGranted':
    case 'AccessNarrowed':
    case 'AccessRenewed':
    case 'AccessExpired':
      return publish(casesContract, stored.type, event, grant);
    case 'AccessRevoked':
      return publish(casesContract, 'AccessRevoked', event, { ...grant, reason: stored.data.reason });
    default:
      return undefined;
  }
}

function told({ case: of, organisation, members, team, groups, purpose, basis, referral, expires }: GrantScope) {
  const named = {
    ...(organisation === undefined ? {} : { organisation }),
    ...(team === undefined ? {} : { team }),
    ...(referral === undefined ? {} : { referral }),
  };
  return { case: of, members, groups, purpose, basis, expires, ...named };
}
