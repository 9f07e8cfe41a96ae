import { contract, v1 } from './contract';
import * as field from './fields';

/** What an alert may be about. A person never is. */
export const ALERT_SUBJECTS = ['company', 'territory'] as const;
export type AlertSubject = (typeof ALERT_SUBJECTS)[number];

const about = {
  alert: field.ref('alert'),
  subject: field.oneOf(ALERT_SUBJECTS),
  /** The company's dossier; absent where the subject is a territory. */
  dossier: field.optional(field.ref('companyDossier')),
} as const;

/** What alerts tell the other contexts. Who receives an alert stays inside: recipients do not see each other. */
export const alertsContract = contract('alerts', {
  AlertIssued: v1({ ...about, issuer: field.ref('organisation'), expires: field.instant() }),
  AlertClosed: v1(about),
  AlertWithdrawn: v1({ ...about, reason: field.code() }),
  AlertExpired: v1(about),
  /** A recipient's answer: the outcome alone. */
  AlertAnswered: v1({ alert: field.ref('alert'), outcome: field.code() }),
});
