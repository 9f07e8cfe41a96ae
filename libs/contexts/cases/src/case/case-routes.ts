import { type Phase, refused } from '@platform/kernel';
import { OPEN_PHASES, type OpenedCase } from './case';
import type { CaseCommand } from './case-commands';

type Route = {
  /** Phases in which the command may act. */
  readonly from: readonly Phase[];
  /** Phase in which it has nothing left to do. */
  readonly satisfiedIn?: Phase;
};
const ANY: Route = { from: OPEN_PHASES };

/** Which command acts in which phase: the machine of a case, row by row. */
export const ROUTES: Readonly<Record<Exclude<CaseCommand['kind'], 'OpenCase'>, Route>> = {
  RecordParticulars: ANY,
  RecordIndicators: ANY,
  CompletePreliminaryIdentification: { from: ['Emersion'] },
  // Assistance never waits for the judicial path: formal identification may come in any phase.
  RecordFormalIdentification: ANY,
  RecordIntakeStrategy: { from: ['Emersion'] },
  OpenProximityProgramme: { from: ['Emersion'], satisfiedIn: 'Proximity' },
  AdmitToFirstAssistance: { from: ['Emersion', 'Proximity'], satisfiedIn: 'FirstAssistance' },
  TakeChargeForInclusion: { from: ['FirstAssistance'], satisfiedIn: 'SocialInclusion' },
  MoveToFollowUp: { from: ['SocialInclusion'], satisfiedIn: 'FollowUp' },
  ReturnToInclusion: { from: ['FollowUp'], satisfiedIn: 'SocialInclusion' },
  LinkCompany: ANY,
  SetWorkZone: ANY,
  RecordNeeds: ANY,
  SetSafetyStatus: ANY,
  RecordDocumentReference: ANY,
  WithdrawDocumentReference: ANY,
  AssignResponsibleWorker: ANY,
  ShareCaseWithTeam: ANY,
  UnshareCase: ANY,
  RecusePerson: ANY,
  LinkCases: ANY,
  SuspendCase: { from: OPEN_PHASES, satisfiedIn: 'Suspended' },
  ResumeCase: { from: ['Suspended'] },
  CloseCase: { from: [...OPEN_PHASES, 'Suspended'], satisfiedIn: 'Closed' },
  ReopenCase: { from: ['Closed'] },
};

/** @throws DomainError `case.closed`, `case.suspended`, `case.wrong-phase` */
export function demandPhase(state: OpenedCase, { from }: Route): void {
  if (from.includes(state.phase)) return;
  if (state.phase === 'Closed') throw refused('case.closed', 'The case is closed.');
  if (state.phase === 'Suspended') throw refused('case.suspended', 'The case is suspended: resume it first.');
  throw refused('case.wrong-phase', 'The case is not in a phase in which this can be done.');
}
