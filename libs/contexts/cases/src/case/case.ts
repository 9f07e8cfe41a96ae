import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import type { CodeOf } from '@platform/codes';
import { assertNever, type Phase } from '@platform/kernel';
import { type BasisRef, basisRef } from '../basis';
import { DOCUMENT_GROUPS, type DocumentAt } from './document-reference';
import { VAULT_FIELDS, type VaultFieldGroup } from './particulars';

export const AGE_BANDS = ['adult', 'minor', 'unknown'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
export const SAFETY = [
  'not_assessed',
  'no_known_threat',
  'at_risk',
  'imminent_danger',
  'in_protection',
] as const satisfies readonly CodeOf<'safety-status'>[];
export type SafetyStatus = (typeof SAFETY)[number];
export const OPEN_PHASES = ['Emersion', 'Proximity', 'FirstAssistance', 'SocialInclusion', 'FollowUp'] as const;
export type OpenPhase = (typeof OPEN_PHASES)[number];
export const SUSPENSIONS = ['person_unreachable', 'asked_to_pause'] as const;
export const REOPENINGS = ['person_returned', 'new_exploitation', 'closed_in_error', 'other'] as const;
export const RECUSALS = ['family_tie', 'works_for_involved_company', 'prior_involvement', 'person_asked', 'other'] as const;
export const UNSHARINGS = ['no_longer_needed', 'basis_ended', 'expired', 'team_dissolved', 'person_asked'] as const;
export const LINK_REASONS = ['confirmed_match', 'joint_referral', 'one_situation'] as const;
export const INDICATOR_LISTS = ['ilo_delphi', 'ilo_forced_labour', 'art_603bis'] as const;

const custodian = field.record({ organisation: field.ref('organisation'), team: field.ref('team'), region: field.region() });
const groupsInVault = Object.keys(VAULT_FIELDS) as VaultFieldGroup[];
/** Vault references by field group and field. */
const refs = field.list(field.record({ group: field.oneOf(groupsInVault), field: field.code(), ref: field.vaultRef() }));

const documentAt = { group: field.oneOf(DOCUMENT_GROUPS), number: field.count() } as const;

/** Sealed beside the data: EXP (indicators, indication), NEED (needs), LEG (formal identification, status), HEA, OFF. */
export const caseEvents = stored({
  CaseOpened: v1({
    custodian,
    responsible: field.ref('member'),
    /** A minor's case is not opened here at all. */
    ageBand: field.oneOf(['adult', 'unknown']),
    language: field.code(),
    urgent: field.flag(),
    refs,
    contact: field.optional(field.ref('contact')),
    /** The referral that made this organisation take the case jointly. */
    origin: field.optional(field.ref('referral')),
    linkId: field.optional(field.code()),
  }),
  /** Identity, safe contact, health, … added or corrected; `sealed` names the groups sealed beside it. */
  ParticularsRecorded: v1({ refs, sealed: field.list(field.oneOf(['HEA', 'LEG', 'OFF'])) }),
  /** Sealed EXP: indicators, exploitation types, indication. `assessment` counts from 1. */
  IndicatorsRecorded: v1({ assessment: field.count(), list: field.oneOf(INDICATOR_LISTS), version: field.code() }),
  PreliminaryIdentificationCompleted: v1({ assessment: field.count(), accountRef: field.optional(field.vaultRef()) }),
  /** Sealed LEG: by whom, outcome. */
  FormalIdentificationRecorded: v1({ on: field.day() }),
  IntakeStrategyRecorded: v1({
    territoryRef: field.vaultRef(),
    specificsRef: field.vaultRef(),
    resourcesRef: field.vaultRef(),
    obstaclesRef: field.vaultRef(),
  }),
  ProximityProgrammeOpened: v1({}),
  FirstAssistanceStarted: v1({ ageBand: field.oneOf(['adult', 'unknown']) }),
  InclusionIntakeAccepted: v1({ plan: field.ref('educationalPlan'), planVersion: field.count() }),
  FollowUpStarted: v1({ plan: field.ref('educationalPlan') }),
  InclusionResumed: v1({}),
  CompanyLinked: v1({ company: field.ref('companyDossier') }),
  WorkZoneSet: v1({ comune: field.code(), from: field.optional(field.day()), to: field.optional(field.day()) }),
  /** Sealed NEED: needs, as codes. */
  NeedsRecorded: v1({ needs: field.count(), urgent: field.flag() }),
  SafetyStatusSet: v1({ status: field.oneOf(SAFETY), refs }),
  /** Sealed in its group: kind, days, who keeps it. What could lead to the document lies in the vault. */
  DocumentReferenceRecorded: v1({
    ...documentAt,
    registerRef: field.vaultRef(),
    fingerprintRef: field.optional(field.vaultRef()),
  }),
  DocumentReferenceWithdrawn: v1({ ...documentAt, reason: field.code() }),
  ResponsibleWorkerAssigned: v1({ worker: field.ref('member') }),
  CaseSharedWithTeam: v1({ team: field.ref('team'), basis: basisRef, expires: field.instant() }),
  CaseUnshared: v1({ team: field.ref('team'), reason: field.oneOf(UNSHARINGS) }),
  PersonRecused: v1({ member: field.ref('member'), reason: field.oneOf(RECUSALS) }),
  CasesLinked: v1({ linkId: field.code(), reason: field.oneOf(LINK_REASONS) }),
  CaseSuspended: v1({ fromPhase: field.oneOf(OPEN_PHASES), reason: field.oneOf(SUSPENSIONS) }),
  CaseResumed: v1({ toPhase: field.oneOf(OPEN_PHASES) }),
  /** `closedAt` repeats the decision's time: bases older than it carry nothing after a reopening. */
  CaseClosed: v1({ reason: field.code(), closedAt: field.instant(), followUpFormRef: field.optional(field.vaultRef()) }),
  CaseReopened: v1({ reason: field.oneOf(REOPENINGS), basis: basisRef }),
});
export type CaseEvent = EventsOf<typeof caseEvents>;
export type CaseData<K extends keyof typeof caseEvents> = DataOfEvent<typeof caseEvents, K>;
export type Custodian = CaseData<'CaseOpened'>['custodian'];

export interface Share {
  readonly team: string;
  readonly basis: BasisRef;
  readonly expires: string;
}

export interface OpenedCase {
  readonly phase: Phase;
  readonly custodian: Custodian;
  readonly responsible: string;
  /** Never a minor: their cases are not opened here. */
  readonly ageBand: Exclude<AgeBand, 'minor'>;
  /** Phase a suspended case goes back to. */
  readonly resumesIn: OpenPhase;
  /** Indicator assessments so far. */
  readonly assessments: number;
  /** The assessment preliminary identification rests on; 0 before. */
  readonly identifiedOn: number;
  readonly safety: SafetyStatus;
  readonly companies: readonly string[];
  readonly documents: readonly (DocumentAt & { readonly withdrawn: boolean })[];
  readonly workZone: CaseData<'WorkZoneSet'> | null;
  readonly shares: readonly Share[];
  readonly recused: readonly string[];
  readonly links: readonly { readonly linkId: string; readonly reason: (typeof LINK_REASONS)[number] }[];
  /** When it was last closed; empty if never. */
  readonly closedAt: string;
}
export type Case = OpenedCase | null;

const opened = (data: CaseData<'CaseOpened'>): OpenedCase => ({
  phase: 'Emersion',
  custodian: data.custodian,
  responsible: data.responsible,
  ageBand: data.ageBand,
  resumesIn: 'Emersion',
  assessments: 0,
  identifiedOn: 0,
  safety: 'not_assessed',
  companies: [],
  documents: [],
  workZone: null,
  shares: [],
  recused: [],
  links: data.linkId === undefined ? [] : [{ linkId: data.linkId, reason: 'joint_referral' }],
  closedAt: '',
});

/** The phase a case is in after this event; undefined where it stays in the one it was in. */
export function phaseAfter(event: CaseEvent): Phase | undefined {
  switch (event.type) {
    case 'CaseOpened':
    case 'CaseReopened':
      return 'Emersion';
    case 'ProximityProgrammeOpened':
      return 'Proximity';
    case 'FirstAssistanceStarted':
      return 'FirstAssistance';
    case 'InclusionIntakeAccepted':
    case 'InclusionResumed':
      return 'SocialInclusion';
    case 'FollowUpStarted':
      return 'FollowUp';
    case 'CaseSuspended':
      return 'Suspended';
    case 'CaseResumed':
      return event.data.toPhase;
    case 'CaseClosed':
      return 'Closed';
    default:
      return undefined;
  }
}

export function evolveCase(state: Case, event: CaseEvent): Case {
  if (event.type === 'CaseOpened') return opened(event.data);
  if (state === null) return state;
  const moved: OpenedCase = { ...state, phase: phaseAfter(event) ?? state.phase };
  switch (event.type) {
    case 'IndicatorsRecorded':
      return { ...state, assessments: event.data.assessment };
    case 'PreliminaryIdentificationCompleted':
      return { ...state, identifiedOn: event.data.assessment };
    case 'ParticularsRecorded':
    case 'FormalIdentificationRecorded':
    case 'IntakeStrategyRecorded':
    case 'NeedsRecorded':
      return state;
    case 'ProximityProgrammeOpened':
    case 'InclusionIntakeAccepted':
    case 'InclusionResumed':
    case 'FollowUpStarted':
    case 'CaseResumed':
    case 'CaseReopened':
      return moved;
    case 'FirstAssistanceStarted':
      return { ...moved, ageBand: event.data.ageBand };
    case 'CompanyLinked':
      return { ...state, companies: [...state.companies, event.data.company] };
    case 'WorkZoneSet':
      return { ...state, workZone: event.data };
    case 'DocumentReferenceRecorded': {
      const { group, number } = event.data;
      return { ...state, documents: [...state.documents, { group, number, withdrawn: false }] };
    }
    case 'DocumentReferenceWithdrawn': {
      const { group, number } = event.data;
      const isIt = (each: DocumentAt): boolean => each.group === group && each.number === number;
      return { ...state, documents: state.documents.map((each) => (isIt(each) ? { ...each, withdrawn: true } : each)) };
    }
    case 'SafetyStatusSet':
      return { ...state, safety: event.data.status };
    case 'ResponsibleWorkerAssigned':
      return { ...state, responsible: event.data.worker };
    case 'CaseSharedWithTeam':
      return { ...state, shares: [...unshared(state, event.data.team), event.data] };
    case 'CaseUnshared':
      return { ...state, shares: unshared(state, event.data.team) };
    case 'PersonRecused':
      return { ...state, recused: [...state.recused, event.data.member] };
    case 'CasesLinked':
      return { ...state, links: [...state.links, event.data] };
    case 'CaseSuspended':
      return { ...moved, resumesIn: event.data.fromPhase };
    case 'CaseClosed':
      // Nothing shared outlives the case, and reopening brings nothing back.
      return { ...moved, shares: [], closedAt: event.data.closedAt };
    default:
      return assertNever(event);
  }
}

const unshared = ({ shares }: OpenedCase, team: string): Share[] => shares.filter((share) => share.team !== team);
