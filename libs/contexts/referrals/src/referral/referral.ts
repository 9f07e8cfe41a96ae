import { type DataOfEvent, type EventsOf, field, REFERRAL_MODES, stored, v1 } from '@contracts';
import { assertNever, FIELD_GROUPS, PURPOSES } from '@platform/kernel';

/** One end of a referral. With a team only its members are that side; without, the whole organisation. */
const side = { organisation: field.ref('organisation'), team: field.optional(field.ref('team')), region: field.region() } as const;
/** The consent or legal basis a disclosure is to rest on. */
const basis = { kind: field.oneOf(['consent', 'legal_basis']), ref: field.ref() } as const;
const groups = field.list(field.oneOf(FIELD_GROUPS));
/** Both sides and the case, so that the cases context can end what rested on the referral. */
const ended = { case: field.ref('case'), sender: field.ref('organisation'), organisation: field.ref('organisation') } as const;
/** Where a disclosure reaches: what the cases context needs to grant access to named people. */
const disclosure = {
  ...ended,
  members: field.list(field.ref('member')),
  service: field.code(),
  purpose: field.oneOf(PURPOSES),
  bases: field.list(field.record(basis)),
} as const;
const third = { to: field.ref('organisation'), toRegion: field.region() } as const;

export const referralEvents = stored({
  /** Fixed from here on: other terms are another referral. `case` stays inside: no recipient of an offer is shown it. */
  ReferralDrafted: v1({
    case: field.ref('case'),
    sender: field.record({ ...side, member: field.ref('member') }),
    receiver: field.record(side),
    service: field.code(),
    urgency: field.code(),
    language: field.code(),
    reason: field.code(),
    purpose: field.oneOf(PURPOSES),
    groups,
    bases: field.list(field.record(basis)),
    mode: field.oneOf(REFERRAL_MODES),
    redirectedFrom: field.optional(field.ref('referral')),
  }),
  /** Stage 0: nothing about a person. `preview` digests what the sender was shown as the receiver's view of each stage, byte for byte. */
  ReferralOffered: v1({
    sender: field.ref('organisation'),
    receiver: field.record(side),
    service: field.code(),
    urgency: field.code(),
    language: field.code(),
    due: field.instant(),
    preview: field.record({ stage0: field.digest(), stage1: field.digest(), accepted: field.digest() }),
  }),
  /** Stage 1: the pseudonymous summary, to the one member who opened it, until the answer is due. */
  ReferralSummaryDisclosed: v1({ ...disclosure, expires: field.instant() }),
  ReferralClarificationAsked: v1({ note: field.vaultRef(), number: field.count() }),
  ReferralClarificationGiven: v1({ note: field.vaultRef(), number: field.count() }),
  ReferralAccepted: v1({
    ...disclosure,
    team: field.optional(field.ref('team')),
    region: field.region(),
    groups,
    mode: field.oneOf(REFERRAL_MODES),
    linkId: field.optional(field.code()),
  }),
  /** Stage 2: what the grant really opened. */
  IdentityDisclosed: v1({ case: field.ref('case'), grant: field.ref('accessGrant'), groups }),
  ReferralServiceStarted: v1({ case: field.ref('case') }),
  ReferralOutcomeReported: v1({ case: field.ref('case'), outcome: field.code(), answerDue: field.instant() }),
  ReferralClosed: v1(ended),
  ReferralClosedByClock: v1(ended),
  ReferralDeclined: v1({ ...ended, reason: field.code() }),
  ReferralRedirectProposed: v1(third),
  ReferralRedirected: v1({ ...ended, ...third }),
  /** `offered`: the receiver had seen at least the offer, so it is told. */
  ReferralWithdrawn: v1({ ...ended, reason: field.code(), offered: field.flag() }),
  ReferralExpired: v1(ended),
  ReferralReturned: v1({ ...ended, reason: field.code() }),
});
export type ReferralEvent = EventsOf<typeof referralEvents>;

type Data<K extends keyof typeof referralEvents> = DataOfEvent<typeof referralEvents, K>;
export type ReferralTerms = Data<'ReferralDrafted'>;
export type ReferralSide = ReferralTerms['receiver'];
export type BasisRef = ReferralTerms['bases'][number];
export type PreviewDigests = Data<'ReferralOffered'>['preview'];
export type Disclosure = Omit<Data<'ReferralSummaryDisclosed'>, 'expires'>;

export const ENDED = ['Closed', 'Declined', 'Withdrawn', 'Expired', 'Redirected', 'Returned'] as const;
export type ReferralStatus = 'Drafted' | 'Offered' | 'UnderReview' | 'Accepted' | 'InService' | 'OutcomeReported' | (typeof ENDED)[number];

export interface OpenedReferral extends ReferralTerms {
  readonly status: ReferralStatus;
  /** Until when the receiver must answer; empty until offered. */
  readonly due: string;
  readonly preview: PreviewDigests | null;
  readonly assessor: string | null;
  /** Vault references of what was asked and answered, in order. */
  readonly questions: readonly { readonly question: string; readonly answer: string | null }[];
  readonly redirectProposed: { readonly to: string; readonly toRegion: string } | null;
  readonly responsible: string | null;
  readonly disclosed: boolean;
  /** What came of the service, once the receiver has said so. */
  readonly outcome: string | null;
  /** Until when the sender may answer the outcome; empty until there is one. */
  readonly answerDue: string;
}
export type Referral = OpenedReferral | null;

export const initialReferral: Referral = null;

const drafted = (terms: ReferralTerms): OpenedReferral => ({
  ...terms,
  status: 'Drafted',
  due: '',
  preview: null,
  assessor: null,
  questions: [],
  redirectProposed: null,
  responsible: null,
  disclosed: false,
  outcome: null,
  answerDue: '',
});

export function evolveReferral(state: Referral, event: ReferralEvent): Referral {
  if (event.type === 'ReferralDrafted') return drafted(event.data);
  if (state === null) return state;
  const became = (status: ReferralStatus): OpenedReferral => ({ ...state, status });
  switch (event.type) {
    case 'ReferralOffered':
      return { ...became('Offered'), due: event.data.due, preview: event.data.preview };
    case 'ReferralSummaryDisclosed':
      return { ...became('UnderReview'), assessor: event.data.members[0] ?? null };
    case 'ReferralClarificationAsked':
      return { ...state, questions: [...state.questions, { question: event.data.note, answer: null }] };
    case 'ReferralClarificationGiven':
      return {
        ...state,
        questions: state.questions.map((each, n) => (n + 1 === event.data.number ? { ...each, answer: event.data.note } : each)),
      };
    case 'ReferralRedirectProposed':
      return { ...state, redirectProposed: event.data };
    case 'ReferralAccepted':
      return { ...became('Accepted'), responsible: event.data.members[0] ?? null };
    case 'IdentityDisclosed':
      return { ...state, disclosed: true };
    case 'ReferralServiceStarted':
      return became('InService');
    case 'ReferralOutcomeReported':
      return { ...became('OutcomeReported'), outcome: event.data.outcome, answerDue: event.data.answerDue };
    case 'ReferralClosed':
    case 'ReferralClosedByClock':
      return became('Closed');
    case 'ReferralDeclined':
      return became('Declined');
    case 'ReferralRedirected':
      return became('Redirected');
    case 'ReferralWithdrawn':
      return became('Withdrawn');
    case 'ReferralExpired':
      return became('Expired');
    case 'ReferralReturned':
      return became('Returned');
    default:
      return assertNever(event);
  }
}
