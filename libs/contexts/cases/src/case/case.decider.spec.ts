import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { BasisFact } from '../basis';
import type { CaseEvent, OpenPhase } from './case';
import * as wishes from './case-commands';
import { caseDecider } from './case.decider';
import type { CaseFacts } from './case-facts';

const id = streamId('case', 1);
const custodian = { organisation: person().organisation, team: streamId('team', 1), region: 'umbria' };
const [holder, colleague, guest] = [person().member, streamId('member', 2), streamId('member', 3)];
const body = { custodian, responsible: holder, ageBand: 'adult', language: 'bn', urgent: false, refs: [] } as const;
const ref = `vault:umbria:${'a'.repeat(26)}`;
const plan = streamId('educationalPlan', 1);
const basis = { kind: 'consent', ref: streamId('consent', 1) } as const;
const fact: BasisFact = {
  ...basis,
  case: id,
  live: true,
  since: '2031-03-13T12:00:00.000Z',
  expires: '2031-09-01T00:00:00.000Z',
  recipient: streamId('organisation', 2),
  purpose: 'direct_assistance',
  groups: ['NEED'],
};
const workers = [holder, colleague].map((member) => ({ member, organisation: custodian.organisation }));
const facts: CaseFacts = { workers: [...workers, { member: guest, organisation: streamId('organisation', 2) }] };
const opened: CaseEvent = { type: 'CaseOpened', data: body };
const proximity: CaseEvent = { type: 'ProximityProgrammeOpened', data: {} };
const assisted: CaseEvent = { type: 'FirstAssistanceStarted', data: { ageBand: 'adult' } };
const included: CaseEvent = { type: 'InclusionIntakeAccepted', data: { plan, planVersion: 1 } };
const followed: CaseEvent = { type: 'FollowUpStarted', data: { plan } };
const closed: CaseEvent = { type: 'CaseClosed', data: { reason: 'unreachable', closedAt: '2031-03-12T12:00:00.000Z' } };
const suspended = (fromPhase: OpenPhase): CaseEvent => ({ type: 'CaseSuspended', data: { fromPhase, reason: 'asked_to_pause' } });
const file = scenario(caseDecider, deciding(facts));
const open = file.given(opened);
const known = (change: Partial<CaseFacts>) => open.by({ facts: { ...facts, ...change } });
const changed = (change: object): wishes.OpenCase => new wishes.OpenCase(id, { ...body, ...change });

describe('a case', () => {
  it('is opened by the organisation that takes responsibility, with a responsible worker of its team', () =>
    file.when(new wishes.OpenCase(id, body)).then(opened));

  it('is opened once under one id', () => open.when(changed({})).thenRefused('case.already-open'));

  it('is never opened for a minor: they stay with the system for unaccompanied minors (NAV-9)', () => {
    file.when(changed({ ageBand: 'minor' })).thenRefused('case.minor-belongs-to-msna');
    file
      .by({ actor: systemActor('umbria') })
      .when(changed({ ageBand: 'minor' }))
      .thenRefused('case.minor-belongs-to-msna');
    file.when(changed({ ageBand: 'unknown' })).then({ type: 'CaseOpened', data: { ...body, ageBand: 'unknown' } });
  });

  it('is not put into another organisation’s or region’s hands', () => {
    const theirs = { ...custodian, organisation: streamId('organisation', 2) };
    file.when(changed({ custodian: theirs })).thenRefused('case.custodian-is-another');
    file.when(changed({ custodian: { ...custodian, region: 'toscana' } })).thenRefused('case.custodian-is-another');
  });

  it.each(['labour_inspectorate', 'trade_union', 'employers_association', 'prosecutor', 'prefettura'] as const)(
    'is never held by a %s',
    (kind) =>
      file
        .by({ actor: person({ kind }) })
        .when(changed({}))
        .thenRefused('case.kind-holds-no-cases'),
  );

  it('names a responsible worker who is in the team', () => {
    file.when(changed({ responsible: streamId('member', 9) })).thenRefused('case.worker-not-in-team', ['/responsible']);
    file.by({ facts: {} }).when(changed({})).thenRefused('case.worker-not-in-team');
  });

  it('taken jointly names the referral and the link, and only the service may say so', () => {
    const joint = { origin: streamId('referral', 1), linkId: '0193a5b0-0000-4000-8000-000000000001' };
    const service = file.by({ actor: systemActor('umbria') });
    const together: CaseEvent = { type: 'CaseOpened', data: { ...body, ...joint } };
    service.when(changed(joint)).then(together);
    file
      .given(together)
      .when(new wishes.LinkCases(id, { linkId: joint.linkId, reason: 'joint_referral' }))
      .thenNothing();
    file.when(changed(joint)).thenRefused('case.origin-by-service-only');
    service.when(changed({ origin: joint.origin })).thenRefused('case.link-incomplete');
    service.when(changed({ ...joint, linkId: 'the-Rossi-brothers' })).thenRefused('case.no-link-id');
    file.when(changed({ linkId: joint.linkId })).thenRefused('case.link-incomplete');
  });

  it('holds who the person is as vault references only', () => {
    const refs = [{ group: 'ID', field: 'given_name', ref }] as const;
    file.when(changed({ refs })).then({ type: 'CaseOpened', data: { ...body, refs } });
    file.when(changed({ refs: [{ group: 'ID', field: 'given_name', ref: 'Anna' }] })).thenRefused('case.malformed', ['/refs']);
    file.when(changed({ refs: [{ group: 'ID', field: 'shoe_size', ref }] })).thenRefused('case.unknown-field', ['/refs/0/field']);
    file.when(changed({ language: 'Italian' })).thenRefused('case.unknown-language');
  });

  it('remembers the contact it began with', () => {
    const contact = streamId('contact', 1);
    file.when(changed({ contact })).then({ type: 'CaseOpened', data: { ...body, contact } });
  });

  it('that does not exist answers like one outside need-to-know', () => {
    file.when(new wishes.OpenProximityProgramme(id)).thenRefused('case.not-found');
  });
});

