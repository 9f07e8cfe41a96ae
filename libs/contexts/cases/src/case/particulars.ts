/** Vault values a case may hold: field group → fields. Free text is `account`. Nothing else about a person is ever recorded. */
export const VAULT_FIELDS = {
  ID: ['given_name', 'family_name', 'chosen_name', 'birth_date', 'birth_place', 'gender', 'citizenship', 'document', 'tax_code'],
  CON: ['phone', 'messenger', 'email', 'safe_hours', 'go_between', 'account'],
  PROT: ['address', 'site', 'account'],
  FAM: ['relatives', 'dependants', 'account'],
  HEA: ['account'],
  LEG: ['account', 'permit', 'proceedings'],
  EXP: ['account'],
  OFF: ['account'],
  NEED: ['account'],
} as const satisfies Partial<Record<string, readonly string[]>>;
export type VaultFieldGroup = keyof typeof VAULT_FIELDS;

/** Codes that travel sealed in the event: field group → fields. Each holds a list of codes, never a sentence. */
export const SEALED_FIELDS = {
  HEA: ['conditions', 'care', 'disability'],
  LEG: ['residence', 'permit', 'proceedings', 'role'],
  OFF: ['offences', 'proceedings', 'forced'],
} as const satisfies Partial<Record<string, readonly string[]>>;
export type SealedFieldGroup = keyof typeof SEALED_FIELDS;

/** One vault value: what it is, and where it lies. */
export interface VaultedField {
  readonly group: VaultFieldGroup;
  readonly field: string;
  /** `vault:<region>:…` */
  readonly ref: string;
}
/** Codes by field. */
export type SealedCodes = Partial<Record<SealedFieldGroup, Readonly<Record<string, readonly string[]>>>>;

export const isVaultField = (group: string, field: string): boolean =>
  Object.hasOwn(VAULT_FIELDS, group) && (VAULT_FIELDS[group as VaultFieldGroup] as readonly string[]).includes(field);
export const isSealedField = (group: string, field: string): boolean =>
  Object.hasOwn(SEALED_FIELDS, group) && (SEALED_FIELDS[group as SealedFieldGroup] as readonly string[]).includes(field);
