import { casesContract, publish, type Published } from '@contracts';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { CompanyDossierData, CompanyDossierEvent } from './company-dossier';

/** What is known of a company, never who said it: neither in the data nor in the envelope. Inspections are the inspectorate's own. */
export function publishCompanyDossier(recorded: RecordedEvent): Published | undefined {
  const event = unsigned(recorded);
  const stored = event as unknown as CompanyDossierEvent;
  const of = { dossier: event.stream };
  switch (stored.type) {
    case 'CompanyInvolved': {
      const { sector, comune, nameRef, vatRef } = stored.data;
      const refs = vatRef === undefined ? { nameRef } : { nameRef, vatRef };
      return publish(casesContract, 'CompanyInvolved', event, { ...of, region: regionOf(event.log), sector, comune, ...refs });
    }
    case 'CompanyReported':
    case 'CompanyCorroborated':
    case 'CompanyObservationAdded':
      return publish(casesContract, stored.type, event, { ...of, ...observed(stored.data) });
    case 'CompanyAlertLinked':
      return publish(casesContract, 'CompanyAlertLinked', event, { ...of, alert: stored.data.alert });
    case 'CompanyRecordDisputed':
    case 'CompanyArchived':
      return publish(casesContract, stored.type, event, of);
    case 'CompanyDisputeResolved':
      return publish(casesContract, 'CompanyDisputeResolved', event, { ...of, outcome: stored.data.outcome });
    default:
      return undefined;
  }
}

const observed = ({ indicators, reporters }: CompanyDossierData<'CompanyReported'>) => ({ indicators, reporters });

/** Actor, organisation and the thread of requests would all lead back to the reporter. */
const unsigned = (event: RecordedEvent): RecordedEvent => ({
  ...event,
  meta: { ...event.meta, actor: 'system', organisation: 'system', correlation: event.id },
});
