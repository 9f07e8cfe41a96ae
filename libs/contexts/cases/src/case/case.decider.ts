import { assertNever, type Decider, notFound, refused } from '@platform/kernel';
import { sound } from '../demands';
import { type Case, caseEvents, type CaseEvent, evolveCase, type OpenedCase } from './case';
import type { AdmitToFirstAssistance, CaseCommand, OpenCase } from './case-commands';
import { documentReference, documentWithdrawal } from './case-documents';
import type { CaseContext, CaseFacts } from './case-facts';
import {
  caseLink,
  formalIdentification,
  indicators,
  needs,
  particulars,
  preliminaryIdentification,
  safetyStatus,
  workZone,
} from './case-recording';
import { demandPhase, ROUTES } from './case-routes';
import { closing, minorsElsewhere, opening, recusal, reopening, share, unshare, worker } from './case-sharing';

function decide(command: CaseCommand, state: Case, context: CaseContext): CaseEvent[] {
  if (command.kind === 'OpenCase') {
    if (state) throw refused('case.already-open', 'There is a case with this id already.');
    return opening(command, context);
  }
  // To somebody recused the case does not exist.
  if (!state || state.recused.includes(context.actor.member)) throw notFound('case');
  const route = ROUTES[command.kind];
  if (state.phase === route.satisfiedIn) return [];
  demandPhase(state, route);
  return onward(command, state, context);
}

function onward(command: Exclude<CaseCommand, OpenCase>, state: OpenedCase, context: CaseContext): CaseEvent[] {
  const { plan } = context.facts;
  switch (command.kind) {
    case 'RecordParticulars':
      return particulars(command);
    case 'RecordIndicators':
      return indicators(command, state);
    case 'CompletePreliminaryIdentification':
      return preliminaryIdentification(command, state);
    case 'RecordFormalIdentification':
      return formalIdentification(command, context);
    case 'RecordIntakeStrategy':
      return [{ type: 'IntakeStrategyRecorded', data: command.body }];
    case 'OpenProximityProgramme':
      return [{ type: 'ProximityProgrammeOpened', data: {} }];
    case 'AdmitToFirstAssistance':
      return admission(command, state);
    case 'TakeChargeForInclusion':
      if (plan?.status !== 'agreed') throw refused('case.plan-missing', 'Inclusion starts from a plan agreed with the person.');
      return [{ type: 'InclusionIntakeAccepted', data: { plan: plan.ref, planVersion: plan.version } }];
    case 'MoveToFollowUp':
      if (plan?.status !== 'concluded') throw refused('case.plan-not-concluded', 'Follow-up starts when the plan is concluded.');
      return [{ type: 'FollowUpStarted', data: { plan: plan.ref } }];
    case 'ReturnToInclusion':
      return [{ type: 'InclusionResumed', data: {} }];
    case 'LinkCompany':
      return state.companies.includes(command.body.company) ? [] : [{ type: 'CompanyLinked', data: { company: command.body.company } }];
    case 'SetWorkZone':
      return workZone(command, state, context);
    case 'RecordNeeds':
      return needs(command);
    case 'SetSafetyStatus':
      return safetyStatus(command, state, context);
    case 'RecordDocumentReference':
      return documentReference(command, state, context);
    case 'WithdrawDocumentReference':
      return documentWithdrawal(command, state);
    case 'AssignResponsibleWorker':
      return worker(command, state, context);
    case 'ShareCaseWithTeam':
      return share(command, state, context);
    case 'UnshareCase':
      return unshare(command, state);
    case 'RecusePerson':
      return recusal(command, state, context);
    case 'LinkCases':
      return caseLink(command, state);
    case 'SuspendCase':
      return [{ type: 'CaseSuspended', data: { fromPhase: suspendable(state), reason: command.body.reason } }];
    case 'ResumeCase':
      return [{ type: 'CaseResumed', data: { toPhase: state.resumesIn } }];
    case 'CloseCase':
      return closing(command.body.reason, command.body.followUpFormRef, state, context);
    case 'ReopenCase':
      return reopening(command, state, context);
    default:
      return assertNever(command);
  }
}

function suspendable({ phase, resumesIn }: OpenedCase): OpenedCase['resumesIn'] {
  return phase === 'Suspended' || phase === 'Closed' ? resumesIn : phase;
}

function admission({ body }: AdmitToFirstAssistance, state: OpenedCase): CaseEvent[] {
  if (body.ageBand === 'minor') throw minorsElsewhere();
  // An age once established is not forgotten.
  const ageBand = state.ageBand === 'adult' ? 'adult' : body.ageBand;
  return [{ type: 'FirstAssistanceStarted', data: { ageBand } }];
}

/** The rules of a case. */
export const caseDecider: Decider<Case, CaseCommand, CaseEvent, CaseFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('case', caseEvents, decide(command, state, context)),
  evolve: evolveCase,
};
