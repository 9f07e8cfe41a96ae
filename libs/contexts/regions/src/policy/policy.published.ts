import { publish, type Published, regionsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { PolicyEvent } from './policy';

/** The policy in force travels whole: every context decides by its own copy. */
export function publishPolicy(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as PolicyEvent;
  const policy = event.stream;
  switch (stored.type) {
    case 'PolicyActivated': {
      const { region, number, hash, document, signatures } = stored.data;
      return publish(regionsContract, 'PolicyActivated', event, { policy, region, number, hash, document, widens: signatures.length > 0 });
    }
    case 'PolicySuperseded':
      return publish(regionsContract, 'PolicySuperseded', event, { policy, ...stored.data });
    default:
      return undefined;
  }
}
