import { publish, type Published, regionsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { RegionEvent } from './region';

/** What other contexts learn about regions: all of it. */
export function publishRegion(event: RecordedEvent): Published | undefined {
  const { type, data } = event as unknown as RegionEvent;
  switch (type) {
    case 'RegionRegistered':
    case 'RegionActivated':
    case 'RegionSuspended':
    case 'RegionReactivated':
      return publish(regionsContract, type, event, data);
    default:
      return undefined;
  }
}
