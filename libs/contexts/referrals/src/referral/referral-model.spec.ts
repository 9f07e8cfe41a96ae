import { DomainError, isSystem, systemActor } from '@platform/kernel';
import * as fc from 'fast-check';
import * as commands from './referral-commands';
import * as example from './referral-examples';
import { colleague, facts, proposal, receiver, REFERRAL as ID, sender, stranger, terms, THIRD } from './referral-examples';
import { referralEvents } from './referral';
import { referralDecider } from './referral.decider';

describe('any command on a referral', () => {
  const parties = [sender, receiver, colleague, stranger, example.elsewhere, systemActor('umbria')];
  const anyCommand = fc.constantFrom(
    new commands.DraftReferral(ID, proposal),
    new commands.OfferReferral(ID, example.preview),
    new commands.OpenReferralSummary(ID),
    new commands.AskClarification(ID, example.NOTE),
    new commands.GiveClarification(ID, example.NOTE),
    new commands.AcceptReferral(ID, colleague.member, 'service'),
    new commands.DiscloseIdentity(ID, example.GRANT, ['ID']),
    new commands.StartService(ID),
    new commands.ReportServiceOutcome(ID, 'provided'),
    new commands.CloseReferral(ID),
    new commands.CloseReferralUnanswered(ID),
    new commands.DeclineReferral(ID, 'no_capacity'),
    new commands.ProposeRedirect(ID, THIRD, 'toscana'),
    new commands.RedirectReferral(ID, THIRD),
    new commands.WithdrawReferral(ID, 'safety'),
    new commands.ExpireReferral(ID),
    new commands.ReturnReferral(ID, 'need_beyond_service'),
  );
  const times = fc.constantFrom(example.OFFERED_AT, example.DUE, example.ANSWER_DUE);
  const step = fc.record({ command: anyCommand, actor: fc.constantFrom(...parties), at: times, live: fc.boolean() });

  it('moves it only by a side or the clock, discloses only on a live basis, and never leaves an end', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(example.pastOf)), fc.array(step, { maxLength: 40, size: 'max' }), (past, steps) => {
        let state = past.reduce((soFar, event) => referralDecider.evolve(soFar, event), referralDecider.initialState);
        for (const { command, actor, at, live } of steps) {
          const given = { ...facts, bases: [example.consent, example.assessment].map((basis) => ({ ...basis, live })) };
          const ended = state !== null && ['Closed', 'Declined', 'Withdrawn', 'Expired', 'Redirected', 'Returned'].includes(state.status);
          let events: ReturnType<typeof referralDecider.decide> = [];
          try {
            events = referralDecider.decide(command, state, { actor, at, facts: given });
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
          }
          events.forEach(({ type }) => reached.add(type));
          if (events.length > 0) {
            expect(ended).toBe(false);
            expect(actor !== stranger && actor !== example.elsewhere).toBe(true);
            for (const { type } of events) {
              if (type === 'ReferralSummaryDisclosed' || type === 'ReferralAccepted')
                expect([live, actor.organisation]).toEqual([true, terms.receiver.organisation]);
              if (type === 'ReferralExpired' || type === 'ReferralClosedByClock') expect(isSystem(actor)).toBe(true);
            }
          }
          state = events.reduce((soFar, event) => referralDecider.evolve(soFar, event), state);
        }
      }),
      { seed: 20310314, numRuns: 1500 },
    );
    // Sequences that never get anywhere would prove nothing.
    expect([...reached].sort()).toEqual(Object.keys(referralEvents).sort());
  });
});
