import type { OrganisationKind, Role } from '@platform/kernel';

const STAFF: readonly Role[] = ['dpo', 'administrator'];
const CARE: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator', ...STAFF];
const PUBLIC_CARE: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'cultural_mediator', ...STAFF];
const INSPECTION: readonly Role[] = ['inspector', ...STAFF];

/**
 * The roles a person may hold for an organisation of each kind, at most. Roles decide commands, never fields: what a kind may see is the
 * access policy's business. A kind that only receives documents on paper or aggregates has staff roles only; a company has none.
 */
export const ROLE_CEILINGS: Readonly<Record<OrganisationKind, readonly Role[]>> = {
  anti_trafficking_project: [...CARE, 'helpdesk_expert', 'mentor'],
  social_cooperative: [...CARE, 'helpdesk_expert', 'mentor'],
  association: [...CARE, 'helpdesk_expert', 'mentor'],
  church_body: [...CARE, 'mentor'],
  international_organisation: CARE,
  anti_violence_centre: CARE,
  migrant_community_association: ['operator', 'cultural_mediator', 'coordinator', 'mentor', ...STAFF],
  helpline: ['operator', 'coordinator', 'cultural_mediator', ...STAFF],
  foreign_partner: ['operator', 'case_manager', 'coordinator', ...STAFF],

  local_authority: PUBLIC_CARE,
  social_services: PUBLIC_CARE,
  health_authority: PUBLIC_CARE,
  msna_facility: PUBLIC_CARE,
  guardianship_office: ['operator', 'case_manager', ...STAFF],
  job_centre: ['operator', 'coordinator', ...STAFF],
  training_body: ['operator', 'coordinator', ...STAFF],

  region: ['coordinator', 'auditor', ...STAFF],
  ministry_department: ['coordinator', 'auditor', ...STAFF],

  labour_inspectorate: INSPECTION,
  national_inspectorate: INSPECTION,
  carabinieri_labour_unit: INSPECTION,
  trade_union: ['union_officer', 'helpdesk_expert', ...STAFF],

  // They take part in emersion (contacts, dynamics, offers of work) and never reach a worker or a company under suspicion.
  employers_association: ['operator', ...STAFF],
  trade_association: ['operator', ...STAFF],

  equality_adviser: ['helpdesk_expert', ...STAFF],
  university_research: ['helpdesk_expert', ...STAFF],
  scientific_advisor: ['helpdesk_expert', ...STAFF],

  questura: ['operator', ...STAFF],
  police_force: STAFF,
  prefettura: STAFF,
  prosecutor: STAFF,
  court: STAFF,
  asylum_commission: STAFF,
  company: [],
};

const CASE_WORK: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator', 'helpdesk_expert'];
const RECIPIENTS: readonly Role[] = ['inspector', 'union_officer'];

/** Roles nobody holds together: who oversees does not do the work overseen, and a mentor never reaches a case. */
const APART: Partial<Readonly<Record<Role, readonly Role[]>>> = {
  auditor: [...CASE_WORK, ...RECIPIENTS, 'mentor', 'administrator'],
  dpo: [...CASE_WORK, ...RECIPIENTS, 'mentor'],
  mentor: [...CASE_WORK, ...RECIPIENTS],
};

export const withinCeiling = (kind: OrganisationKind, role: Role): boolean => ROLE_CEILINGS[kind].includes(role);
/** Says whether one person may hold both roles. */
export const compatible = (one: Role, other: Role): boolean => !APART[one]?.includes(other) && !APART[other]?.includes(one);
