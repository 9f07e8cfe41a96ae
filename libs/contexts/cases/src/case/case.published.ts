import { casesContract, publish, type Published } from '@contracts';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { CaseEvent } from './case';

/** What of a stored case event the other contexts are told. Undefined: it stays inside. */
export function publishCase(event: RecordedEvent): Published | undefined {
  const stored = event as unknown as CaseEvent;
  const of = { case: event.stream };
  switch (stored.type) {
    case 'CaseOpened': {
      const { custodian, origin, linkId } = stored.data;
      const from = { ...(origin === undefined ? {} : { origin }), ...(linkId === undefined ? {} : { linkId }) };
      const { organisation, team } = custodian;
      return publish(casesContract, 'CaseOpened', event, { ...of, organisation, team, region: regionOf(event.log), ...from });
    }
    case 'CaseClosed':
      return publish(casesContract, 'CaseClosed', event, { ...of, reason: stored.data.reason });
    case 'CaseReopened':
      return publish(casesContract, 'CaseReopened', event, of);
    case 'CasesLinked':
      return publish(casesContract, 'CasesLinked', event, { ...of, ...stored.data });
    case 'CaseSharedWithTeam':
      return publish(casesContract, 'CaseSharedWithTeam', event, { ...of, ...stored.data });
    case 'CaseUnshared':
      return publish(casesContract, 'CaseUnshared', event, { ...of, ...stored.data });
    case 'CompanyLinked':
      return publish(casesContract, 'CompanyLinked', event, { ...of, dossier: stored.data.company });
    case 'WorkZoneSet':
      return publish(casesContract, 'WorkZoneSet', event, { ...of, comune: stored.data.comune });
    case 'PersonRecused':
      return publish(casesContract, 'PersonRecused', event, { ...of, member: stored.data.member });
    default:
      return undefined;
  }
}
