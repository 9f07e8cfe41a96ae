import { isCode } from '@platform/codes';
import { type DecisionContext, type FieldGroup, invalid, type OrganisationKind, type Purpose, refused } from '@platform/kernel';
import { isReached } from '../deadline';
import type { BasisRef, Disclosure, OpenedReferral, ReferralSide } from './referral';
import { RECEIVER_KINDS } from './referral-ceilings';

/** A consent or legal basis as it stands now: one recipient, one purpose, some field groups, until when. */
export interface BasisFact extends BasisRef {
  readonly case: string;
  readonly live: boolean;
  readonly recipient: string;
  readonly purpose: Purpose;
  readonly groups: readonly FieldGroup[];
  readonly expires: string;
}
/** What the rules of a referral lean on beside its own stream. Absent: unknown here. */
export interface ReferralFacts {
  readonly case?: { readonly custodian: string; readonly team: string; readonly open: boolean };
  readonly receiver?: {
    readonly kind: OrganisationKind;
    readonly region: string;
    readonly active: boolean;
    /** The team addressed, if one is, belongs to it and is constituted. */ readonly hasTeam: boolean;
  };
  readonly bases?: readonly BasisFact[];
  readonly responsible?: { readonly organisation: string; readonly teams: readonly string[]; readonly active: boolean };
  readonly grant?: { readonly referral: string; readonly live: boolean; readonly groups: readonly FieldGroup[] };
  /** SHA-256, hex, of the very bytes the receiver of this offer is answered with. */
  readonly offerDigest?: string;
  /** The referral this draft says it follows. */
  readonly redirected?: { readonly case: string; readonly sender: string; readonly to: string | null };
}
export type ReferralContext = DecisionContext<ReferralFacts>;

/**
 * The bases named in the referral that cover this case, recipient and purpose at this instant.
 * @throws DomainError `referral.no-basis`
 */
export function basesInForce(state: OpenedReferral, purpose: Purpose, { facts, at }: ReferralContext): readonly BasisFact[] {
  const named = new Set(state.bases.map(({ ref }) => ref));
  const inForce = (facts.bases ?? []).filter(
    (basis) =>
      named.has(basis.ref) &&
      basis.live &&
      basis.case === state.case &&
      basis.recipient === state.receiver.organisation &&
      basis.purpose === purpose &&
      !isReached(basis.expires, at),
  );
  if (inForce.length === 0) throw refused('referral.no-basis', 'No consent or legal basis for this recipient and purpose is in force.');
  return inForce;
}

export const disclosureTo = (state: OpenedReferral, member: string, bases: readonly BasisFact[], purpose: Purpose): Disclosure => ({
  case: state.case,
  sender: state.sender.organisation,
  organisation: state.receiver.organisation,
  members: [member],
  service: state.service,
  purpose,
  bases: bases.map(({ kind, ref }) => ({ kind, ref })),
});

export function receiverMayBeOffered(addressed: ReferralSide, { receiver }: ReferralFacts): void {
  if (!receiver?.active || receiver.region !== addressed.region || (addressed.team !== undefined && !receiver.hasTeam))
    throw refused('referral.receiver-not-active', 'This organisation receives no referrals now.');
  if (!RECEIVER_KINDS.includes(receiver.kind))
    throw refused('referral.receiver-never-reaches-a-case', 'Organisations of this kind receive alerts, never cases.');
}

/** @throws DomainError kind invalid, with the pointer */
export function known(list: Parameters<typeof isCode>[0], value: string, code: string, pointer: string): void {
  if (!isCode(list, value)) throw invalid(code, pointer, 'This code is not on the list.');
}
