import { isCode, type ListName } from '@platform/codes';
import {
  assertNever,
  type Decider,
  type DecisionContext,
  invalid,
  isSystem,
  notFound,
  type OrganisationKind,
  refused,
} from '@platform/kernel';
import { demandClock, demandCode, demandComune, sound } from '../demands';
import { daysAfter, isDay, italianDayOf } from '../instants';
import {
  type CompanyDossier,
  companyDossierEvents,
  type CompanyDossierData,
  type CompanyDossierEvent,
  DOSSIER_PHASES,
  type DossierPhase,
  evolveCompanyDossier,
  type OpenedDossier,
} from './company-dossier';
import type { CompanyDossierCommand, RecordInspection, RecordInvolvedCompany } from './company-dossier-commands';

export interface CompanyDossierFacts {
  /** Days the region keeps a dossier after the last word about it; five years where it says nothing. */
  readonly retentionDays?: number;
}
type Context = DecisionContext<CompanyDossierFacts>;

const RETENTION_DAYS = 5 * 365;
const INSPECTORATES: readonly (OrganisationKind | 'none')[] = ['labour_inspectorate', 'national_inspectorate', 'carabinieri_labour_unit'];
/** Employers and the companies themselves reply, they do not report. */
const NO_REPORTERS: readonly (OrganisationKind | 'none')[] = ['company', 'employers_association', 'trade_association', 'none'];
const INDICATOR_LISTS: readonly ListName[] = [
  ...(['indicator', 'forced-labour-indicator', '603bis-index', '603bis-element', '603bis-aggravating'] as const),
];

/** Which command acts in which phase. */
const FROM: Readonly<Record<Exclude<CompanyDossierCommand['kind'], 'RecordInvolvedCompany'>, readonly DossierPhase[]>> = {
  RecordCompanyMet: DOSSIER_PHASES,
  ReportCompany: ['Involved'],
  CorroborateCompany: ['Reported'],
  AddCompanyObservation: DOSSIER_PHASES,
  LinkAlertToCompany: ['Corroborated', 'OutcomeKnown'],
  RecordInspection: ['Alerted'],
  RecordInspectionOutcome: ['UnderInspection'],
  DisputeCompanyRecord: DOSSIER_PHASES,
  ResolveDispute: DOSSIER_PHASES,
  ArchiveCompany: DOSSIER_PHASES,
};

function decide(command: CompanyDossierCommand, state: CompanyDossier, context: Context): CompanyDossierEvent[] {
  if (command.kind === 'RecordInvolvedCompany') {
    if (state) throw refused('companyDossier.already-recorded', 'There is a dossier with this id already.');
    return involved(command, context);
  }
  if (!state) throw notFound('companyDossier');
  if (command.kind === 'ArchiveCompany' && state.phase === 'Archived') return [];
  if (command.kind === 'LinkAlertToCompany' && state.alerts.includes(command.body.alert)) return [];
  if (state.phase === 'Archived') throw refused('companyDossier.archived', 'This dossier is archived.');
  if (!FROM[command.kind].includes(state.phase))
    throw refused('companyDossier.wrong-phase', 'The dossier is not in a phase in which this can be done.');
  return onward(command, state, context);
}

