import type { Sector } from '@contracts';
import type { OrganisationKind } from '@platform/kernel';

const PUBLIC: readonly Sector[] = ['public'];
const PRIVATE_SOCIAL: readonly Sector[] = ['private_social'];
const EITHER: readonly Sector[] = ['private_social', 'public'];
const BUSINESS: readonly Sector[] = ['business'];

/** The sectors an organisation of a kind can belong to; the first one is assumed where none is stated. */
export const SECTORS_OF_KIND: Readonly<Record<OrganisationKind, readonly Sector[]>> = {
  anti_trafficking_project: EITHER,
  social_cooperative: PRIVATE_SOCIAL,
  association: PRIVATE_SOCIAL,
  local_authority: PUBLIC,
  region: PUBLIC,
  ministry_department: PUBLIC,
  labour_inspectorate: PUBLIC,
  national_inspectorate: PUBLIC,
  carabinieri_labour_unit: PUBLIC,
  police_force: PUBLIC,
  questura: PUBLIC,
  prefettura: PUBLIC,
  prosecutor: PUBLIC,
  court: PUBLIC,
  trade_union: PRIVATE_SOCIAL,
  employers_association: BUSINESS,
  trade_association: BUSINESS,
  company: BUSINESS,
  job_centre: PUBLIC,
  training_body: ['private_social', 'public', 'business'],
  health_authority: PUBLIC,
  social_services: PUBLIC,
  msna_facility: EITHER,
  guardianship_office: PUBLIC,
  asylum_commission: PUBLIC,
  anti_violence_centre: EITHER,
  equality_adviser: PUBLIC,
  university_research: ['public', 'private_social'],
  scientific_advisor: ['private_social', 'public', 'business'],
  helpline: ['public', 'private_social'],
  international_organisation: PUBLIC,
  church_body: PRIVATE_SOCIAL,
  migrant_community_association: PRIVATE_SOCIAL,
  foreign_partner: EITHER,
};
