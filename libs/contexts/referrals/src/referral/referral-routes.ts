import { type Actor, isSystem } from '@platform/kernel';
import type { ReferralCommand } from './referral-commands';
import { ENDED, type OpenedReferral, type ReferralSide, type ReferralStatus } from './referral';

/** Who somebody is to a referral. Nobody: it does not exist for them. */
export type Party = 'sender' | 'receiver' | 'system' | 'nobody';

const belongsTo = (actor: Actor, side: ReferralSide): boolean =>
  actor.organisation === side.organisation && (side.team === undefined || actor.teams.includes(side.team));

/** A draft is known to its sender only. */
export function partyOf(actor: Actor, referral: OpenedReferral): Party {
  if (isSystem(actor)) return 'system';
  if (belongsTo(actor, referral.sender)) return 'sender';
  return referral.due !== '' && belongsTo(actor, referral.receiver) ? 'receiver' : 'nobody';
}

export interface Route {
  readonly by: readonly Party[];
  readonly from: readonly ReferralStatus[];
  /** Already true: commanding it again changes nothing. */
  readonly satisfiedIn?: ReferralStatus;
}
type Kind = Exclude<ReferralCommand['kind'], 'DraftReferral'>;

/** Who may command what in which state. Everything else is refused. */
export const ROUTES: Readonly<Record<Kind, Route>> = {
  OfferReferral: { by: ['sender'], from: ['Drafted'], satisfiedIn: 'Offered' },
  OpenReferralSummary: { by: ['receiver'], from: ['Offered'], satisfiedIn: 'UnderReview' },
  AskClarification: { by: ['receiver'], from: ['UnderReview'] },
  GiveClarification: { by: ['sender'], from: ['UnderReview'] },
  AcceptReferral: { by: ['receiver'], from: ['UnderReview'], satisfiedIn: 'Accepted' },
  DiscloseIdentity: { by: ['receiver', 'system'], from: ['Accepted'] },
  StartService: { by: ['receiver'], from: ['Accepted'], satisfiedIn: 'InService' },
  ReportServiceOutcome: { by: ['receiver'], from: ['InService'] },
  CloseReferral: { by: ['sender'], from: ['OutcomeReported'], satisfiedIn: 'Closed' },
  CloseReferralUnanswered: { by: ['system'], from: ['OutcomeReported'], satisfiedIn: 'Closed' },
  DeclineReferral: { by: ['receiver'], from: ['Offered', 'UnderReview'], satisfiedIn: 'Declined' },
  ProposeRedirect: { by: ['receiver'], from: ['Offered', 'UnderReview'] },
  RedirectReferral: { by: ['sender'], from: ['Offered', 'UnderReview'], satisfiedIn: 'Redirected' },
  WithdrawReferral: {
    by: ['sender', 'system'],
    from: ['Drafted', 'Offered', 'UnderReview', 'Accepted', 'InService', 'OutcomeReported'],
    satisfiedIn: 'Withdrawn',
  },
  ExpireReferral: { by: ['system'], from: ['Offered', 'UnderReview'], satisfiedIn: 'Expired' },
  ReturnReferral: { by: ['receiver'], from: ['Accepted', 'InService'], satisfiedIn: 'Returned' },
};

export const hasEnded = (status: ReferralStatus): boolean => (ENDED as readonly string[]).includes(status);
