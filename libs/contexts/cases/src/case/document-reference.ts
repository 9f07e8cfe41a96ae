import type { CodeOf } from '@platform/codes';
import { DomainError } from '@platform/kernel';

/** Field groups a document may belong to. */
export const DOCUMENT_GROUPS = ['ID', 'HEA', 'LEG', 'FAM', 'EXP'] as const;
export type DocumentGroup = (typeof DOCUMENT_GROUPS)[number];
export type DocumentKind = CodeOf<'document-kind'>;

/**
 * Whoever does not see this group in full learns neither of the document nor that there is one (ADR 62). A kind that says little is as
 * guarded as the account of exploitation: only the custodian’s team sees that in full.
 */
export const GROUP_OF_KIND = {
  identity_document: 'ID',
  // The name and the signature stand on it.
  consent_form: 'ID',
  residence_permit: 'LEG',
  complaint_or_report: 'LEG',
  court_act: 'LEG',
  medical_report: 'HEA',
  family_document: 'FAM',
  employment_contract: 'EXP',
  payslip: 'EXP',
  photograph: 'EXP',
  other: 'EXP',
} as const satisfies Record<DocumentKind, DocumentGroup>;

/**
 * A place in somebody’s register, `PROT-2031/00417`: at most four capital letters, then numbers of at most eight digits, in few parts joined by
 * `-`, `.` or `/`. A name, a tax code or a telephone number does not fit comfortably. ASCII only, so that no look-alike or invisible character
 * carries anything.
 */
export const REGISTER_CODE = '^([A-Z]{1,4}[-./])?[0-9]{1,8}([-./]([0-9]{1,8}|[A-Z]{1,2})){0,2}$';

/** Numbered within its group: who sees the group sees all its numbers, and no number says how many documents there are elsewhere. */
export interface DocumentAt {
  readonly group: DocumentGroup;
  /** From 1. */
  readonly number: number;
}

/** What a reference says of a document; sealed beside the event. */
export interface DocumentSaid {
  readonly kind: DocumentKind;
  /** Day the document bears; some bear none. */
  readonly dated?: string;
  /** Day it came to whoever keeps it. */
  readonly received: string;
  /** The organisation that keeps it. */
  readonly keeper: string;
}

/** A reference as the read model and every replay hold it. */
export interface HeldDocument extends DocumentAt, DocumentSaid {
  readonly registerRef: string;
  readonly fingerprintRef?: string;
  readonly withdrawn?: { readonly reason: string; readonly on: string };
}

const NAME = /^(ID|HEA|LEG|FAM|EXP)-([1-9][0-9]{0,3})$/;

/** What people and addresses call a reference: `LEG-2`. */
export const documentName = ({ group, number }: DocumentAt): string => `${group}-${number}`;

export const unknownDocument = (): DomainError =>
  new DomainError('case.unknown-document', 'not-found', 'There is no such reference for you.');

export function documentAt(name: string): DocumentAt | undefined {
  const [, group, number] = NAME.exec(name) ?? [];
  return group === undefined ? undefined : { group: group as DocumentGroup, number: Number(number) };
}
