import type { FieldGroup } from '../cases/answers';
import type { Purpose } from '../api/client';

export interface Terms {
  readonly sender: string;
  readonly reason: string;
  readonly purpose: Purpose;
  readonly groups: readonly FieldGroup[];
  readonly mode: 'service' | 'joint';
  readonly case: string;
}
export interface SentTerms extends Terms {
  readonly receiver: { readonly organisation: string; readonly team: string | null; readonly region: string };
  readonly preview: { readonly stage0: string; readonly stage1: string; readonly accepted: string } | null;
  readonly responsible: string | null;
  readonly redirectProposed: string | null;
}
/** A referral as one of its sides may see it. */
export interface ReferralView {
  readonly handle: string;
  readonly codename: string;
  readonly side: 'sender' | 'receiver';
  readonly status: string;
  readonly due: string | null;
  readonly offer: { readonly service: string; readonly region: string; readonly urgency: string; readonly language: string };
  readonly unanswered: number;
  readonly terms: Terms | null;
  readonly sent: SentTerms | null;
}
export interface Clarification {
  readonly number: number;
  readonly question: string;
  readonly answer: string | null;
}