function onward(
  command: Exclude<CompanyDossierCommand, RecordInvolvedCompany>,
  state: OpenedDossier,
  context: Context,
): CompanyDossierEvent[] {
  const { actor, at } = context;
  switch (command.kind) {
    case 'RecordCompanyMet':
      demandReporter(context);
      if (state.observers.includes(actor.organisation)) return [];
      return [{ type: 'CompanyMetAgain', data: { organisation: actor.organisation, keepUntil: keptUntil(context) } }];
    case 'ReportCompany':
      return [{ type: 'CompanyReported', data: observation(command.body.indicators, state, context) }];
    case 'CorroborateCompany':
      if (state.reporters.includes(actor.organisation))
        throw refused('companyDossier.not-independent', 'An organisation does not corroborate what it said itself.');
      return [{ type: 'CompanyCorroborated', data: observation(command.body.indicators, state, context) }];
    case 'AddCompanyObservation':
      return [{ type: 'CompanyObservationAdded', data: observation(command.body.indicators, state, context) }];
    case 'LinkAlertToCompany':
      if (state.disputedBy !== '')
        throw refused('companyDossier.disputed', 'The company disputes the record: nothing is shared meanwhile.');
      return [{ type: 'CompanyAlertLinked', data: { alert: command.body.alert } }];
    case 'RecordInspection':
      return inspection(command, context);
    case 'RecordInspectionOutcome':
      demandInspectorate(context);
      demandCode('companyDossier', 'alert-outcome', command.body.outcome, '/outcome');
      return [{ type: 'CompanyOutcomeRecorded', data: { outcome: command.body.outcome } }];
    case 'DisputeCompanyRecord':
      if (state.disputedBy !== '') return [];
      if (isSystem(actor)) throw refused('companyDossier.only-people', 'Somebody hears the company and writes down its reply.');
      return [{ type: 'CompanyRecordDisputed', data: { recorder: actor.member, replyRef: command.body.replyRef } }];
    case 'ResolveDispute':
      if (state.disputedBy === '') return [];
      demandImpartial(state, context);
      return [{ type: 'CompanyDisputeResolved', data: { outcome: command.body.outcome } }];
    case 'ArchiveCompany':
      demandClock('companyDossier', actor, state.keepUntil, at);
      return [{ type: 'CompanyArchived', data: {} }];
    default:
      return assertNever(command);
  }
}

function involved({ body }: RecordInvolvedCompany, context: Context): CompanyDossierEvent[] {
  demandReporter(context);
  const { nameRef, vatRef, sector, comune } = body;
  demandCode('companyDossier', 'sector', sector, '/sector');
  demandComune('companyDossier', comune);
  const { organisation } = context.actor;
  return [
    {
      type: 'CompanyInvolved',
      data: { organisation, nameRef, ...(vatRef === undefined ? {} : { vatRef }), sector, comune, keepUntil: keptUntil(context) },
    },
  ];
}

function observation(indicators: readonly string[], state: OpenedDossier, context: Context): CompanyDossierData<'CompanyReported'> {
  demandReporter(context);
  if (indicators.length === 0) throw invalid('companyDossier.no-indicators', '/indicators', 'Name at least one indicator.');
  const wrong = indicators.findIndex((code) => !INDICATOR_LISTS.some((list) => isCode(list, code)));
  if (wrong >= 0) throw invalid('companyDossier.unknown-indicator', `/indicators/${wrong}`, 'This indicator is not on the list.');
  const { organisation } = context.actor;
  const reporters = new Set([...state.reporters, organisation]).size;
  return { organisation, indicators: [...new Set(indicators)].sort(), reporters, keepUntil: keptUntil(context) };
}

function inspection({ body }: RecordInspection, context: Context): CompanyDossierEvent[] {
  demandInspectorate(context);
  if (!isDay(body.on) || body.on > italianDayOf(context.at))
    throw invalid('companyDossier.no-day', '/on', 'Give the day of the inspection.');
  return [{ type: 'CompanyInspectionRecorded', data: { on: body.on } }];
}

/** What an inspectorate answers arrives through the service as well: its answer to an alert. */
function demandInspectorate({ actor }: Context): void {
  if (!isSystem(actor) && !INSPECTORATES.includes(actor.kind))
    throw refused('companyDossier.not-inspectorate', 'Only the inspectorate records inspections.');
}
function demandReporter({ actor }: Context): void {
  if (isSystem(actor) || NO_REPORTERS.includes(actor.kind))
    throw refused('companyDossier.kind-never-reports', 'Organisations of this kind report no companies.');
}
/** Neither who wrote the dispute down nor who made the allegation decides on it (A4). */
function demandImpartial({ disputedBy, reporters }: OpenedDossier, { actor }: Context): void {
  if (isSystem(actor)) throw refused('companyDossier.only-people', 'A dispute is somebody’s judgement.');
  if (actor.member === disputedBy) throw refused('companyDossier.self-resolution', 'Nobody resolves the dispute they recorded.');
  if (reporters.includes(actor.organisation))
    throw refused('companyDossier.resolver-is-reporter', 'An organisation does not judge what it reported itself.');
}

const keptUntil = ({ at, facts }: Context): string => daysAfter(at, facts.retentionDays ?? RETENTION_DAYS);

/** The rules of company dossiers. */
export const companyDossierDecider: Decider<CompanyDossier, CompanyDossierCommand, CompanyDossierEvent, CompanyDossierFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('companyDossier', companyDossierEvents, decide(command, state, context)),
  evolve: evolveCompanyDossier,
};
