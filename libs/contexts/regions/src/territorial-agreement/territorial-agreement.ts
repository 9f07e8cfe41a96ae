import { type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, FIELD_GROUPS, type FieldGroup, type Purpose, PURPOSES } from '@platform/kernel';

export const AGREEMENT_TERMINATIONS = ['own_request', 'breach', 'superseded', 'party_withdrew'] as const;
export type AgreementTermination = (typeof AGREEMENT_TERMINATIONS)[number];

const terms = {
  parties: field.list(field.record({ organisation: field.ref('organisation'), region: field.region() })),
  /** Purposes for which the parties work together. */
  scope: field.list(field.oneOf(PURPOSES)),
  /** What the first of a pair may at most show the second; a pair that is not named gets nothing through the agreement. */
  caps: field.list(
    field.record({ from: field.ref('organisation'), to: field.ref('organisation'), groups: field.list(field.oneOf(FIELD_GROUPS)) }),
  ),
  expiresAt: field.instant(),
} as const;

export const territorialAgreementEvents = stored({
  AgreementDrafted: v1(terms),
  AgreementNegotiationOpened: v1({}),
  AgreementSigned: v1({ organisation: field.ref('organisation') }),
  AgreementActivated: v1(terms),
  AgreementExpired: v1({}),
  AgreementTerminated: v1({ reason: field.oneOf(AGREEMENT_TERMINATIONS) }),
});
export type TerritorialAgreementEvent = EventsOf<typeof territorialAgreementEvents>;

export interface Party {
  readonly organisation: string;
  readonly region: string;
}
/** What one party may at most show another. */
export interface Cap {
  readonly from: string;
  readonly to: string;
  readonly groups: readonly FieldGroup[];
}
export interface Terms {
  readonly parties: readonly Party[];
  readonly scope: readonly Purpose[];
  readonly caps: readonly Cap[];
  /** ISO instant */
  readonly expiresAt: string;
}

export interface TerritorialAgreement {
  readonly status: '-' | 'Drafted' | 'Negotiating' | 'Active' | 'Expired' | 'Terminated';
  readonly terms: Terms;
  /** Organisations that signed. */
  readonly signed: readonly string[];
}

export const noAgreement: TerritorialAgreement = { status: '-', terms: { parties: [], scope: [], caps: [], expiresAt: '' }, signed: [] };

export function evolveAgreement(state: TerritorialAgreement, event: TerritorialAgreementEvent): TerritorialAgreement {
  switch (event.type) {
    case 'AgreementDrafted':
      return { status: 'Drafted', terms: event.data, signed: [] };
    case 'AgreementNegotiationOpened':
      return { ...state, status: 'Negotiating' };
    case 'AgreementSigned':
      return { ...state, signed: [...state.signed, event.data.organisation] };
    case 'AgreementActivated':
      return { ...state, status: 'Active' };
    case 'AgreementExpired':
      return { ...state, status: 'Expired' };
    case 'AgreementTerminated':
      return { ...state, status: 'Terminated' };
    default:
      return assertNever(event);
  }
}
