import type { DecisionContext } from '@platform/kernel';
import type { BasisFact } from '../basis';

/** A member of the custodian team who is at work now. */
export interface TeamWorker {
  readonly member: string;
  readonly organisation: string;
}

/** What the rules of a case lean on beside its own stream. Absent means unknown, and unknown never opens anything. */
export interface CaseFacts {
  /** Everybody at work in the custodian team: for OpenCase, AssignResponsibleWorker and RecusePerson. */
  readonly workers?: readonly TeamWorker[];
  /** The team a case is to be shared with. */
  readonly sharedTeam?: { readonly kind: 'local' | 'interregional'; readonly active: boolean };
  /** The consent or legal basis the command names: for ShareCaseWithTeam and ReopenCase. */
  readonly basis?: BasisFact;
  /** The organisation that keeps a document, if it is at work in the network: for RecordDocumentReference. */
  readonly keeper?: string;
  /** The case's educational plan. */
  readonly plan?: { readonly ref: string; readonly version: number; readonly status: 'agreed' | 'concluded' | 'other' };
}
export type CaseContext = DecisionContext<CaseFacts>;
