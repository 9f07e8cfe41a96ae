import type { Fact, FieldGroup } from '@platform/kernel';

export type Effect = 'permitted' | 'denied' | 'refused';

/** What happened at a decision point. Holds references and codes only: never a value about a person. */
export interface AuditBody {
  readonly v: 1;
  /** The deciding service's clock, ISO 8601. */
  readonly at: string;
  /** Region whose log this belongs to: the region of the data. */
  readonly region: string;
  readonly request: string;
  /** Handle of the actor for `audit@region`, `system`, or `anonymous`. */
  readonly actor: string;
  /** Handle of the organisation for `audit@region`, or `system`. */
  readonly organisation: string;
  readonly role: string;
  readonly session: string;
  readonly acr: number;
  /** Command or query name, e.g. `AcceptReferral`, `ReadCase`. */
  readonly act: string;
  readonly purpose: string;
  readonly effect: Effect;
  /** Rule ids of the policy, or refusal codes. */
  readonly reasons: readonly string[];
  /** Hash of the policy that decided. */
  readonly policy: string;
  /** What the decision rested on; streams stand as handles of `audit@region`. */
  readonly facts: readonly Fact[];
  /** Handles of every case shown or touched. */
  readonly cases: readonly string[];
  /** Field groups disclosed. */
  readonly groups: readonly FieldGroup[];
  /** SHA-256 commitments to what was disclosed, where a later proof must be possible. */
  readonly commitments: readonly string[];
  /**
   * Present on a counter entry: the entry stands for `count` further decisions like it, the first of them at `since`, the last at `at`.
   * Floods of identical denials are counted so that they cannot fill the store.
   */
  readonly folded?: { readonly count: number; readonly since: string };
}

/** Proof that an entry is on disk. Data leave only against it. */
export interface AuditReceipt {
  readonly producer: string;
  readonly seq: number;
  /** SHA-256 of the body's canonical bytes (RFC 8785), hex. */
  readonly sha256: string;
  readonly body: AuditBody;
}

/**
 * Writes entries of reads, denials and refusals durably before it answers. A permitted command has no entry here:
 * the audit context derives it from the stored event, so an event cannot lack one.
 */
export abstract class AuditRecorder {
  /** @throws DomainError `audit.unavailable` (503): then nothing may be shown. */
  abstract record(body: AuditBody): Promise<AuditReceipt>;
}
