import { ALERT_SUBJECTS, type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, ORGANISATION_KINDS } from '@platform/kernel';

export const subscriptionEvents = stored({
  /** Alerts of these regions about these subjects, and about these sectors; no sector named is every sector. */
  SubscriptionStarted: v1({
    organisation: field.ref('organisation'),
    kind: field.oneOf(ORGANISATION_KINDS),
    regions: field.list(field.region()),
    sectors: field.list(field.code()),
    subjects: field.list(field.oneOf(ALERT_SUBJECTS)),
  }),
  SubscriptionPaused: v1({ member: field.ref('member') }),
  SubscriptionResumed: v1({ member: field.ref('member') }),
  SubscriptionEnded: v1({ member: field.ref('member') }),
});
export type SubscriptionEvent = EventsOf<typeof subscriptionEvents>;
export type SubscriptionScope = DataOfEvent<typeof subscriptionEvents, 'SubscriptionStarted'>;

export type SubscriptionStatus = 'Active' | 'Paused' | 'Ended';
export type Subscription = (SubscriptionScope & { readonly status: SubscriptionStatus }) | null;
export const initialSubscription: Subscription = null;

export function evolveSubscription(state: Subscription, event: SubscriptionEvent): Subscription {
  if (event.type === 'SubscriptionStarted') return { ...event.data, status: 'Active' };
  if (state === null) return state;
  switch (event.type) {
    case 'SubscriptionPaused':
      return { ...state, status: 'Paused' };
    case 'SubscriptionResumed':
      return { ...state, status: 'Active' };
    case 'SubscriptionEnded':
      return { ...state, status: 'Ended' };
    default:
      return assertNever(event);
  }
}

/** Does this alert fall under a subscription? */
export const covers = (
  { regions, sectors, subjects, kind }: SubscriptionScope,
  alert: {
    readonly region: string;
    readonly sector: string;
    readonly subject: { readonly kind: string };
    readonly audience: readonly string[];
  },
): boolean =>
  regions.includes(alert.region) &&
  (sectors.length === 0 || sectors.includes(alert.sector)) &&
  subjects.some((subject) => subject === alert.subject.kind) &&
  alert.audience.includes(kind);
