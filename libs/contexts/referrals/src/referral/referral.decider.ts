import { assertNever, type Decider, invalid, isUuid, notFound, refused } from '@platform/kernel';
import { urgencyHours } from '@platform/codes';
import { hoursAfter, isReached } from '../deadline';
import { evolveReferral, initialReferral, type OpenedReferral, type Referral, type ReferralEvent } from './referral';
import { ANSWER_HOURS } from './referral-ceilings';
import type {
  AcceptReferral,
  DiscloseIdentity,
  DraftReferral,
  ReferralCommand,
  RedirectReferral,
  WithdrawReferral,
} from './referral-commands';
import { draft } from './referral-drafting';
import {
  basesInForce,
  disclosureTo,
  known,
  type ReferralContext as Context,
  type ReferralFacts,
  receiverMayBeOffered,
} from './referral-facts';
import { hasEnded, partyOf, ROUTES } from './referral-routes';

/** What stage 1 is for, whatever the service will be for. */
const ASSESSMENT = 'referral_assessment';
/** The outcome may be reported: without these the referral still ends. */
const GROUND_GONE = ['consent_withdrawn', 'basis_ended', 'case_erased'];
const DIGEST = /^[0-9a-f]{64}$/;
const NOTE = /^vault:[a-z][a-z0-9-]{1,39}:[A-Za-z0-9_-]{1,64}$/;

function decide(command: ReferralCommand, state: Referral, context: Context): ReferralEvent[] {
  if (command.kind === 'DraftReferral') return draft(command, state, context);
  if (!state) throw notFound('referral');
  const party = partyOf(context.actor, state);
  if (party === 'nobody') throw notFound('referral');
  const route = ROUTES[command.kind];
  if (!route.by.includes(party)) throw wrongSide(route.by[0]);
  if (state.status === route.satisfiedIn) return already(command, state, context);
  if (hasEnded(state.status)) throw refused('referral.ended', 'This referral has ended.');
  if (!route.from.includes(state.status)) throw refused('referral.not-now', 'This cannot be done with the referral as it stands now.');
  return onward(command, state, context);
}

function onward(command: Exclude<ReferralCommand, DraftReferral>, state: OpenedReferral, context: Context): ReferralEvent[] {
  const { at, facts, actor } = context;
  const ended = { case: state.case, sender: state.sender.organisation, organisation: state.receiver.organisation };
  switch (command.kind) {
    case 'OfferReferral': {
      const { stage0, stage1, accepted } = command.preview;
      const faulty = Object.entries({ stage0, stage1, accepted }).find(([, digest]) => !DIGEST.test(digest));
      if (faulty)
        throw invalid('referral.preview-missing', `/preview/${faulty[0]}`, 'The digest of what the receiver will see is missing.');
      // What the sender was shown is what the receiver will get, or nothing is sent.
      if (stage0 !== facts.offerDigest) throw refused('referral.preview-differs', 'The preview shows something else than this offer.');
      receiverMayBeOffered(state.receiver, facts);
      const { service, urgency, language, receiver } = state;
      const due = hoursAfter(at, urgencyHours(urgency));
      return [
        {
          type: 'ReferralOffered',
          data: { sender: ended.sender, receiver, service, urgency, language, due, preview: { stage0, stage1, accepted } },
        },
      ];
    }
    case 'OpenReferralSummary': {
      if (isReached(state.due, at)) throw refused('referral.overdue', 'The time to answer has passed.');
      const data = disclosureTo(state, actor.member, basesInForce(state, ASSESSMENT, context), ASSESSMENT);
      return [{ type: 'ReferralSummaryDisclosed', data: { ...data, expires: state.due } }];
    }
    case 'AskClarification':
      return [{ type: 'ReferralClarificationAsked', data: { note: noteOf(command.note), number: state.questions.length + 1 } }];
    case 'GiveClarification': {
      const open = state.questions.findIndex(({ answer }) => answer === null);
      if (open < 0) throw refused('referral.nothing-asked', 'No question is waiting for an answer.');
      return [{ type: 'ReferralClarificationGiven', data: { note: noteOf(command.note), number: open + 1 } }];
    }
    case 'AcceptReferral':
      return [accept(command, state, context)];
    case 'DiscloseIdentity':
      return disclose(command, state, context);
    case 'StartService':
      return [{ type: 'ReferralServiceStarted', data: { case: state.case } }];
    case 'ReportServiceOutcome':
      known('service-outcome', command.outcome, 'referral.unknown-outcome', '/outcome');
      return [
        { type: 'ReferralOutcomeReported', data: { case: state.case, outcome: command.outcome, answerDue: hoursAfter(at, ANSWER_HOURS) } },
      ];
    case 'CloseReferral':
      return [{ type: 'ReferralClosed', data: ended }];
    case 'CloseReferralUnanswered':
      if (!isReached(state.answerDue, at)) throw tooEarly();
      return [{ type: 'ReferralClosedByClock', data: ended }];
    case 'DeclineReferral':
      known('referral-decline', command.reason, 'referral.unknown-reason', '/reason');
      return [{ type: 'ReferralDeclined', data: { ...ended, reason: command.reason } }];
    case 'ProposeRedirect':
      return proposeRedirect(state, command.to, command.toRegion);
    case 'RedirectReferral':
      return [{ type: 'ReferralRedirected', data: { ...ended, ...agreedRedirect(command, state) } }];
    case 'WithdrawReferral':
      return [{ type: 'ReferralWithdrawn', data: { ...ended, reason: withdrawalReason(command, state), offered: state.due !== '' } }];
    case 'ExpireReferral':
      if (!isReached(state.due, at)) throw tooEarly();
      return [{ type: 'ReferralExpired', data: ended }];
    case 'ReturnReferral':
      known('referral-return', command.reason, 'referral.unknown-reason', '/reason');
      return [{ type: 'ReferralReturned', data: { ...ended, reason: command.reason } }];
    default:
      return assertNever(command);
  }
}

