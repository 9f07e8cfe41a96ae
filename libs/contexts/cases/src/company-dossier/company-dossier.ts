import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

export const DISPUTE_OUTCOMES = ['record_upheld', 'record_corrected', 'record_withdrawn'] as const;
export const DOSSIER_PHASES = ['Involved', 'Reported', 'Corroborated', 'Alerted', 'UnderInspection', 'OutcomeKnown'] as const;
export type DossierPhase = (typeof DOSSIER_PHASES)[number];

/** Who said it: kept in the region's own log and never published. */
const reporter = { organisation: field.ref('organisation') } as const;
const keepUntil = { keepUntil: field.instant() } as const;
/** What was observed, as codes; and how many independent organisations have said something by now. */
const observation = { ...reporter, indicators: field.list(field.code()), reporters: field.count(), ...keepUntil } as const;

export const companyDossierEvents = stored({
  /** Met in a case: no allegation. A company may be a person (sole traders), so its designation and VAT number lie in the vault. */
  CompanyInvolved: v1({
    ...reporter,
    nameRef: field.vaultRef(),
    vatRef: field.optional(field.vaultRef()),
    sector: field.code(),
    comune: field.code(),
    ...keepUntil,
  }),
  /** Another organisation met the same company: still no allegation. */
  CompanyMetAgain: v1({ ...reporter, ...keepUntil }),
  CompanyReported: v1(observation),
  CompanyCorroborated: v1(observation),
  CompanyObservationAdded: v1(observation),
  CompanyAlertLinked: v1({ alert: field.ref('alert') }),
  CompanyInspectionRecorded: v1({ on: field.day() }),
  CompanyOutcomeRecorded: v1({ outcome: field.code() }),
  /** Right of reply: `replyRef` is what the company says. Sharing is frozen until it is resolved. */
  CompanyRecordDisputed: v1({ recorder: field.ref('member'), replyRef: field.vaultRef() }),
  CompanyDisputeResolved: v1({ outcome: field.oneOf(DISPUTE_OUTCOMES) }),
  CompanyArchived: v1({}),
});
export type CompanyDossierEvent = EventsOf<typeof companyDossierEvents>;
export type CompanyDossierData<K extends keyof typeof companyDossierEvents> = DataOfEvent<typeof companyDossierEvents, K>;

export interface OpenedDossier {
  readonly phase: DossierPhase | 'Archived';
  /** Organisations that met the company in their work, each once: they know which company it is. */
  readonly observers: readonly string[];
  /** Organisations that alleged something, each once. */
  readonly reporters: readonly string[];
  readonly keepUntil: string;
  readonly alerts: readonly string[];
  /** Who recorded the open dispute; empty while there is none. */
  readonly disputedBy: string;
}
export type CompanyDossier = OpenedDossier | null;

export function evolveCompanyDossier(state: CompanyDossier, event: CompanyDossierEvent): CompanyDossier {
  if (event.type === 'CompanyInvolved')
    return {
      ...{ phase: 'Involved', observers: [event.data.organisation], reporters: [], keepUntil: event.data.keepUntil },
      ...{ alerts: [], disputedBy: '' },
    };
  if (state === null) return state;
  switch (event.type) {
    case 'CompanyMetAgain':
      return { ...state, observers: [...state.observers, event.data.organisation], keepUntil: event.data.keepUntil };
    case 'CompanyReported':
      return { ...heard(state, event.data), phase: 'Reported' };
    case 'CompanyCorroborated':
      return { ...heard(state, event.data), phase: 'Corroborated' };
    case 'CompanyObservationAdded':
      return heard(state, event.data);
    case 'CompanyAlertLinked':
      return { ...state, phase: 'Alerted', alerts: [...state.alerts, event.data.alert] };
    case 'CompanyInspectionRecorded':
      return { ...state, phase: 'UnderInspection' };
    case 'CompanyOutcomeRecorded':
      return { ...state, phase: 'OutcomeKnown' };
    case 'CompanyRecordDisputed':
      return { ...state, disputedBy: event.data.recorder };
    case 'CompanyDisputeResolved':
      return { ...state, disputedBy: '' };
    case 'CompanyArchived':
      return { ...state, phase: 'Archived' };
    default:
      return assertNever(event);
  }
}

const heard = (state: OpenedDossier, { organisation, keepUntil: until }: CompanyDossierData<'CompanyReported'>): OpenedDossier => ({
  ...state,
  reporters: state.reporters.includes(organisation) ? state.reporters : [...state.reporters, organisation],
  keepUntil: until,
});
