/** What a recipient of alerts is answered, as far as the screens look. */
export interface Items<T> {
  readonly items: readonly T[];
}
export type SubjectKind = 'company' | 'territory';

/** What one kind of recipient is told. What is absent, they are not told. */
export interface Told {
  readonly profile: 'inspection' | 'union' | 'aggregate';
  readonly subject: SubjectKind;
  readonly region: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly province?: string;
  readonly sector?: string;
  readonly patterns: readonly string[];
  readonly indicators?: readonly string[];
  readonly workers?: string;
  readonly companies?: string;
  /** Outside the network: rounded down. */
  readonly rounded?: number;
}
export type DeliveryStatus = 'Delivered' | 'Acknowledged' | 'Answered' | 'DeliveryWithdrawn' | 'DeliveryExpired';
export interface DeliveryItem {
  readonly handle: string;
  readonly codename: string;
  readonly status: DeliveryStatus;
  readonly outcome: string | null;
  readonly due: string;
  readonly deliveredAt: string;
  readonly content: Told;
}
export interface Delivery {
  readonly handle: string;
  readonly codename: string;
  readonly status: DeliveryStatus;
  readonly outcome: string | null;
  readonly due: string;
  readonly content: Told;
  readonly company: { readonly handle: string; readonly codename: string; readonly revealable: readonly ('name' | 'vat')[] } | null;
  readonly disputed: boolean;
}
export interface Subscription {
  readonly handle: string;
  readonly etag: string;
  readonly status: 'Active' | 'Paused';
  readonly regions: readonly string[];
  readonly sectors: readonly string[];
  readonly subjects: readonly SubjectKind[];
}
