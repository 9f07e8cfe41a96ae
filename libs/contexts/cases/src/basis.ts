import { field } from '@contracts';
import { type FieldGroup, type OrganisationKind, type Purpose, refused } from '@platform/kernel';
import { isLater, isReached } from './instants';

export const BASIS_KINDS = ['consent', 'legal_basis'] as const;
/** Declared form of a reference to what a disclosure rests on: a consent or a legal basis. */
export const basisRef = field.record({ kind: field.oneOf(BASIS_KINDS), ref: field.ref() });
export interface BasisRef {
  readonly kind: (typeof BASIS_KINDS)[number];
  /** `consent-…` or `legalBasis-…` */
  readonly ref: string;
}

/** A consent or legal basis as it stands now, gathered from the log of the case. */
export interface BasisFact extends BasisRef {
  readonly case: string;
  /** Given or recorded, and neither withdrawn nor ended. */
  readonly live: boolean;
  /** When it was given or recorded. */
  readonly since: string;
  readonly expires: string;
  /** Organisation or team it names. */
  readonly recipient: string;
  readonly purpose: Purpose;
  readonly groups: readonly FieldGroup[];
}

/** What somebody wants to rest on a basis. */
export interface Resting {
  readonly case: string;
  readonly basis: BasisRef;
  readonly recipient: string;
  readonly expires: string;
  /** Where the case was closed before: nothing older counts, for reopening revives nothing. */
  readonly closedAt?: string;
  readonly purpose?: Purpose;
  readonly groups?: readonly FieldGroup[];
}

/**
 * Demands that the basis is in force for this case and recipient, and covers purpose, field groups and time.
 * @throws DomainError `<noun>.no-basis`, `.basis-for-another-recipient`, `.basis-for-another-purpose`, `.beyond-basis`, `.outlives-basis`
 */
export function demandBasis(noun: string, wanted: Resting, fact: BasisFact | undefined, at: string): void {
  const named = fact && fact.ref === wanted.basis.ref && fact.kind === wanted.basis.kind && fact.case === wanted.case;
  const outdated = fact && wanted.closedAt !== undefined && !isLater(fact.since, wanted.closedAt);
  if (!named || !fact.live || outdated || isReached(fact.expires, at))
    throw refused(`${noun}.no-basis`, 'No consent or legal basis in force carries this.');
  if (fact.recipient !== wanted.recipient) throw refused(`${noun}.basis-for-another-recipient`, 'The basis names another recipient.');
  if (wanted.purpose !== undefined && wanted.purpose !== fact.purpose)
    throw refused(`${noun}.basis-for-another-purpose`, 'The basis was given for another purpose.');
  if (wanted.groups?.some((group) => !fact.groups.includes(group)))
    throw refused(`${noun}.beyond-basis`, 'The basis does not cover all these field groups.');
  if (isLater(wanted.expires, fact.expires)) throw refused(`${noun}.outlives-basis`, 'It would outlive what it rests on.');
}

/** Kinds of organisation whose people may be shown a case under a consent. All others reach alerts, aggregates or nothing. */
export const KINDS_AT_A_CASE: readonly OrganisationKind[] = [
  'anti_trafficking_project',
  'social_cooperative',
  'association',
  'local_authority',
  'social_services',
  'job_centre',
  'training_body',
  'health_authority',
  'msna_facility',
  'guardianship_office',
  'anti_violence_centre',
  'helpline',
  'international_organisation',
  'church_body',
  'migrant_community_association',
  'foreign_partner',
];
/** Kinds that are shown a case only through a formal act, never by consent. */
export const KINDS_BY_FORMAL_ACT: readonly OrganisationKind[] = ['prosecutor', 'court', 'questura', 'asylum_commission'];
