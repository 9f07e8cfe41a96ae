import type { Slice } from '@platform/commanding';
import type { Referral, ReferralEvent } from './referral';
import { type ReferralCommand, referralCommands } from './referral-commands';
import type { ReferralFacts } from './referral-facts';
import { referralDecider } from './referral.decider';

/** The referral as the pipeline runs it: in the log of the sender's region. */
export const referralSlice: Slice<Referral, ReferralCommand, ReferralEvent, ReferralFacts> = {
  context: 'referrals',
  noun: 'referral',
  decider: referralDecider,
  commands: referralCommands,
  regionOf: (_command, by) => by.actor.region,
  hiddenAs: ({ kind }) => (kind === 'DraftReferral' ? 'case' : undefined),
  casesOf: (command, state) => (command.kind === 'DraftReferral' ? [command.proposal.case] : state ? [state.case] : []),
};
