import { FIELD_GROUPS, PURPOSES } from '@platform/kernel';
import { contract, v1 } from './contract';
import * as field from './fields';

/** `service`: the receiver is granted access. `joint`: it opens its own case, linked by `linkId`. */
export const REFERRAL_MODES = ['service', 'joint'] as const;
export type ReferralMode = (typeof REFERRAL_MODES)[number];
const BASIS_KINDS = ['consent', 'legal_basis'] as const;

const sides = { referral: field.ref('referral'), sender: field.ref('organisation'), organisation: field.ref('organisation') } as const;
/** What ends a referral names the case, so that what rested on it ends with it. */
const ended = { ...sides, case: field.ref('case') } as const;
const disclosure = {
  ...ended,
  /** Named people: access through a referral is never a whole organisation's. */
  members: field.list(field.ref('member')),
  service: field.code(),
  purpose: field.oneOf(PURPOSES),
  bases: field.list(field.record({ kind: field.oneOf(BASIS_KINDS), ref: field.ref() })),
} as const;

/** What referrals tell the other contexts. Offers name no case; drafts, clarifications and notices stay inside. */
export const referralsContract = contract('referrals', {
  ReferralOffered: v1({
    ...sides,
    region: field.region(),
    service: field.code(),
    urgency: field.code(),
    language: field.code(),
    due: field.instant(),
  }),
  /** Stage 1 may be granted to the member named, until `expires`. */
  ReferralSummaryDisclosed: v1({ ...disclosure, expires: field.instant() }),
  /** `service`: grant the groups to the members named. `joint`: the receiver opens its own case under `linkId`. */
  ReferralAccepted: v1({
    ...disclosure,
    team: field.optional(field.ref('team')),
    /** The receiver's region. */
    region: field.region(),
    groups: field.list(field.oneOf(FIELD_GROUPS)),
    mode: field.oneOf(REFERRAL_MODES),
    linkId: field.optional(field.code()),
  }),
  IdentityDisclosed: v1({
    referral: field.ref('referral'),
    case: field.ref('case'),
    grant: field.ref('accessGrant'),
    groups: field.list(field.oneOf(FIELD_GROUPS)),
  }),
  ReferralServiceStarted: v1({ referral: field.ref('referral'), case: field.ref('case') }),
  ReferralOutcomeReported: v1({ referral: field.ref('referral'), case: field.ref('case'), outcome: field.code() }),
  ReferralClosed: v1(ended),
  ReferralClosedByClock: v1(ended),
  ReferralDeclined: v1({ ...ended, reason: field.code() }),
  ReferralRedirected: v1({ ...ended, to: field.ref('organisation'), toRegion: field.region() }),
  ReferralWithdrawn: v1({ ...ended, reason: field.code() }),
  ReferralExpired: v1(ended),
  ReferralReturned: v1({ ...ended, reason: field.code() }),
});

/**
 * What an offer shows, in the one form both sides make it: the sender's preview and the receiver's answer are equal byte for byte.
 * Nothing about a person.
 */
export const offerBody = (offer: { service: string; region: string; urgency: string; language: string }): string =>
  JSON.stringify({ service: offer.service, region: offer.region, urgency: offer.urgency, language: offer.language });
