import type { GetPath } from '../api/client';
import type { Role } from '../session/session';

/** What the server tells of: that something changed, never what. */
export const LIVE_CONTEXTS = ['cases', 'referrals', 'alerts'] as const;
export type LiveContext = (typeof LIVE_CONTEXTS)[number];

/** Who is told of what. Whoever asks for more is refused; asking in vain every minute would help nobody. */
const FOLLOWERS: Readonly<Record<LiveContext, readonly Role[]>> = {
  cases: ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator', 'helpdesk_expert'],
  referrals: ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator'],
  alerts: ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'inspector', 'union_officer'],
};

/** Where the server waits for the read model before it tells of a change: what is read then shows it. */
const PATHS: Readonly<Record<LiveContext, RegExp>> = {
  cases: /^\/api\/(cases|contacts|contact-counts)(\/|$)|^\/api\/teams\/\{team\}\/cases$/,
  referrals: /^\/api\/(referrals|notices)(\/|$)/,
  alerts: /^\/api\/(alerts|deliveries)(\/|$)/,
};

export const followedBy = (roles: readonly Role[]): readonly LiveContext[] =>
  LIVE_CONTEXTS.filter((context) => FOLLOWERS[context].some((role) => roles.includes(role)));

export const contextOf = (path: GetPath): LiveContext | undefined => LIVE_CONTEXTS.find((context) => PATHS[context].test(path));
