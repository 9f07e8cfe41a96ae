export interface Items<T> {
  readonly items: readonly T[];
}
export interface Erasure {
  readonly handle: string;
  readonly subject: { readonly kind: string; readonly handle?: string; readonly codename?: string };
  readonly ground: 'asked_by_person' | 'asked_for_person' | 'retention_over';
  readonly requestedAt: string;
  readonly etag: string;
}
export const DUTIES = [
  'criminal_proceedings',
  'civil_proceedings',
  'health_records',
  'accounts_of_public_funds',
  'order_of_authority',
] as const;

export const UNMASKED_GROUPS = ['ID', 'CON', 'PROT', 'FAM', 'HEA', 'LEG', 'EXP', 'OFF', 'NEED', 'PLAN'] as const;
export const UNMASK_REASONS = ['data_subject_request', 'authorised_replay', 'order_of_authority', 'safeguarding'] as const;
export interface Unmasking {
  readonly handle: string;
  readonly case: { readonly handle: string; readonly codename: string };
  readonly organisation: string;
  readonly groups: readonly string[];
  readonly reason: (typeof UNMASK_REASONS)[number];
  readonly minutes: number;
  readonly status: 'Requested' | 'Open';
  readonly requestedAt: string;
  readonly until: string | null;
  readonly mine: boolean;
  readonly etag: string;
}
/** What a group may hold: values of the vault, codes, and which documents are kept elsewhere. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  ID: [
    'given_name',
    'family_name',
    'chosen_name',
    'birth_date',
    'birth_place',
    'gender',
    'citizenship',
    'document',
    'tax_code',
    'documents',
  ],
  CON: ['phone', 'messenger', 'email', 'safe_hours', 'go_between', 'account'],
  PROT: ['address', 'site', 'account'],
  FAM: ['relatives', 'dependants', 'account', 'documents'],
  HEA: ['conditions', 'care', 'disability', 'account', 'documents'],
  LEG: ['residence', 'permit', 'proceedings', 'role', 'outcome', 'on', 'account', 'documents'],
  EXP: ['indicators', 'exploitation', 'account', 'documents'],
  OFF: ['offences', 'proceedings', 'forced', 'account'],
  NEED: ['needs', 'account'],
  PLAN: ['account'],
};
