import { systemActor } from '@platform/kernel';
import { checkMachine, deciding } from '@platform/testing';
import { referralDecider } from './referral.decider';
import * as commands from './referral-commands';
import type { ReferralCommand } from './referral-commands';
import * as example from './referral-examples';
import { REFERRAL as ID, sender, receiver, told } from './referral-examples';
import { ROUTES } from './referral-routes';
import type { ReferralEvent } from './referral';

const attempts: Readonly<Record<string, () => ReferralCommand>> = {
  DraftReferral: () => new commands.DraftReferral(ID, example.proposal),
  OfferReferral: () => new commands.OfferReferral(ID, { ...example.preview, stage1: '9'.repeat(64) }),
  OpenReferralSummary: () => new commands.OpenReferralSummary(ID),
  AskClarification: () => new commands.AskClarification(ID, example.NOTE),
  GiveClarification: () => new commands.GiveClarification(ID, example.NOTE),
  AcceptReferral: () => new commands.AcceptReferral(ID, receiver.member, 'service'),
  DiscloseIdentity: () => new commands.DiscloseIdentity(ID, example.GRANT, ['ID']),
  StartService: () => new commands.StartService(ID),
  ReportServiceOutcome: () => new commands.ReportServiceOutcome(ID, 'provided'),
  CloseReferral: () => new commands.CloseReferral(ID),
  CloseReferralUnanswered: () => new commands.CloseReferralUnanswered(ID),
  DeclineReferral: () => new commands.DeclineReferral(ID, 'no_capacity'),
  ProposeRedirect: () => new commands.ProposeRedirect(ID, example.THIRD, 'toscana'),
  RedirectReferral: () => new commands.RedirectReferral(ID, example.THIRD),
  WithdrawReferral: () => new commands.WithdrawReferral(ID, 'consent_withdrawn'),
  ExpireReferral: () => new commands.ExpireReferral(ID),
  ReturnReferral: () => new commands.ReturnReferral(ID, 'need_beyond_service'),
};

/** Histories in which only the machine may stand in the way: a question is open, a redirect is proposed. */
const pastFor = (command: string, from: string): readonly ReferralEvent[] => {
  const past = example.pastOf[from] ?? [];
  if (command === 'GiveClarification' && from === 'UnderReview') return [...past, told.asked];
  if (command === 'RedirectReferral' && (from === 'Offered' || from === 'UnderReview')) return [...past, told.proposed];
  return past;
};
const rightful = (command: string) => {
  const by = command === 'DraftReferral' ? 'sender' : ROUTES[command as keyof typeof ROUTES].by[0];
  return by === 'receiver' ? receiver : by === 'system' ? systemActor('umbria') : sender;
};
const clockCommands = ['ExpireReferral', 'CloseReferralUnanswered'];

checkMachine({
  noun: 'referral',
  decider: referralDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pastFor(command, from),
    command: attempts[command]?.() ?? new commands.CloseReferral(ID),
    context: deciding(example.facts, rightful(command), clockCommands.includes(command) ? example.ANSWER_DUE : example.OFFERED_AT),
  }),
  beyond: [
    ['Offered', 'ProposeRedirect', 'ReferralRedirectProposed', 'Offered', 'the receiver points, the sender agrees by RedirectReferral'],
    [
      'UnderReview',
      'ProposeRedirect',
      'ReferralRedirectProposed',
      'UnderReview',
      'the receiver points, the sender agrees by RedirectReferral',
    ],
  ],
});
