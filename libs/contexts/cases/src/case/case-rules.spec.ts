import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { type CaseEvent, caseEvents } from './case';
import * as wishes from './case-commands';
import { caseDecider } from './case.decider';
import type { CaseFacts } from './case-facts';
import { publishCase } from './case.published';

const id = streamId('case', 1);
const [organisation, worker, team] = [person().organisation, person().member, streamId('team', 9)];
const ref = `vault:umbria:${'a'.repeat(26)}`;
const expires = '2031-06-01T00:00:00.000Z';
const basis = { kind: 'consent', ref: streamId('consent', 1) } as const;
const linkId = '0193a5b0-0000-4000-8000-000000000001';
const body: wishes.OpenCase['body'] = {
  custodian: { organisation, team: streamId('team', 1), region: 'umbria' },
  responsible: worker,
  ageBand: 'adult',
  language: 'bn',
  urgent: true,
  refs: [{ group: 'ID', field: 'given_name', ref }],
  contact: streamId('contact', 1),
};
const opened: CaseEvent = { type: 'CaseOpened', data: { ...body, ageBand: 'adult' } };
const assessed: CaseEvent = { type: 'IndicatorsRecorded', data: { assessment: 1, list: 'ilo_delphi', version: '1' } };
const assisted: CaseEvent = { type: 'FirstAssistanceStarted', data: { ageBand: 'adult' } };
const included: CaseEvent = { type: 'InclusionIntakeAccepted', data: { plan: streamId('educationalPlan', 1), planVersion: 1 } };
const closed: CaseEvent = { type: 'CaseClosed', data: { reason: 'other', closedAt: '2031-03-01T00:00:00.000Z' } };
const shared: CaseEvent = { type: 'CaseSharedWithTeam', data: { team, basis, expires: '2031-05-01T00:00:00.000Z' } };
const plan = { ref: streamId('educationalPlan', 1), version: 1 };
const keeper = streamId('organisation', 7);
const kept: CaseEvent = { type: 'DocumentReferenceRecorded', data: { group: 'HEA', number: 1, registerRef: ref, fingerprintRef: ref } };
const facts: CaseFacts = {
  keeper,
  workers: [1, 2, 3].map((n) => ({ member: streamId('member', n), organisation })),
  sharedTeam: { kind: 'interregional', active: true },
  basis: {
    ...basis,
    case: id,
    live: true,
    since: '2031-03-02T00:00:00.000Z',
    expires: '2031-09-01T00:00:00.000Z',
    recipient: team,
    purpose: 'joint_case',
    groups: ['NEED'],
  },
  plan: { ...plan, status: 'agreed' },
};

checkRules({
  noun: 'case',
  events: caseEvents,
  decider: caseDecider,
  stateName: (state) => state?.phase ?? '-',
  terminal: ['Closed'],
  exits: ['ReopenCase'],
  publish: publishCase,
  actors: [person(), person({ member: streamId('member', 2) }), systemActor('umbria')],
  facts: [facts, { ...facts, plan: { ...plan, status: 'concluded' } }, {}],
  pasts: [
    [opened, assessed],
    [opened, assisted],
    [opened, assisted, included],
    [opened, shared],
    [opened, kept],
    [opened, closed],
  ],
  commands: [
    new wishes.OpenCase(id, body),
    new wishes.RecordParticulars(id, { refs: [{ group: 'CON', field: 'phone', ref }], sealed: { HEA: { care: ['dialysis'] } } }),
    new wishes.RecordIndicators(id, { list: 'ilo_delphi', indicators: ['EX01'], exploitation: ['ForcedLabour'] }),
    new wishes.CompletePreliminaryIdentification(id, { accountRef: ref }),
    new wishes.RecordFormalIdentification(id, { on: '2024-01-01', decidedBy: 'ngo', outcome: 'possible' }),
    new wishes.RecordIntakeStrategy(id, { territoryRef: ref, specificsRef: ref, resourcesRef: ref, obstaclesRef: ref }),
    new wishes.OpenProximityProgramme(id),
    new wishes.AdmitToFirstAssistance(id, { ageBand: 'adult' }),
    new wishes.TakeChargeForInclusion(id),
    new wishes.MoveToFollowUp(id),
    new wishes.ReturnToInclusion(id),
    new wishes.LinkCompany(id, { company: streamId('companyDossier', 1) }),
    new wishes.SetWorkZone(id, { comune: '054039', from: '2023-01-01', to: '2023-02-01' }),
    new wishes.RecordNeeds(id, { needs: ['legal'], urgent: false }),
    new wishes.SetSafetyStatus(id, { status: 'in_protection', refs: [{ group: 'PROT', field: 'address', ref }] }),
    new wishes.RecordDocumentReference(id, {
      ...{ kind: 'medical_report', dated: '2024-01-01', received: '2024-02-01', keeper, registerRef: ref, fingerprintRef: ref },
    }),
    new wishes.WithdrawDocumentReference(id, { group: 'HEA', number: 1, reason: 'of_another_person' }),
    new wishes.AssignResponsibleWorker(id, { worker: streamId('member', 3) }),
    new wishes.ShareCaseWithTeam(id, { team, basis, expires }),
    new wishes.UnshareCase(id, { team, reason: 'expired' }),
    new wishes.RecusePerson(id, { member: streamId('member', 3), reason: 'family_tie' }),
    new wishes.LinkCases(id, { linkId, reason: 'one_situation' }),
    new wishes.SuspendCase(id, { reason: 'asked_to_pause' }),
    new wishes.ResumeCase(id),
    new wishes.CloseCase(id, { reason: 'other', followUpFormRef: ref }),
    new wishes.ReopenCase(id, { reason: 'person_returned', basis }),
  ],
});

// What the service takes over from an accepted referral goes through the same gate.
checkRules({
  noun: 'case',
  events: { CaseOpened: caseEvents.CaseOpened },
  decider: caseDecider,
  stateName: (state) => state?.phase ?? '-',
  terminal: [],
  actors: [systemActor('umbria')],
  facts: [facts],
  commands: [new wishes.OpenCase(id, { ...body, origin: streamId('referral', 1), linkId })],
});
