import type { FieldGroup } from './answers';

/** One line of a case's history: what happened, in a code; never what was written. */
export interface HistoryLine {
  readonly at: string;
  readonly type: string;
  readonly actor: string;
  readonly organisation: string;
}
export interface GrantLine {
  readonly handle: string;
  readonly etag: string;
  readonly member: string | null;
  /** Where that member works. */
  readonly organisation: string | null;
  readonly team: string | null;
  readonly relation: string;
  readonly groups: readonly FieldGroup[];
  readonly purpose: string;
  readonly expires: string;
  readonly live: boolean;
}
export interface ConsentLine {
  readonly handle: string;
  readonly etag: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly groups: readonly FieldGroup[];
  readonly status: string;
  readonly givenAt: string | null;
  readonly expires: string | null;
}
/** An act in the place of a consent; its number stays in the vault. */
export interface LegalBasisLine {
  readonly handle: string;
  readonly etag: string;
  readonly status: 'Recorded' | 'Ended';
  readonly kind: string;
  readonly issuer: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly groups: readonly FieldGroup[];
  readonly expires: string;
}
export interface CaseAccess {
  readonly grants: readonly GrantLine[];
  readonly consents: readonly ConsentLine[];
  readonly legalBases: readonly LegalBasisLine[];
}
export interface PreviewStage {
  readonly body: string;
  readonly sha256: string;
  readonly groups: readonly FieldGroup[];
}
export interface Preview {
  readonly stage0: PreviewStage;
  readonly stage1: PreviewStage;
  readonly accepted: PreviewStage;
  readonly never: readonly FieldGroup[];
}
