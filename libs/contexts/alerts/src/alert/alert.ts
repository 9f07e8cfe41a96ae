import { ALERT_SUBJECTS, type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, ORGANISATION_KINDS } from '@platform/kernel';

/** How far the place of a territory alert reaches. */
export const AREAS = ['comune', 'province'] as const;
export type Area = (typeof AREAS)[number];
export const HOLD_REASONS = ['cohort_too_small', 'retaliation_risk'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];
export const RELEASE_REASONS = ['new_evidence', 'wider_area', 'risk_assessed'] as const;
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

const subject = {
  kind: field.oneOf(ALERT_SUBJECTS),
  /** The company's dossier; absent where the subject is a territory. */
  dossier: field.optional(field.ref('companyDossier')),
} as const;
const content = {
  issuer: field.ref('organisation'),
  subject: field.record(subject),
  /** Six-digit ISTAT code: stays with the issuer, recipients are told the province. */
  comune: field.code(),
  area: field.oneOf(AREAS),
  sector: field.code(),
  patterns: field.list(field.code()),
  indicators: field.list(field.code()),
  /** When it was observed. */
  period: field.record({ from: field.day(), to: field.day() }),
  expires: field.instant(),
} as const;
const cohort = field.record({ workers: field.count(), organisations: field.count(), companies: field.count() });
const about = { subject: field.record(subject) } as const;

export const alertEvents = stored({
  AlertDrafted: v1(content),
  /** The small-number check passed, and somebody said that nobody risks retaliation. */
  AlertScreened: v1({ cohort }),
  AlertHeld: v1({ reason: field.oneOf(HOLD_REASONS), by: field.ref('member') }),
  AlertReleased: v1({ reason: field.oneOf(RELEASE_REASONS), area: field.oneOf(AREAS) }),
  AlertRejected: v1({ reason: field.oneOf(HOLD_REASONS) }),
  /** Everything deliveries are made of. `audience`: kinds of recipients it is competent to reach. */
  AlertIssued: v1({
    ...content,
    cohort,
    audience: field.list(field.oneOf(ORGANISATION_KINDS)),
    company: field.optional(field.record({ nameRef: field.optional(field.vaultRef()), vatRef: field.optional(field.vaultRef()) })),
  }),
  AlertClosed: v1(about),
  AlertWithdrawn: v1({ ...about, reason: field.code() }),
  AlertExpired: v1(about),
});
export type AlertEvent = EventsOf<typeof alertEvents>;
export type AlertContent = DataOfEvent<typeof alertEvents, 'AlertDrafted'>;
export type IssuedAlert = DataOfEvent<typeof alertEvents, 'AlertIssued'>;

export type AlertStatus = 'Drafted' | 'Screened' | 'Held' | 'Issued' | 'Closed' | 'Withdrawn' | 'Expired' | 'Rejected';
export interface OpenedAlert extends AlertContent {
  readonly status: AlertStatus;
  readonly held: { readonly reason: HoldReason; readonly by: string } | null;
}
export type Alert = OpenedAlert | null;
export const initialAlert: Alert = null;

export function evolveAlert(state: Alert, event: AlertEvent): Alert {
  if (event.type === 'AlertDrafted') return { ...event.data, status: 'Drafted', held: null };
  if (state === null) return state;
  const became = (status: AlertStatus): OpenedAlert => ({ ...state, status });
  switch (event.type) {
    case 'AlertScreened':
      return became('Screened');
    case 'AlertHeld':
      return { ...became('Held'), held: { reason: event.data.reason, by: event.data.by } };
    case 'AlertReleased':
      return { ...became('Drafted'), area: event.data.area, held: null };
    case 'AlertRejected':
      return became('Rejected');
    case 'AlertIssued':
      return became('Issued');
    case 'AlertClosed':
      return became('Closed');
    case 'AlertWithdrawn':
      return became('Withdrawn');
    case 'AlertExpired':
      return became('Expired');
    default:
      return assertNever(event);
  }
}
