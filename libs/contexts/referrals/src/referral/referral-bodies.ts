import { REFERRAL_MODES, type ReferralMode } from '@contracts';
import { CODE_LISTS, type ListName } from '@platform/codes';
import { Code, code, Handle, ListOf, Nested, Slug, Text } from '@platform/http';
import { FIELD_GROUPS, type FieldGroup, type Purpose } from '@platform/kernel';
import { REFERRAL_PURPOSES } from './referral-ceilings';

const codes = (list: ListName): string[] => CODE_LISTS[list].codes.map((each) => each.code);
const ORGANISATION = '^organisation-[0-9a-f-]{36}$';
const TEAM = '^team-[0-9a-f-]{36}$';
const MEMBER = '^member-[0-9a-f-]{36}$';
const SHA256 = '^[0-9a-f]{64}$';

export class ReferralBasisBody {
  @Code(['consent', 'legal_basis']) kind!: 'consent' | 'legal_basis';
  @Handle() ref!: string;
}
export class DraftReferralBody {
  @Handle() case!: string;
  @Slug({ pattern: ORGANISATION }) receiver!: string;
  @Slug({ pattern: TEAM, optional: true, description: 'Only this team of the receiver is addressed' }) receiverTeam?: string;
  @Code(codes('service')) service!: string;
  @Code(codes('urgency')) urgency!: string;
  @Slug({ pattern: '^[a-z]{2,3}$', description: 'ISO 639' }) language!: string;
  @Code(codes('referral-reason')) reason!: string;
  @Code(REFERRAL_PURPOSES) purpose!: Purpose;
  @ListOf(code(FIELD_GROUPS), { min: 1, max: 13, description: 'To be disclosed after acceptance' }) groups!: FieldGroup[];
  @ListOf(() => ReferralBasisBody, { min: 1, max: 8 }) bases!: ReferralBasisBody[];
  @Code(REFERRAL_MODES) mode!: ReferralMode;
  @Handle({ optional: true, description: 'The referral whose receiver pointed to this one’s' }) redirectedFrom?: string;
}
export class PreviewDigestsBody {
  @Slug({ pattern: SHA256 }) stage0!: string;
  @Slug({ pattern: SHA256 }) stage1!: string;
  @Slug({ pattern: SHA256 }) accepted!: string;
}
export class OfferReferralBody {
  @Nested(() => PreviewDigestsBody, { description: 'SHA-256 of what the sender was shown as the receiver’s view of each stage' })
  preview!: PreviewDigestsBody;
}
export class QuestionBody {
  @Text({ max: 2000, lines: true, description: 'Kept in the vault' }) question!: string;
}
export class ClarificationAnswerBody {
  @Text({ max: 2000, lines: true, description: 'Kept in the vault' }) answer!: string;
}
export class AcceptReferralBody {
  @Slug({ pattern: MEMBER, description: 'The receiver’s worker who is named in the grant' }) responsible!: string;
  @Code(REFERRAL_MODES) mode!: ReferralMode;
  @Slug({ pattern: TEAM, optional: true, description: 'The team that opens its own case, when the case is taken jointly' }) team?: string;
}
export class OutcomeBody {
  @Code(codes('service-outcome')) outcome!: string;
}
export class DeclineBody {
  @Code(codes('referral-decline')) reason!: string;
}
export class ReferralWithdrawalBody {
  @Code(codes('referral-withdrawal')) reason!: string;
}
export class ReturnBody {
  @Code(codes('referral-return')) reason!: string;
}
export class RedirectBody {
  @Slug({ pattern: ORGANISATION }) to!: string;
}
