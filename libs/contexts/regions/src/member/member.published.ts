import { publish, type Published, regionsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { MemberEvent } from './member';

/** What others need to recognise a session and its standing. The vault reference to a name stays here. */
export function publishMember(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as MemberEvent;
  const member = event.stream;
  switch (stored.type) {
    case 'MemberInvited': {
      const { organisation, region, login } = stored.data;
      return publish(regionsContract, 'MemberInvited', event, { member, organisation, region, login });
    }
    case 'RoleAssigned':
      return publish(regionsContract, 'RoleAssigned', event, { member, ...stored.data });
    case 'RoleEnded':
      return publish(regionsContract, 'RoleEnded', event, { member, ...stored.data });
    case 'VisitingMembershipStarted':
      return publish(regionsContract, 'VisitingMembershipStarted', event, { member, ...stored.data });
    case 'MemberSuspended':
      return publish(regionsContract, 'MemberSuspended', event, { member, ...stored.data });
    case 'MemberReinstated':
    case 'MemberDisabled':
      return publish(regionsContract, stored.type, event, { member });
    default:
      return undefined;
  }
}
