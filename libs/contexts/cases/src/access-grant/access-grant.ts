import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, FIELD_GROUPS, PURPOSES } from '@platform/kernel';
import { basisRef } from '../basis';

/** Stage 1 of a referral, an accepted referral, or the shared view of an interregional team. */
export const RELATIONS = ['referral-stage-1', 'referral-accepted', 'interregional-team'] as const;
export type Relation = (typeof RELATIONS)[number];
export const GRANT_ENDINGS = [
  'no_longer_needed',
  'basis_ended',
  'referral_ended',
  'case_closed',
  'share_ended',
  'member_left',
  'organisation_suspended',
  'agreement_ended',
  'granted_by_mistake',
] as const;

/** Everything a grant says; repeated in each event, so that every reader of the log sees what now holds. */
const scope = {
  case: field.ref('case'),
  /** Custodian of the case: only it (or the service) changes the grant. */
  custodian: field.ref('organisation'),
  /** Organisation of the named people; absent where a team is granted a shared view. */
  organisation: field.optional(field.ref('organisation')),
  members: field.list(field.ref('member')),
  team: field.optional(field.ref('team')),
  relation: field.oneOf(RELATIONS),
  groups: field.list(field.oneOf(FIELD_GROUPS)),
  purpose: field.oneOf(PURPOSES),
  basis: basisRef,
  referral: field.optional(field.ref('referral')),
  service: field.optional(field.code()),
  expires: field.instant(),
} as const;

export const accessGrantEvents = stored({
  AccessGranted: v1(scope),
  AccessNarrowed: v1(scope),
  AccessRenewed: v1({ ...scope, reason: field.oneOf(['service_continues', 'joint_work_continues', 'proceedings_continue']) }),
  AccessRevoked: v1({ ...scope, reason: field.oneOf(GRANT_ENDINGS) }),
  AccessExpired: v1(scope),
});
export type AccessGrantEvent = EventsOf<typeof accessGrantEvents>;
export type AccessGrantData<K extends keyof typeof accessGrantEvents> = DataOfEvent<typeof accessGrantEvents, K>;
export type GrantScope = AccessGrantData<'AccessGranted'>;

export interface MadeGrant {
  readonly status: 'Active' | 'Expired' | 'Revoked';
  readonly scope: GrantScope;
}
export type AccessGrant = MadeGrant | null;

export function evolveAccessGrant(state: AccessGrant, event: AccessGrantEvent): AccessGrant {
  if (event.type === 'AccessGranted') return { status: 'Active', scope: event.data };
  if (state === null) return state;
  switch (event.type) {
    case 'AccessNarrowed':
      return { ...state, scope: event.data };
    case 'AccessRenewed':
      return { ...state, scope: { ...state.scope, expires: event.data.expires } };
    case 'AccessRevoked':
      return { ...state, status: 'Revoked' };
    case 'AccessExpired':
      return { ...state, status: 'Expired' };
    default:
      return assertNever(event);
  }
}
