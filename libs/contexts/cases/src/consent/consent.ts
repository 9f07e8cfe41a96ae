import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, FIELD_GROUPS, PURPOSES } from '@platform/kernel';

/** How the person was asked. */
export const ASKED_HOW = ['spoken', 'in_writing', 'with_pictures', 'recorded_voice'] as const;
export const CONSENT_WITHDRAWALS = ['person_asked', 'given_by_mistake', 'no_longer_free', 'other'] as const;

/** What a consent is about: one purpose, one recipient (an organisation or an interregional team), the field groups. */
const scope = {
  case: field.ref('case'),
  recipient: field.ref(),
  purpose: field.oneOf(PURPOSES),
  groups: field.list(field.oneOf(FIELD_GROUPS)),
  /** Until when it lasts, if given. */
  expires: field.instant(),
} as const;

/** The scope is repeated in every event: whoever hears that a consent ended must not have to look up which. */
export const consentEvents = stored({
  ConsentAsked: v1({
    ...scope,
    language: field.code(),
    interpreter: field.flag(),
    how: field.oneOf(ASKED_HOW),
    /** Without an answer by then the request lapses. */
    answerDue: field.instant(),
  }),
  ConsentGiven: v1({ ...scope, evidenceRef: field.optional(field.vaultRef()) }),
  ConsentRefused: v1(scope),
  ConsentWithdrawn: v1({ ...scope, reason: field.oneOf(CONSENT_WITHDRAWALS) }),
  ConsentExpired: v1(scope),
  ConsentRequestLapsed: v1(scope),
});
export type ConsentEvent = EventsOf<typeof consentEvents>;
export type ConsentData<K extends keyof typeof consentEvents> = DataOfEvent<typeof consentEvents, K>;
export type ConsentScope = ConsentData<'ConsentRefused'>;

export interface AskedConsent {
  readonly status: 'Asked' | 'Given' | 'Refused' | 'Withdrawn' | 'Expired';
  readonly scope: ConsentScope;
  readonly answerDue: string;
}
export type Consent = AskedConsent | null;

export function evolveConsent(state: Consent, event: ConsentEvent): Consent {
  if (event.type === 'ConsentAsked') {
    const { case: of, recipient, purpose, groups, expires, answerDue } = event.data;
    return { status: 'Asked', scope: { case: of, recipient, purpose, groups, expires }, answerDue };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'ConsentGiven':
      return { ...state, status: 'Given' };
    case 'ConsentRefused':
      return { ...state, status: 'Refused' };
    case 'ConsentWithdrawn':
      return { ...state, status: 'Withdrawn' };
    case 'ConsentExpired':
    case 'ConsentRequestLapsed':
      return { ...state, status: 'Expired' };
    default:
      return assertNever(event);
  }
}