/** Commanded again, an act that already holds changes nothing; the same act with other content is another act, and too late. */
function already(command: Exclude<ReferralCommand, DraftReferral>, state: OpenedReferral, { actor }: Context): ReferralEvent[] {
  const same =
    command.kind === 'OpenReferralSummary'
      ? state.assessor === actor.member
      : command.kind === 'AcceptReferral'
        ? state.responsible === command.responsible && state.mode === command.mode
        : command.kind === 'OfferReferral'
          ? state.preview?.stage0 === command.preview.stage0 &&
            state.preview.stage1 === command.preview.stage1 &&
            state.preview.accepted === command.preview.accepted
          : true;
  if (!same) throw refused('referral.not-now', 'This was done before, in another way.');
  return [];
}

function accept({ responsible, mode, joint }: AcceptReferral, state: OpenedReferral, context: Context): ReferralEvent {
  const { facts, at } = context;
  if (isReached(state.due, at)) throw refused('referral.overdue', 'The time to answer has passed.');
  if (mode !== state.mode) throw refused('referral.mode-not-offered', 'The person and the sender agreed to the other mode.');
  if ((joint !== undefined) !== (mode === 'joint') || (joint && !isUuid(joint.linkId)))
    throw invalid('referral.link-misplaced', '/joint', 'A joint acceptance, and only that, names a team and carries a link.');
  const { organisation, region } = state.receiver;
  const team = state.receiver.team ?? joint?.team;
  const worker = facts.responsible;
  if (!worker?.active || worker.organisation !== organisation || (team !== undefined && !worker.teams.includes(team)))
    throw refused('referral.responsible-not-of-receiver', 'The responsible worker must be an active member of the receiving side.');
  const bases = basesInForce(state, state.purpose, context);
  const covered = state.groups.every((group) => bases.some((basis) => basis.groups.includes(group)));
  if (!covered) throw refused('referral.basis-too-narrow', 'What is in force does not cover every field group asked for.');
  const data = { ...disclosureTo(state, responsible, bases, state.purpose), team, region, groups: state.groups, mode };
  return { type: 'ReferralAccepted', data: joint ? { ...data, linkId: joint.linkId } : data };
}

function disclose({ grant, groups, id }: DiscloseIdentity, state: OpenedReferral, { facts }: Context): ReferralEvent[] {
  if (state.disclosed) return [];
  if (!facts.grant?.live || facts.grant.referral !== id)
    throw refused('referral.no-grant', 'No grant that rests on this referral is in force.');
  const granted = facts.grant.groups;
  if (groups.length === 0 || groups.some((group) => !granted.includes(group) || !state.groups.includes(group)))
    throw refused('referral.group-not-granted', 'Only granted field groups are disclosed.');
  return [{ type: 'IdentityDisclosed', data: { case: state.case, grant, groups } }];
}

function proposeRedirect(state: OpenedReferral, to: string, toRegion: string): ReferralEvent[] {
  if (to === state.sender.organisation || to === state.receiver.organisation)
    throw refused('referral.redirect-goes-nowhere', 'A redirect points to a third organisation.');
  if (state.redirectProposed?.to === to) return [];
  return [{ type: 'ReferralRedirectProposed', data: { to, toRegion } }];
}

function agreedRedirect({ to }: RedirectReferral, { redirectProposed }: OpenedReferral): { to: string; toRegion: string } {
  if (redirectProposed?.to !== to) throw refused('referral.redirect-not-proposed', 'The receiver did not point to this organisation.');
  return redirectProposed;
}

/** After the outcome the sender closes; only the loss of what it rests on still ends the referral otherwise. */
function withdrawalReason({ reason }: WithdrawReferral, { status }: OpenedReferral): string {
  known('referral-withdrawal', reason, 'referral.unknown-reason', '/reason');
  if (status === 'OutcomeReported' && !GROUND_GONE.includes(reason))
    throw refused('referral.outcome-reported', 'The outcome is reported: close the referral.');
  return reason;
}

function noteOf(ref: string): string {
  if (!NOTE.test(ref)) throw invalid('referral.note-not-in-vault', '/note', 'What is asked and answered is kept in the vault.');
  return ref;
}

const tooEarly = () => refused('referral.too-early', 'The deadline has not passed.');
const wrongSide = (side: string | undefined) =>
  side === 'sender'
    ? refused('referral.not-sender', 'Only the sending team may do this.')
    : side === 'receiver'
      ? refused('referral.not-addressee', 'Only the receiving side may do this.')
      : refused('referral.only-by-clock', 'Only the clock does this.');

export const referralDecider: Decider<Referral, ReferralCommand, ReferralEvent, ReferralFacts> = {
  initialState: initialReferral,
  decide,
  evolve: evolveReferral,
};
