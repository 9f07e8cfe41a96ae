/** The closed vocabulary of access. Ceilings and meanings: docs/explanation/need-to-know.md. */
export const FIELD_GROUPS = ['REF', 'ID', 'CON', 'PROT', 'HEA', 'LEG', 'FAM', 'EXP', 'OFF', 'NEED', 'PLAN', 'COMP', 'TERR'] as const;
export type FieldGroup = (typeof FIELD_GROUPS)[number];

/** How much of a field group is shown, from nothing to everything. */
export const VIEWS = ['none', 'aggregate', 'banded', 'codes', 'full'] as const;
export type View = (typeof VIEWS)[number];

export const ROLES = [
  'operator',
  'case_manager',
  'coordinator',
  'legal_adviser',
  'cultural_mediator',
  'helpdesk_expert',
  'mentor',
  'inspector',
  'union_officer',
  'auditor',
  'dpo',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

export const DISCIPLINES = [
  'social_worker',
  'educator',
  'lawyer',
  'psychologist',
  'cultural_mediator',
  'outreach_worker',
  'labour_expert',
  'union_officer',
  'physician',
  'job_coach',
  'coordinator',
  'supervisor',
  'dpo',
  'auditor',
] as const;
export type Discipline = (typeof DISCIPLINES)[number];

export const PURPOSES = [
  'direct_assistance',
  'referral_assessment',
  'joint_case',
  'joint_outing',
  'legal_representation',
  'health_care',
  'safeguarding_minor',
  'quality_supervision',
  'data_subject_request',
  'audit',
  'emergency',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const ORGANISATION_KINDS = [
  'anti_trafficking_project',
  'social_cooperative',
  'association',
  'local_authority',
  'region',
  'ministry_department',
  'labour_inspectorate',
  'national_inspectorate',
  'carabinieri_labour_unit',
  'police_force',
  'questura',
  'prefettura',
  'prosecutor',
  'court',
  'trade_union',
  'employers_association',
  'trade_association',
  'company',
  'job_centre',
  'training_body',
  'health_authority',
  'social_services',
  'msna_facility',
  'guardianship_office',
  'asylum_commission',
  'anti_violence_centre',
  'equality_adviser',
  'university_research',
  'scientific_advisor',
  'helpline',
  'international_organisation',
  'church_body',
  'migrant_community_association',
  'foreign_partner',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** The phases of a case (Case machine). */
export const PHASES = ['Emersion', 'Proximity', 'FirstAssistance', 'SocialInclusion', 'FollowUp', 'Suspended', 'Closed'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * Who acts: a member as a context's own directory knows it, plus the session's strength of sign-in.
 * `member`, `organisation` and `teams` are stream ids, or `system` for reactors and timers.
 */
export interface Actor {
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly kind: OrganisationKind | 'none';
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
  readonly teams: readonly string[];
  readonly session: string;
  readonly acr: number;
  /** The event the membership stands on, for the audit entry; absent for reactors. */
  readonly standing?: { readonly stream: string; readonly revision: number };
}

/** The deciding service itself, when a clock or an event makes it act. It may command only what its policy names for `system`. */
export const systemActor = (region: string): Actor => ({
  member: 'system',
  organisation: 'system',
  region,
  kind: 'none',
  roles: [],
  disciplines: [],
  teams: [],
  session: 'system',
  acr: 0,
});
export const isSystem = (actor: Pick<Actor, 'member' | 'session'>): boolean => actor.member === 'system' && actor.session === 'system';
