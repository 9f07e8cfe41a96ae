import type { AlertSubject } from '@contracts';
import type { OrganisationKind } from '@platform/kernel';

/** How much a kind of recipient is told: the ceiling of its row. */
export type Profile = 'inspection' | 'union' | 'aggregate';

interface Competence {
  readonly profile: Profile;
  /** What alerts it may subscribe to. */
  readonly subjects: readonly AlertSubject[];
  /** Competent for its own region only. */
  readonly local: boolean;
}

const inspection = (local: boolean): Competence => ({ profile: 'inspection', subjects: ['company', 'territory'], local });
/** Aggregates never single out a company. */
const aggregate = (local: boolean): Competence => ({ profile: 'aggregate', subjects: ['territory'], local });

const COMPETENCES: Readonly<Partial<Record<OrganisationKind, Competence>>> = {
  labour_inspectorate: inspection(true),
  carabinieri_labour_unit: inspection(true),
  national_inspectorate: inspection(false),
  trade_union: { profile: 'union', subjects: ['company', 'territory'], local: false },
  employers_association: aggregate(false),
  trade_association: aggregate(false),
  prefettura: aggregate(true),
  region: aggregate(true),
  ministry_department: aggregate(false),
};

/** Undefined: organisations of this kind receive no alerts. */
export const competenceOf = (kind: string): Competence | undefined =>
  Object.hasOwn(COMPETENCES, kind) ? COMPETENCES[kind as OrganisationKind] : undefined;

/** These are reached by a formal act, one by one, never by an alert or a standing subscription. */
export const isFormalActOnly = (kind: string): boolean => kind === 'prosecutor' || kind === 'court';

/** Every kind that may ever be told something. */
export const RECIPIENT_KINDS = Object.keys(COMPETENCES) as readonly OrganisationKind[];