describe('the path of a case', () => {
  it('leads through proximity into first assistance', () => {
    open.when(new wishes.OpenProximityProgramme(id)).then(proximity);
    open.given(proximity).when(new wishes.OpenProximityProgramme(id)).thenNothing();
    open
      .given(proximity)
      .when(new wishes.AdmitToFirstAssistance(id, { ageBand: 'adult' }))
      .then(assisted);
    open
      .given(assisted)
      .when(new wishes.AdmitToFirstAssistance(id, { ageBand: 'adult' }))
      .thenNothing();
    open.given(assisted).when(new wishes.OpenProximityProgramme(id)).thenRefused('case.wrong-phase');
  });

  it('does not lead a minor into first assistance (NAV-5)', () =>
    open.when(new wishes.AdmitToFirstAssistance(id, { ageBand: 'minor' })).thenRefused('case.minor-belongs-to-msna'));

  it('does not forget an age once established', () => {
    open.when(new wishes.AdmitToFirstAssistance(id, { ageBand: 'unknown' })).then(assisted);
    file
      .given({ type: 'CaseOpened', data: { ...body, ageBand: 'unknown' } })
      .when(new wishes.AdmitToFirstAssistance(id, { ageBand: 'unknown' }))
      .then({ type: 'FirstAssistanceStarted', data: { ageBand: 'unknown' } });
  });

  it('leads into inclusion only with a plan agreed with the person (NAV-3)', () => {
    const intake = new wishes.TakeChargeForInclusion(id);
    open.given(assisted).when(intake).thenRefused('case.plan-missing');
    known({ plan: { ref: plan, version: 1, status: 'other' } })
      .given(assisted)
      .when(intake)
      .thenRefused('case.plan-missing');
    known({ plan: { ref: plan, version: 1, status: 'agreed' } })
      .given(assisted)
      .when(intake)
      .then(included);
    open.given(assisted, included).when(intake).thenNothing();
  });

  it('leads into follow-up once the plan is concluded, and back if need be', () => {
    const onward = new wishes.MoveToFollowUp(id);
    const past = [assisted, included];
    known({ plan: { ref: plan, version: 1, status: 'agreed' } })
      .given(...past)
      .when(onward)
      .thenRefused('case.plan-not-concluded');
    open
      .given(...past)
      .when(onward)
      .thenRefused('case.plan-not-concluded');
    known({ plan: { ref: plan, version: 1, status: 'concluded' } })
      .given(...past)
      .when(onward)
      .then(followed);
    open
      .given(...past, followed)
      .when(new wishes.ReturnToInclusion(id))
      .then({ type: 'InclusionResumed', data: {} });
  });

  it.each<[OpenPhase, CaseEvent[]]>([
    ['Emersion', []],
    ['Proximity', [proximity]],
    ['FirstAssistance', [assisted]],
    ['SocialInclusion', [assisted, included]],
    ['FollowUp', [assisted, included, followed]],
  ])('resumes in %s when it was suspended there', (phase, past) => {
    const before = open.given(...past);
    before.when(new wishes.SuspendCase(id, { reason: 'asked_to_pause' })).then(suspended(phase));
    before
      .given(suspended(phase))
      .when(new wishes.SuspendCase(id, { reason: 'asked_to_pause' }))
      .thenNothing();
    before
      .given(suspended(phase))
      .when(new wishes.ResumeCase(id))
      .then({ type: 'CaseResumed', data: { toPhase: phase } });
  });

  it('takes nothing in while it is suspended or closed', () => {
    const needs = new wishes.RecordNeeds(id, { needs: ['legal'], urgent: false });
    open.given(suspended('Emersion')).when(needs).thenRefused('case.suspended');
    open.given(closed).when(needs).thenRefused('case.closed');
  });

  it('ends with a reason from the list', () => {
    const at = { closedAt: '2031-03-14T12:00:00.000Z' };
    open
      .when(new wishes.CloseCase(id, { reason: 'autonomy_reached' }))
      .then({ type: 'CaseClosed', data: { reason: 'autonomy_reached', ...at } });
    open.when(new wishes.CloseCase(id, { reason: 'bored' })).thenRefused('case.unknown-case-closure', ['/reason']);
    open
      .given(closed)
      .when(new wishes.CloseCase(id, { reason: 'autonomy_reached' }))
      .thenNothing();
  });

  it('ends after follow-up with its form', () => {
    const followedUp = open.given(assisted, included, followed);
    followedUp.when(new wishes.CloseCase(id, { reason: 'autonomy_reached' })).thenRefused('case.follow-up-form-missing');
    followedUp.when(new wishes.CloseCase(id, { reason: 'autonomy_reached', followUpFormRef: ref })).then({
      type: 'CaseClosed',
      data: { reason: 'autonomy_reached', closedAt: '2031-03-14T12:00:00.000Z', followUpFormRef: ref },
    });
  });
});

