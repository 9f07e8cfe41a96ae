import type { DeliveryStatus, SubjectKind, Told } from '../deliveries/answers';

/** What the routes of alerts answer, as far as the screens look. */
export type AlertStatus = 'Drafted' | 'Screened' | 'Held' | 'Issued' | 'Closed' | 'Withdrawn' | 'Expired' | 'Rejected';
export type HoldReason = 'cohort_too_small' | 'retaliation_risk';

export interface BoardItem {
  readonly handle: string;
  readonly codename: string;
  readonly subject: SubjectKind;
  readonly comune: string;
  readonly area: 'comune' | 'province';
  readonly sector: string;
  readonly status: AlertStatus;
  readonly heldFor: HoldReason | null;
  readonly expires: string;
}
export interface Alert {
  readonly handle: string;
  readonly codename: string;
  readonly status: AlertStatus;
  readonly subject: { readonly kind: SubjectKind; readonly company: { readonly handle: string; readonly codename: string } | null };
  readonly comune: string;
  readonly area: 'comune' | 'province';
  readonly sector: string;
  readonly patterns: readonly string[];
  readonly indicators: readonly string[];
  readonly period: { readonly from: string; readonly to: string };
  readonly expires: string;
  readonly heldFor: HoldReason | null;
  readonly cohort: { readonly workers: string; readonly companies: string; readonly enough: boolean };
}
export interface Preview {
  readonly kind: string;
  readonly signatory: boolean;
  readonly content: (Told & { readonly company: boolean }) | null;
}
export interface RecipientLine {
  readonly recipient: string;
  readonly kind: string;
  readonly status: DeliveryStatus;
  readonly outcome: string | null;
}
export interface Company {
  readonly handle: string;
  readonly codename: string;
  readonly sector?: string;
}
