import { deciding, scenario } from '@platform/testing';
import * as commands from './referral-commands';
import * as example from './referral-examples';
import { CASE, colleague, facts, pastOf, receiver, REFERRAL as ID, sender, stranger, terms, THIRD, told } from './referral-examples';
import { referralDecider } from './referral.decider';

const bySender = scenario(referralDecider, deciding(facts, sender, example.OFFERED_AT));
const byReceiver = scenario(referralDecider, deciding(facts, receiver, example.OFFERED_AT));
const past = (state: string) => pastOf[state] ?? [];

describe('the summary of a referral', () => {
  const offered = byReceiver.given(...past('Offered'));
  const open = new commands.OpenReferralSummary(ID);

  it('opens to the member who asks, until the answer is due', () => offered.when(open).then(told.opened));

  it.each([
    ['withdrawn', { live: false }],
    ['expired', { expires: example.OFFERED_AT }],
    ['of another recipient', { recipient: THIRD }],
    ['of another purpose', { purpose: 'health_care' as const }],
    ['of another case', { case: CASE.replace('1', '2') }],
    ['not the one named', { ref: example.CONSENT.replace('1', '3') }],
  ])('does not open on a consent that is %s', (_what, changed) => {
    offered
      .by({ facts: { ...facts, bases: [{ ...example.assessment, ...changed }, example.consent] } })
      .when(open)
      .thenRefused('referral.no-basis');
  });

  it('does not open when no basis is known at all', () => offered.by({ facts: {} }).when(open).thenRefused('referral.no-basis'));

  it('does not open to the sender, nor to anybody else', () => {
    bySender
      .given(...past('Offered'))
      .when(open)
      .thenRefused('referral.not-addressee');
    offered.by({ actor: stranger }).when(open).thenRefused('referral.not-found');
  });

  it('opens to one member only: a colleague finds it taken (A2)', () => {
    const review = byReceiver.given(...past('UnderReview'));
    review.when(open).thenNothing();
    review.by({ actor: colleague }).when(open).thenRefused('referral.not-now');
  });

  it('is for the addressed team only, where one is addressed', () => {
    const toTeam = { ...terms, receiver: { ...terms.receiver, team: example.TEAM } };
    const given = byReceiver.given({ type: 'ReferralDrafted', data: toTeam }, told.offered);
    given.when(open).thenRefused('referral.not-found');
    given
      .by({ actor: { ...receiver, teams: [example.TEAM] } })
      .when(open)
      .then(told.opened);
  });

  it('does not open once the time to answer has passed', () => offered.by({ at: example.DUE }).when(open).thenRefused('referral.overdue'));
});

describe('a clarification', () => {
  const review = byReceiver.given(...past('UnderReview'));

  it('is asked by the receiver and given by the sender, as vault references', () => {
    review.when(new commands.AskClarification(ID, example.NOTE)).then(told.asked);
    bySender
      .given(...past('UnderReview'), told.asked)
      .when(new commands.GiveClarification(ID, example.NOTE))
      .then(told.answered);
  });

  it('is refused as plain words', () =>
    review.when(new commands.AskClarification(ID, 'Is she safe?')).thenRefused('referral.note-not-in-vault'));

  it('is not given where none was asked, nor by the receiver', () => {
    bySender
      .given(...past('UnderReview'))
      .when(new commands.GiveClarification(ID, example.NOTE))
      .thenRefused('referral.nothing-asked');
    review.given(told.asked).when(new commands.GiveClarification(ID, example.NOTE)).thenRefused('referral.not-sender');
  });
});

describe('acceptance', () => {
  const review = byReceiver.given(...past('UnderReview'));
  const accept = new commands.AcceptReferral(ID, colleague.member, 'service');

  it('names a responsible worker of the receiver', () => review.when(accept).then(told.accepted));

  it('is not for the sending team', () =>
    bySender
      .given(...past('UnderReview'))
      .when(accept)
      .thenRefused('referral.not-addressee'));

  it('is refused when the worker belongs elsewhere or is not active', () => {
    const named = (responsible: (typeof facts)['responsible']) => review.by({ facts: { ...facts, responsible } });
    named({ organisation: THIRD, teams: [], active: true }).when(accept).thenRefused('referral.responsible-not-of-receiver');
    named({ organisation: terms.receiver.organisation, teams: [], active: false })
      .when(accept)
      .thenRefused('referral.responsible-not-of-receiver');
    named(undefined).when(accept).thenRefused('referral.responsible-not-of-receiver');
  });

  it('is refused when consent ended meanwhile, or covers less than was asked for', () => {
    const on = (changed: object) => review.by({ facts: { ...facts, bases: [{ ...example.consent, ...changed }] } });
    on({ live: false }).when(accept).thenRefused('referral.no-basis');
    on({ groups: ['ID'] })
      .when(accept)
      .thenRefused('referral.basis-too-narrow');
  });

  it('rests on several consents that cover together what was asked for', () => {
    const second = { ...example.consent, ref: example.ASSESSMENT, groups: ['LEG'] as const };
    const together = { ...facts, bases: [{ ...example.consent, groups: ['ID', 'CON'] as const }, second] };
    const bases = [example.CONSENT, example.ASSESSMENT].map((ref) => ({ kind: 'consent' as const, ref }));
    review
      .by({ facts: together })
      .when(accept)
      .then({ ...told.accepted, data: { ...told.accepted.data, bases } });
  });

  it('rests on a legal basis where there is one', () => {
    const legal = { ...example.consent, kind: 'legal_basis' } as const;
    review
      .by({ facts: { ...facts, bases: [legal] } })
      .when(accept)
      .then({ ...told.accepted, data: { ...told.accepted.data, bases: [{ kind: 'legal_basis', ref: example.CONSENT }] } });
  });

  it('keeps to the mode that was offered; jointly it names the team that opens its own, linked case', () => {
    const jointly = { team: example.TEAM, linkId: example.LINK };
    const inTeam = { ...facts, responsible: { organisation: terms.receiver.organisation, teams: [example.TEAM], active: true } };
    review.when(new commands.AcceptReferral(ID, colleague.member, 'joint', jointly)).thenRefused('referral.mode-not-offered');
    const joint = byReceiver.given({ type: 'ReferralDrafted', data: { ...terms, mode: 'joint' } }, told.offered, told.opened);
    joint.when(new commands.AcceptReferral(ID, colleague.member, 'joint')).thenRefused('referral.link-misplaced');
    const accepting = new commands.AcceptReferral(ID, colleague.member, 'joint', jointly);
    joint.when(accepting).thenRefused('referral.responsible-not-of-receiver');
    joint
      .by({ facts: inTeam })
      .when(accepting)
      .then({ ...told.accepted, data: { ...told.accepted.data, mode: 'joint', ...jointly } });
    review.when(new commands.AcceptReferral(ID, colleague.member, 'service', jointly)).thenRefused('referral.link-misplaced');
  });

  it('said twice is said once; naming somebody else is too late', () => {
    const accepted = byReceiver.given(...past('Accepted'));
    accepted.when(accept).thenNothing();
    accepted.when(new commands.AcceptReferral(ID, receiver.member, 'service')).thenRefused('referral.not-now');
  });

  it('comes too late after the deadline', () => review.by({ at: example.DUE }).when(accept).thenRefused('referral.overdue'));
});
