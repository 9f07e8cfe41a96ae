import { publish, type Published, regionsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { TeamEvent } from './team';

/** Who sits in which team. A member added before the constitution counts for nobody until the team is constituted. */
export function publishTeam(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as TeamEvent;
  const team = event.stream;
  switch (stored.type) {
    case 'TeamConstituted':
      return publish(regionsContract, 'TeamConstituted', event, { team, ...stored.data });
    case 'TeamMemberAdded':
      return publish(regionsContract, 'TeamMemberAdded', event, { team, ...stored.data });
    case 'TeamMemberRemoved':
      return publish(regionsContract, 'TeamMemberRemoved', event, { team, ...stored.data });
    case 'TeamDissolved':
      return publish(regionsContract, 'TeamDissolved', event, { team });
    default:
      return undefined;
  }
}
