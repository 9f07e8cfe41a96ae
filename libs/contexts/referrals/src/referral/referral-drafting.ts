import { REFERRAL_MODES } from '@contracts';
import { invalid, isSystem, notFound, refused } from '@platform/kernel';
import type { Referral, ReferralEvent } from './referral';
import { groupsOpenTo, REFERRAL_PURPOSES } from './referral-ceilings';
import type { DraftReferral, ReferralProposal } from './referral-commands';
import { known, type ReferralContext, receiverMayBeOffered } from './referral-facts';
import { partyOf } from './referral-routes';

const LANGUAGE = /^[a-z]{2,3}$/;

/** The rules of the first step: who may refer which case, on what terms, to whom. */
export function draft({ proposal }: DraftReferral, state: Referral, { actor, facts }: ReferralContext): ReferralEvent[] {
  if (state) {
    if (partyOf(actor, state) !== 'sender') throw notFound('referral');
    throw refused('referral.exists', 'A referral with this id exists already.');
  }
  if (isSystem(actor)) throw refused('referral.only-people-refer', 'A referral is somebody’s decision.');
  // Whoever does not hold the case does not learn that it exists, and nobody passes on what was passed to them.
  const custody = facts.case;
  if (!custody || custody.custodian !== actor.organisation || !actor.teams.includes(custody.team)) throw notFound('case');
  if (!custody.open) throw refused('referral.case-closed', 'The case is closed.');
  termsAreKnown(proposal);
  if (proposal.receiver.organisation === actor.organisation)
    throw refused('referral.receiver-is-sender', 'A referral goes to another organisation.');
  receiverMayBeOffered(proposal.receiver, facts);
  const { redirectedFrom } = proposal;
  if (redirectedFrom !== undefined) {
    const before = facts.redirected;
    const follows = before?.case === proposal.case && before.sender === actor.organisation && before.to === proposal.receiver.organisation;
    if (!follows) throw refused('referral.not-redirected', 'No referral of this case was redirected to this organisation.');
  }
  const { case: of, receiver, service, urgency, language, reason, purpose, groups, bases, mode } = proposal;
  const sender = { organisation: actor.organisation, team: custody.team, region: actor.region, member: actor.member };
  const terms = { case: of, sender, receiver, service, urgency, language, reason, purpose, groups, bases, mode };
  return [{ type: 'ReferralDrafted', data: redirectedFrom === undefined ? terms : { ...terms, redirectedFrom } }];
}

/** @throws DomainError kind invalid, pointing at the field */
function termsAreKnown({ service, urgency, reason, language, purpose, mode, groups, bases }: ReferralProposal): void {
  known('service', service, 'referral.unknown-service', '/service');
  known('urgency', urgency, 'referral.unknown-urgency', '/urgency');
  known('referral-reason', reason, 'referral.unknown-reason', '/reason');
  if (!LANGUAGE.test(language)) throw invalid('referral.unknown-language', '/language', 'A language is an ISO 639 code.');
  if (!REFERRAL_PURPOSES.includes(purpose)) throw invalid('referral.unknown-purpose', '/purpose', 'Nothing is referred for this purpose.');
  if (!REFERRAL_MODES.includes(mode)) throw invalid('referral.unknown-mode', '/mode', 'A referral is for a service or joint.');
  const beyond = groups.findIndex((group) => !groupsOpenTo(service).includes(group));
  if (beyond >= 0) throw invalid('referral.group-beyond-ceiling', `/groups/${beyond}`, 'This service is never shown this field group.');
  if (groups.length === 0) throw invalid('referral.nothing-to-disclose', '/groups', 'Name what the receiver needs after accepting.');
  if (bases.length === 0) throw invalid('referral.no-basis-named', '/bases', 'Name the consent or legal basis it is to rest on.');
}
