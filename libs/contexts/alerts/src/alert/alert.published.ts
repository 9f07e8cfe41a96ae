import { alertsContract, type DataOfEvent, publish, type Published } from '@contracts';
import type { RecordedEvent } from '@platform/kernel';
import type { alertDeliveryEvents } from '../alert-delivery/alert-delivery';
import type { alertEvents } from './alert';

type Stored<K extends keyof typeof alertEvents> = DataOfEvent<typeof alertEvents, K>;
const of = alertsContract;

const aboutOf = (alert: string, { kind, dossier }: Stored<'AlertDrafted'>['subject']) => ({
  alert,
  subject: kind,
  ...(dossier === undefined ? {} : { dossier }),
});

/** What of alerts and their deliveries the other contexts are told. Undefined: it stays inside, as do all recipients. */
export function publishedAlert(event: RecordedEvent): Published | undefined {
  switch (event.type) {
    case 'AlertIssued': {
      const { subject, issuer, expires } = event.data as Stored<'AlertIssued'>;
      return publish(of, event.type, event, { ...aboutOf(event.stream, subject), issuer, expires });
    }
    case 'AlertClosed':
    case 'AlertExpired':
      return publish(of, event.type, event, aboutOf(event.stream, (event.data as Stored<'AlertClosed'>).subject));
    case 'AlertWithdrawn': {
      const { subject, reason } = event.data as Stored<'AlertWithdrawn'>;
      return publish(of, event.type, event, { ...aboutOf(event.stream, subject), reason });
    }
    case 'AlertAnswered': {
      const { alert, outcome } = event.data as DataOfEvent<typeof alertDeliveryEvents, 'AlertAnswered'>;
      // Who answered is the issuer's to know.
      return { ...publish(of, event.type, event, { alert, outcome }), actor: 'system', organisation: 'system' };
    }
    default:
      return undefined;
  }
}
