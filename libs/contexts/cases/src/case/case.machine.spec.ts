import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import type { BasisFact } from '../basis';
import { type Case, type CaseEvent, OPEN_PHASES, type OpenPhase } from './case';
import * as wishes from './case-commands';
import { caseDecider } from './case.decider';
import type { CaseFacts } from './case-facts';

const id = streamId('case', 1);
const team = streamId('team', 9);
const company = streamId('companyDossier', 1);
const worker = streamId('member', 2);
const plan = streamId('educationalPlan', 1);
const note = (n: number): string => `vault:umbria:${String(n).padStart(26, 'a')}`;
const linkId = '0193a5b0-0000-4000-8000-000000000001';
const basis = { kind: 'consent', ref: streamId('consent', 1) } as const;
const fact: BasisFact = {
  ...basis,
  case: id,
  live: true,
  since: '2031-03-13T12:00:00.000Z',
  expires: '2031-09-01T00:00:00.000Z',
  recipient: team,
  purpose: 'joint_case',
  groups: ['NEED'],
};
const keeper = streamId('organisation', 7);
const facts: CaseFacts = {
  keeper,
  workers: [1, 2, 3].map((n) => ({ member: streamId('member', n), organisation: streamId('organisation', 1) })),
  sharedTeam: { kind: 'interregional', active: true },
  basis: fact,
};

const opened: CaseEvent = {
  type: 'CaseOpened',
  data: {
    custodian: { organisation: streamId('organisation', 1), team: streamId('team', 1), region: 'umbria' },
    responsible: streamId('member', 1),
    ageBand: 'adult',
    language: 'bn',
    urgent: false,
    refs: [],
  },
};
const assessed: CaseEvent = { type: 'IndicatorsRecorded', data: { assessment: 1, list: 'ilo_delphi', version: '1' } };
const shared: CaseEvent = { type: 'CaseSharedWithTeam', data: { team, basis, expires: '2031-06-01T00:00:00.000Z' } };
const kept: CaseEvent = { type: 'DocumentReferenceRecorded', data: { group: 'LEG', number: 1, registerRef: note(6) } };
const proximity: CaseEvent = { type: 'ProximityProgrammeOpened', data: {} };
const assisted: CaseEvent = { type: 'FirstAssistanceStarted', data: { ageBand: 'adult' } };
const included: CaseEvent = { type: 'InclusionIntakeAccepted', data: { plan, planVersion: 1 } };
const followed: CaseEvent = { type: 'FollowUpStarted', data: { plan } };
const suspended = (fromPhase: OpenPhase): CaseEvent => ({ type: 'CaseSuspended', data: { fromPhase, reason: 'asked_to_pause' } });
const closed: CaseEvent = { type: 'CaseClosed', data: { reason: 'other', closedAt: '2031-03-12T12:00:00.000Z' } };

const base = [opened, assessed];
const pasts: Record<string, CaseEvent[]> = {
  '-': [],
  Emersion: base,
  Proximity: [...base, proximity],
  FirstAssistance: [...base, assisted],
  SocialInclusion: [...base, assisted, included],
  FollowUp: [...base, assisted, included, followed],
  Suspended: [...base, suspended('Emersion')],
  Closed: [...base, closed],
};
const open = (OPEN_PHASES as readonly string[]).includes.bind(OPEN_PHASES);

const commands: Record<string, wishes.CaseCommand> = {
  OpenCase: new wishes.OpenCase(id, { ...(opened.data as wishes.OpenCase['body']) }),
  RecordParticulars: new wishes.RecordParticulars(id, { refs: [{ group: 'CON', field: 'phone', ref: note(1) }], sealed: {} }),
  RecordIndicators: new wishes.RecordIndicators(id, { list: 'ilo_delphi', indicators: ['EX01'], exploitation: [] }),
  CompletePreliminaryIdentification: new wishes.CompletePreliminaryIdentification(id, {}),
  RecordFormalIdentification: new wishes.RecordFormalIdentification(id, { on: '2031-03-10', decidedBy: 'ngo', outcome: 'possible' }),
  RecordIntakeStrategy: new wishes.RecordIntakeStrategy(id, {
    territoryRef: note(1),
    specificsRef: note(2),
    resourcesRef: note(3),
    obstaclesRef: note(4),
  }),
  OpenProximityProgramme: new wishes.OpenProximityProgramme(id),
  AdmitToFirstAssistance: new wishes.AdmitToFirstAssistance(id, { ageBand: 'adult' }),
  TakeChargeForInclusion: new wishes.TakeChargeForInclusion(id),
  MoveToFollowUp: new wishes.MoveToFollowUp(id),
  ReturnToInclusion: new wishes.ReturnToInclusion(id),
  LinkCompany: new wishes.LinkCompany(id, { company }),
  SetWorkZone: new wishes.SetWorkZone(id, { comune: '054039' }),
  RecordNeeds: new wishes.RecordNeeds(id, { needs: ['legal'], urgent: true }),
  SetSafetyStatus: new wishes.SetSafetyStatus(id, { status: 'in_protection', refs: [] }),
  RecordDocumentReference: new wishes.RecordDocumentReference(id, {
    ...{ kind: 'residence_permit', received: '2031-03-01', keeper, registerRef: note(6) },
  }),
  WithdrawDocumentReference: new wishes.WithdrawDocumentReference(id, { group: 'LEG', number: 1, reason: 'recorded_twice' }),
  AssignResponsibleWorker: new wishes.AssignResponsibleWorker(id, { worker }),
  ShareCaseWithTeam: new wishes.ShareCaseWithTeam(id, { team, basis, expires: '2031-06-01T00:00:00.000Z' }),
  UnshareCase: new wishes.UnshareCase(id, { team, reason: 'no_longer_needed' }),
  RecusePerson: new wishes.RecusePerson(id, { member: streamId('member', 3), reason: 'family_tie' }),
  LinkCases: new wishes.LinkCases(id, { linkId, reason: 'one_situation' }),
  SuspendCase: new wishes.SuspendCase(id, { reason: 'person_unreachable' }),
  ResumeCase: new wishes.ResumeCase(id),
  CloseCase: new wishes.CloseCase(id, { reason: 'autonomy_reached', followUpFormRef: note(5) }),
  ReopenCase: new wishes.ReopenCase(id, { reason: 'person_returned', basis }),
};
const planAt = (command: string): CaseFacts => ({
  ...facts,
  plan: { ref: plan, version: 1, status: command === 'MoveToFollowUp' ? 'concluded' : 'agreed' },
});

checkMachine({
  noun: 'case',
  decider: caseDecider,
  stateName: (state: Case) => state?.phase ?? '-',
  commandFor: (command, from) => ({
    given: [
      ...pasts[from]!,
      ...(command === 'UnshareCase' && open(from) ? [shared] : []),
      ...(command === 'WithdrawDocumentReference' && open(from) ? [kept] : []),
    ],
    command: commands[command]!,
    context: deciding(planAt(command), person(), NOON),
  }),
  // A field about the person is corrected in any phase while the case is open; the reference machine names no command for it.
  beyond: OPEN_PHASES.map((phase) => [phase, 'RecordParticulars', 'ParticularsRecorded', phase, ''] as const),
});
