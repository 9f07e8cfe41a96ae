import { ALERT_SUBJECTS, type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, ORGANISATION_KINDS } from '@platform/kernel';
import { BANDS } from '../small-numbers';

export const PROFILES = ['inspection', 'union', 'aggregate'] as const;

/** All a recipient will ever be told: codes, bands and a coarse place. Name and VAT number of a company stay in the vault. */
const content = {
  profile: field.oneOf(PROFILES),
  subject: field.oneOf(ALERT_SUBJECTS),
  region: field.region(),
  period: field.record({ from: field.day(), to: field.day() }),
  province: field.optional(field.code()),
  sector: field.optional(field.code()),
  patterns: field.list(field.code()),
  indicators: field.optional(field.list(field.code())),
  workers: field.optional(field.oneOf(BANDS)),
  companies: field.optional(field.oneOf(BANDS)),
  /** Outside the network: down to a multiple of 5, from 11 on. */
  rounded: field.optional(field.count()),
  company: field.optional(
    field.record({
      dossier: field.ref('companyDossier'),
      nameRef: field.optional(field.vaultRef()),
      vatRef: field.optional(field.vaultRef()),
    }),
  ),
} as const;

export const alertDeliveryEvents = stored({
  AlertDelivered: v1({
    alert: field.ref('alert'),
    issuer: field.ref('organisation'),
    recipient: field.ref('organisation'),
    kind: field.oneOf(ORGANISATION_KINDS),
    content: field.record(content),
    due: field.instant(),
  }),
  AlertAcknowledged: v1({ member: field.ref('member') }),
  AlertAnswered: v1({ alert: field.ref('alert'), outcome: field.code() }),
  AlertDeliveryWithdrawn: v1({ alert: field.ref('alert') }),
  AlertDeliveryExpired: v1({ alert: field.ref('alert') }),
});
export type AlertDeliveryEvent = EventsOf<typeof alertDeliveryEvents>;
export type DeliveryTerms = DataOfEvent<typeof alertDeliveryEvents, 'AlertDelivered'>;
export type DeliveredContent = DeliveryTerms['content'];

export type AlertDeliveryStatus = 'Delivered' | 'Acknowledged' | 'Answered' | 'DeliveryWithdrawn' | 'DeliveryExpired';
export interface OpenedDelivery extends DeliveryTerms {
  readonly status: AlertDeliveryStatus;
  readonly outcome: string | null;
}
export type AlertDelivery = OpenedDelivery | null;
export const initialAlertDelivery: AlertDelivery = null;

export function evolveAlertDelivery(state: AlertDelivery, event: AlertDeliveryEvent): AlertDelivery {
  if (event.type === 'AlertDelivered') return { ...event.data, status: 'Delivered', outcome: null };
  if (state === null) return state;
  switch (event.type) {
    case 'AlertAcknowledged':
      return { ...state, status: 'Acknowledged' };
    case 'AlertAnswered':
      return { ...state, status: 'Answered', outcome: event.data.outcome };
    case 'AlertDeliveryWithdrawn':
      return { ...state, status: 'DeliveryWithdrawn' };
    case 'AlertDeliveryExpired':
      return { ...state, status: 'DeliveryExpired' };
    default:
      return assertNever(event);
  }
}

/** What is told beside the company: which one it is, is shown one by one and while nobody disputes it. */
export function withoutCompany(content: DeliveredContent): Omit<DeliveredContent, 'company'> {
  const rest = { ...content };
  delete (rest as { company?: unknown }).company;
  return rest;
}
