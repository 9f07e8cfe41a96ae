import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, FIELD_GROUPS, ORGANISATION_KINDS, type OrganisationKind, PURPOSES } from '@platform/kernel';

/** What may stand in the place of a consent. Which article each rests on is for a jurist of the region to say. */
export const LEGAL_BASIS_KINDS = [
  'judicial_order',
  'prosecutor_request',
  'statutory_duty',
  'vital_interests',
  'guardian_decision',
  'public_interest_task',
] as const;
export const LEGAL_BASIS_ENDINGS = ['term_reached', 'revoked_by_issuer', 'purpose_met', 'recorded_by_mistake'] as const;

const scope = {
  case: field.ref('case'),
  recipient: field.ref(),
  purpose: field.oneOf(PURPOSES),
  groups: field.list(field.oneOf(FIELD_GROUPS)),
  expires: field.instant(),
} as const;

export const legalBasisEvents = stored({
  LegalBasisRecorded: v1({
    ...scope,
    kind: field.oneOf(LEGAL_BASIS_KINDS),
    /** Number and date of the act. */
    actRef: field.vaultRef(),
    issuer: field.oneOf(ORGANISATION_KINDS),
  }),
  LegalBasisEnded: v1({ ...scope, reason: field.oneOf(LEGAL_BASIS_ENDINGS) }),
});
export type LegalBasisEvent = EventsOf<typeof legalBasisEvents>;
export type LegalBasisData<K extends keyof typeof legalBasisEvents> = DataOfEvent<typeof legalBasisEvents, K>;
export type LegalBasisScope = Omit<LegalBasisData<'LegalBasisEnded'>, 'reason'>;

export interface RecordedLegalBasis {
  readonly status: 'Recorded' | 'Ended';
  readonly kind: LegalBasisData<'LegalBasisRecorded'>['kind'];
  readonly issuer: OrganisationKind;
  readonly scope: LegalBasisScope;
}
export type LegalBasis = RecordedLegalBasis | null;

export function evolveLegalBasis(state: LegalBasis, event: LegalBasisEvent): LegalBasis {
  switch (event.type) {
    case 'LegalBasisRecorded': {
      const { case: of, recipient, purpose, groups, expires, kind, issuer } = event.data;
      return { status: 'Recorded', kind, issuer, scope: { case: of, recipient, purpose, groups, expires } };
    }
    case 'LegalBasisEnded':
      return state && { ...state, status: 'Ended' };
    default:
      return assertNever(event);
  }
}