describe('a closed case', () => {
  const reopen = new wishes.ReopenCase(id, { reason: 'person_returned', basis });
  const team = streamId('team', 9);
  const shared: CaseEvent = { type: 'CaseSharedWithTeam', data: { team, basis, expires: '2031-06-01T00:00:00.000Z' } };

  it('is reopened on a consent or basis given since', () => {
    known({ basis: fact })
      .given(closed)
      .when(reopen)
      .then({ type: 'CaseReopened', data: { reason: 'person_returned', basis } });
    known({ basis: { ...fact, since: '2031-03-12T12:00:00.000Z' } })
      .given(closed)
      .when(reopen)
      .thenRefused('case.no-basis');
    known({ basis: { ...fact, live: false } })
      .given(closed)
      .when(reopen)
      .thenRefused('case.no-basis');
    known({ basis: { ...fact, case: streamId('case', 2) } })
      .given(closed)
      .when(reopen)
      .thenRefused('case.no-basis');
    open.given(closed).when(reopen).thenRefused('case.no-basis');
  });

  it('is not reopened while it is open', () => known({ basis: fact }).when(reopen).thenRefused('case.wrong-phase'));

  it('comes back without anything that was shared', () => {
    const again: CaseEvent = { type: 'CaseReopened', data: { reason: 'person_returned', basis } };
    open
      .given(shared, closed, again)
      .when(new wishes.UnshareCase(id, { team, reason: 'no_longer_needed' }))
      .thenNothing();
    const old: BasisFact = { ...fact, recipient: team, since: '2031-03-01T00:00:00.000Z' };
    known({ basis: old, sharedTeam: { kind: 'interregional', active: true } })
      .given(shared, closed, again)
      .when(new wishes.ShareCaseWithTeam(id, shared.data))
      .thenRefused('case.no-basis');
  });
});
