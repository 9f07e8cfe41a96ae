import { systemActor } from '@platform/kernel';
import { deciding, scenario } from '@platform/testing';
import * as commands from './referral-commands';
import * as example from './referral-examples';
import { facts, pastOf, receiver, REFERRAL as ID, sender, SENDER, terms, THIRD, told } from './referral-examples';
import { referralDecider } from './referral.decider';

const bySender = scenario(referralDecider, deciding(facts, sender, example.OFFERED_AT));
const byReceiver = scenario(referralDecider, deciding(facts, receiver, example.OFFERED_AT));
const bySystem = scenario(referralDecider, deciding(facts, systemActor('umbria'), example.OFFERED_AT));
const past = (state: string) => pastOf[state] ?? [];

describe('the identity', () => {
  const accepted = bySystem.given(...past('Accepted'));
  const disclose = new commands.DiscloseIdentity(ID, example.GRANT, ['ID', 'CON']);

  it('is disclosed once, to the extent of the grant', () => {
    accepted.when(disclose).then(told.disclosed);
    accepted.given(told.disclosed).when(disclose).thenNothing();
  });

  it('is not disclosed without a live grant that rests on this referral', () => {
    accepted
      .by({ facts: { ...facts, grant: undefined } })
      .when(disclose)
      .thenRefused('referral.no-grant');
    accepted
      .by({ facts: { ...facts, grant: { referral: ID, live: false, groups: ['ID', 'CON'] } } })
      .when(disclose)
      .thenRefused('referral.no-grant');
    accepted
      .by({ facts: { ...facts, grant: { referral: ID.replace('1', '2'), live: true, groups: ['ID', 'CON'] } } })
      .when(disclose)
      .thenRefused('referral.no-grant');
  });

  it('is not disclosed beyond what was asked for or granted', () => {
    const narrow = { ...facts, grant: { referral: ID, live: true, groups: ['CON', 'NEED'] as const } };
    for (const group of ['ID', 'NEED'] as const)
      accepted
        .by({ facts: narrow })
        .when(new commands.DiscloseIdentity(ID, example.GRANT, [group]))
        .thenRefused('referral.group-not-granted');
    accepted.when(new commands.DiscloseIdentity(ID, example.GRANT, ['ID', 'NEED'])).thenRefused('referral.group-not-granted');
    accepted.when(new commands.DiscloseIdentity(ID, example.GRANT, [])).thenRefused('referral.group-not-granted');
  });
});

describe('the end of a referral', () => {
  it('is closed by the sender, only after the outcome', () => {
    bySender
      .given(...past('OutcomeReported'))
      .when(new commands.CloseReferral(ID))
      .then(told.closed);
    bySender
      .given(...past('InService'))
      .when(new commands.CloseReferral(ID))
      .thenRefused('referral.not-now');
    byReceiver
      .given(...past('OutcomeReported'))
      .when(new commands.CloseReferral(ID))
      .thenRefused('referral.not-sender');
  });

  it('comes by the clock when the sender leaves the outcome unanswered for 30 days', () => {
    const reported = bySystem.given(...past('OutcomeReported'));
    reported.when(new commands.CloseReferralUnanswered(ID)).thenRefused('referral.too-early');
    reported.by({ at: example.ANSWER_DUE }).when(new commands.CloseReferralUnanswered(ID)).then(told.closedByClock);
    bySender
      .given(...past('OutcomeReported'))
      .when(new commands.CloseReferralUnanswered(ID))
      .thenRefused('referral.only-by-clock');
  });

  it('comes by the clock when nobody answers the offer, not a moment before', () => {
    const offered = bySystem.given(...past('Offered'));
    offered.by({ at: '2031-03-17T11:59:59.999Z' }).when(new commands.ExpireReferral(ID)).thenRefused('referral.too-early');
    offered.by({ at: example.DUE }).when(new commands.ExpireReferral(ID)).then(told.expired);
    byReceiver
      .given(...past('Offered'))
      .by({ at: example.DUE })
      .when(new commands.ExpireReferral(ID))
      .thenRefused('referral.only-by-clock');
  });

  it('is a withdrawal when the source closes before acceptance, and the receiver is to be told (A19)', () => {
    const withdraw = new commands.WithdrawReferral(ID, 'case_closed');
    for (const state of ['Offered', 'UnderReview'])
      bySystem
        .given(...past(state))
        .when(withdraw)
        .then({ ...told.withdrawn, data: { ...told.withdrawn.data, reason: 'case_closed' } });
    bySystem
      .given(told.drafted)
      .when(withdraw)
      .then({ ...told.withdrawn, data: { ...told.withdrawn.data, reason: 'case_closed', offered: false } });
    bySystem
      .given(...past('Withdrawn'))
      .when(withdraw)
      .thenNothing();
  });

  it('is a withdrawal after the outcome only when consent is withdrawn', () => {
    const reported = bySender.given(...past('OutcomeReported'));
    reported.when(new commands.WithdrawReferral(ID, 'need_met')).thenRefused('referral.outcome-reported');
    reported
      .when(new commands.WithdrawReferral(ID, 'consent_withdrawn'))
      .then({ ...told.withdrawn, data: { ...told.withdrawn.data, reason: 'consent_withdrawn' } });
  });

  it('says why, in a code of the list', () => {
    byReceiver
      .given(...past('Offered'))
      .when(new commands.DeclineReferral(ID, 'tired'))
      .thenRefused('referral.unknown-reason');
    bySender
      .given(...past('Offered'))
      .when(new commands.WithdrawReferral(ID, 'tired'))
      .thenRefused('referral.unknown-reason');
    byReceiver
      .given(...past('InService'))
      .when(new commands.ReturnReferral(ID, 'tired'))
      .thenRefused('referral.unknown-reason');
    byReceiver
      .given(...past('InService'))
      .when(new commands.ReportServiceOutcome(ID, 'tired'))
      .thenRefused('referral.unknown-outcome');
  });

  it('is a redirect only where the receiver points and the sender agrees', () => {
    const redirect = new commands.RedirectReferral(ID, THIRD);
    byReceiver
      .given(...past('Offered'))
      .when(new commands.ProposeRedirect(ID, THIRD, 'toscana'))
      .then(told.proposed);
    byReceiver
      .given(...past('Offered'), told.proposed)
      .when(new commands.ProposeRedirect(ID, THIRD, 'toscana'))
      .thenNothing();
    byReceiver
      .given(...past('Offered'))
      .when(new commands.ProposeRedirect(ID, SENDER, 'umbria'))
      .thenRefused('referral.redirect-goes-nowhere');
    bySender
      .given(...past('Offered'))
      .when(redirect)
      .thenRefused('referral.redirect-not-proposed');
    byReceiver
      .given(...past('Offered'), told.proposed)
      .when(redirect)
      .thenRefused('referral.not-sender');
    bySender
      .given(...past('Offered'), told.proposed)
      .when(redirect)
      .then(told.redirected);
  });

  it('leaves an organisation that only passed it on with nothing (A12)', () => {
    byReceiver
      .given(...past('Redirected'))
      .when(new commands.OpenReferralSummary(ID))
      .thenRefused('referral.ended');
    const next = { ...terms, receiver: { organisation: THIRD, region: 'toscana' } };
    byReceiver
      .given({ type: 'ReferralDrafted', data: next }, told.offered)
      .when(new commands.OpenReferralSummary(ID))
      .thenRefused('referral.not-found');
  });
});
