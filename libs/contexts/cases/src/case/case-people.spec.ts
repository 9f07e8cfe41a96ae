import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { BasisFact } from '../basis';
import type { CaseEvent } from './case';
import { AssignResponsibleWorker, RecordNeeds, RecusePerson, ShareCaseWithTeam, UnshareCase } from './case-commands';
import { caseDecider } from './case.decider';
import type { CaseFacts } from './case-facts';

const id = streamId('case', 1);
const custodian = { organisation: person().organisation, team: streamId('team', 1), region: 'umbria' };
const [holder, colleague, guest] = [person().member, streamId('member', 2), streamId('member', 3)];
const team = streamId('team', 9);
const expires = '2031-06-01T00:00:00.000Z';
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
const facts: CaseFacts = {
  workers: [
    { member: holder, organisation: custodian.organisation },
    { member: colleague, organisation: custodian.organisation },
    { member: guest, organisation: streamId('organisation', 2) },
  ],
  sharedTeam: { kind: 'interregional', active: true },
  basis: fact,
};
const opened: CaseEvent = {
  type: 'CaseOpened',
  data: { custodian, responsible: holder, ageBand: 'adult', language: 'bn', urgent: false, refs: [] },
};
const recused = (member: string): CaseEvent => ({ type: 'PersonRecused', data: { member, reason: 'family_tie' } });
const shared: CaseEvent = { type: 'CaseSharedWithTeam', data: { team, basis, expires } };
const open = scenario(caseDecider, deciding(facts)).given(opened);
const known = (change: Partial<CaseFacts>) => open.by({ facts: { ...facts, ...change } });
const recuse = (member: string): RecusePerson => new RecusePerson(id, { member, reason: 'family_tie' });

describe('the responsible worker', () => {
  it('is somebody of the custodian team', () => {
    open
      .when(new AssignResponsibleWorker(id, { worker: colleague }))
      .then({ type: 'ResponsibleWorkerAssigned', data: { worker: colleague } });
    open.when(new AssignResponsibleWorker(id, { worker: holder })).thenNothing();
    open.when(new AssignResponsibleWorker(id, { worker: streamId('member', 9) })).thenRefused('case.worker-not-in-team', ['/worker']);
  });

  it('is nobody who is recused', () =>
    open
      .given(recused(guest))
      .when(new AssignResponsibleWorker(id, { worker: guest }))
      .thenRefused('case.worker-recused'));
});

describe('a recusal', () => {
  it('is recorded once, with its reason', () => {
    open.when(recuse(guest)).then(recused(guest));
    open.given(recused(guest)).when(recuse(guest)).thenNothing();
  });

  it('makes the case vanish for the person recused', () => {
    const gone = open.given(recused(guest)).by({ actor: person({ member: guest }) });
    gone.when(new RecordNeeds(id, { needs: ['legal'], urgent: false })).thenRefused('case.not-found');
    gone.when(recuse(colleague)).thenRefused('case.not-found');
  });

  it('never takes the responsible worker away before there is another (A13)', () => {
    open.when(recuse(holder)).thenRefused('case.responsible-worker-needed');
    const other: CaseEvent = { type: 'ResponsibleWorkerAssigned', data: { worker: colleague } };
    open.given(other).when(recuse(holder)).then(recused(holder));
  });

  it('never locks the custodian out of its own case (A13)', () => {
    const byGuest: CaseEvent = { type: 'ResponsibleWorkerAssigned', data: { worker: guest } };
    open
      .given(byGuest, recused(holder))
      .by({ actor: person({ member: guest }) })
      .when(recuse(colleague))
      .thenRefused('case.custodian-locked-out');
    known({ workers: undefined }).when(recuse(guest)).thenRefused('case.custodian-locked-out');
  });
});

describe('sharing a case with a team', () => {
  const share = new ShareCaseWithTeam(id, { team, basis, expires });

  it('names a basis and an end', () => {
    open.when(share).then(shared);
    open.given(shared).when(share).thenNothing();
  });

  it('may be prolonged on its basis', () => {
    const longer = '2031-07-01T00:00:00.000Z';
    open
      .given(shared)
      .when(new ShareCaseWithTeam(id, { team, basis, expires: longer }))
      .then({ type: 'CaseSharedWithTeam', data: { team, basis, expires: longer } });
  });

  it('is done with an interregional team at work, and no other', () => {
    known({ sharedTeam: { kind: 'local', active: true } })
      .when(share)
      .thenRefused('case.team-not-interregional');
    known({ sharedTeam: { kind: 'interregional', active: false } })
      .when(share)
      .thenRefused('case.team-not-active');
    known({ sharedTeam: undefined }).when(share).thenRefused('case.team-not-active');
  });

  it('rests on a basis in force that names this team, and ends with it at the latest', () => {
    known({ basis: undefined }).when(share).thenRefused('case.no-basis');
    known({ basis: { ...fact, live: false } })
      .when(share)
      .thenRefused('case.no-basis');
    known({ basis: { ...fact, recipient: streamId('team', 8) } })
      .when(share)
      .thenRefused('case.basis-for-another-recipient');
    known({ basis: { ...fact, expires: '2031-05-01T00:00:00.000Z' } })
      .when(share)
      .thenRefused('case.outlives-basis');
    open.when(new ShareCaseWithTeam(id, { team, basis, expires: '2031-03-14T12:00:00.000Z' })).thenRefused('case.already-past');
    open.when(new ShareCaseWithTeam(id, { team, basis, expires: 'always' })).thenRefused('case.no-instant');
  });

  it('ends when it is said to end, by people or by the service', () => {
    const ended: CaseEvent = { type: 'CaseUnshared', data: { team, reason: 'basis_ended' } };
    open
      .given(shared)
      .by({ actor: systemActor('umbria') })
      .when(new UnshareCase(id, { team, reason: 'basis_ended' }))
      .then(ended);
    open
      .given(shared, ended)
      .when(new UnshareCase(id, { team, reason: 'basis_ended' }))
      .thenNothing();
    open.given(shared, ended).when(share).then(shared);
  });
});
