import { publish, type Published, regionsContract } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { OrganisationEvent } from './organisation';

/** Organisations exist for others once they are accredited. Designations and agreements stay here. */
export function publishOrganisation(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as OrganisationEvent;
  const organisation = event.stream;
  switch (stored.type) {
    case 'OrganisationAccredited': {
      const { kind, sector, region } = stored.data;
      return publish(regionsContract, 'OrganisationAccredited', event, { organisation, kind, sector, region });
    }
    case 'OrganisationSuspended':
      return publish(regionsContract, 'OrganisationSuspended', event, { organisation, reason: stored.data.reason });
    case 'OrganisationReinstated':
    case 'OrganisationWithdrawn':
      return publish(regionsContract, stored.type, event, { organisation });
    default:
      return undefined;
  }
}
