import type { Actor } from '@platform/kernel';
import type { PreviewDigests, ReferralEvent, ReferralTerms } from './referral';
import type { ReferralProposal } from './referral-commands';
import type { BasisFact, ReferralFacts } from './referral-facts';

/** A referral from Umbria to Toscana, as specs of rules, read models and reactors tell it. Not part of the product. */
const id = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const REFERRAL = id('referral', 1);
export const CASE = id('case', 1);
export const SENDER = id('organisation', 1);
export const RECEIVER = id('organisation', 2);
export const THIRD = id('organisation', 3);
export const TEAM = id('team', 1);
export const CONSENT = id('consent', 1);
/** To be assessed by the receiver: stage 1. */
export const ASSESSMENT = id('consent', 2);
export const GRANT = id('accessGrant', 1);
export const NOTE = 'vault:umbria:aaaaaaaaaaaaaaaaaaaaaaaaaa';
export const LINK = '00000000-0000-7000-8000-00000000000a';
/** Offered at noon of 14 March 2031 as urgent: 72 hours. */
export const OFFERED_AT = '2031-03-14T12:00:00.000Z';
export const DUE = '2031-03-17T12:00:00.000Z';
export const ANSWER_DUE = '2031-04-13T12:00:00.000Z';

const member = (n: number, organisation: string, region: string, teams: readonly string[]): Actor => ({
  member: id('member', n),
  organisation,
  region,
  kind: 'anti_trafficking_project',
  roles: ['case_manager'],
  disciplines: ['social_worker'],
  teams,
  session: `session-${n}`,
  acr: 2,
});
export const sender = member(1, SENDER, 'umbria', [TEAM]);
export const receiver = member(2, RECEIVER, 'toscana', []);
export const colleague = member(3, RECEIVER, 'toscana', []);
export const stranger = member(4, THIRD, 'toscana', []);
/** Works for the sending organisation in another team: the case is not theirs. */
export const elsewhere = member(5, SENDER, 'umbria', [id('team', 2)]);

export const proposal: ReferralProposal = {
  case: CASE,
  receiver: { organisation: RECEIVER, region: 'toscana' },
  service: 'legal_advice',
  urgency: 'urgent',
  language: 'ur',
  reason: 'competent_territory',
  purpose: 'direct_assistance',
  groups: ['ID', 'CON', 'LEG'],
  bases: [
    { kind: 'consent', ref: CONSENT },
    { kind: 'consent', ref: ASSESSMENT },
  ],
  mode: 'service',
};
export const terms: ReferralTerms = {
  ...proposal,
  sender: { organisation: SENDER, team: TEAM, region: 'umbria', member: sender.member },
};
export const preview: PreviewDigests = { stage0: '0'.repeat(64), stage1: '1'.repeat(64), accepted: '2'.repeat(64) };

const { service, urgency, language } = terms;
const ended = { case: CASE, sender: SENDER, organisation: RECEIVER };
const disclosure = { ...ended, service, purpose: terms.purpose, bases: [{ kind: 'consent', ref: CONSENT }] } as const;
const assessed = { ...ended, service, purpose: 'referral_assessment', bases: [{ kind: 'consent', ref: ASSESSMENT }] } as const;

/** One event of each type, in the form the rules make. */
export const told = {
  drafted: { type: 'ReferralDrafted', data: terms },
  offered: { type: 'ReferralOffered', data: { sender: SENDER, receiver: terms.receiver, service, urgency, language, due: DUE, preview } },
  opened: { type: 'ReferralSummaryDisclosed', data: { ...assessed, members: [receiver.member], expires: DUE } },
  asked: { type: 'ReferralClarificationAsked', data: { note: NOTE, number: 1 } },
  answered: { type: 'ReferralClarificationGiven', data: { note: NOTE, number: 1 } },
  accepted: {
    type: 'ReferralAccepted',
    data: { ...disclosure, members: [colleague.member], region: 'toscana', groups: terms.groups, mode: 'service' },
  },
  disclosed: { type: 'IdentityDisclosed', data: { case: CASE, grant: GRANT, groups: ['ID', 'CON'] } },
  started: { type: 'ReferralServiceStarted', data: { case: CASE } },
  reported: { type: 'ReferralOutcomeReported', data: { case: CASE, outcome: 'provided', answerDue: ANSWER_DUE } },
  closed: { type: 'ReferralClosed', data: ended },
  closedByClock: { type: 'ReferralClosedByClock', data: ended },
  declined: { type: 'ReferralDeclined', data: { ...ended, reason: 'no_capacity' } },
  proposed: { type: 'ReferralRedirectProposed', data: { to: THIRD, toRegion: 'toscana' } },
  redirected: { type: 'ReferralRedirected', data: { ...ended, to: THIRD, toRegion: 'toscana' } },
  withdrawn: { type: 'ReferralWithdrawn', data: { ...ended, reason: 'need_met', offered: true } },
  expired: { type: 'ReferralExpired', data: ended },
  returned: { type: 'ReferralReturned', data: { ...ended, reason: 'need_beyond_service' } },
} as const satisfies Record<string, ReferralEvent>;

/** The shortest past that leads to each state. */
export const pastOf: Readonly<Record<string, readonly ReferralEvent[]>> = (() => {
  const offered = [told.drafted, told.offered];
  const review = [...offered, told.opened];
  const accepted = [...review, told.accepted];
  const serving = [...accepted, told.started];
  const reported = [...serving, told.reported];
  return {
    '-': [],
    Drafted: [told.drafted],
    Offered: offered,
    UnderReview: review,
    Accepted: accepted,
    InService: serving,
    OutcomeReported: reported,
    Closed: [...reported, told.closed],
    Declined: [...offered, told.declined],
    Withdrawn: [...offered, told.withdrawn],
    Expired: [...offered, told.expired],
    Redirected: [...offered, told.proposed, told.redirected],
    Returned: [...accepted, told.returned],
  };
})();

export const consent: BasisFact = {
  ...{ kind: 'consent', ref: CONSENT, case: CASE, live: true, recipient: RECEIVER, expires: '2032-01-01T00:00:00.000Z' },
  ...{ purpose: 'direct_assistance', groups: ['ID', 'CON', 'LEG', 'NEED'] },
};
export const assessment: BasisFact = { ...consent, ref: ASSESSMENT, purpose: 'referral_assessment', groups: ['ID', 'NEED', 'TERR'] };
/** Facts under which nothing stands in the way. */
export const facts: ReferralFacts = {
  offerDigest: preview.stage0,
  case: { custodian: SENDER, team: TEAM, open: true },
  receiver: { kind: 'anti_trafficking_project', region: 'toscana', active: true, hasTeam: true },
  bases: [consent, assessment],
  responsible: { organisation: RECEIVER, teams: [], active: true },
  grant: { referral: REFERRAL, live: true, groups: ['ID', 'CON', 'LEG'] },
};
