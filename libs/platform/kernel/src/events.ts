/** What a decider produces: a past-tense fact without any value about a person in clear. */
export interface DomainEvent<T extends string = string, D = object> {
  readonly type: T;
  /** Codes, dates, counters, references. Never a name, number, address or free text about a person. */
  readonly data: D;
  /** Values by field group that the pipeline seals under the subject's key before the event is stored (decisions: "what is sealed"). */
  readonly secret?: Secret;
}

/**
 * The field groups whose values travel sealed inside events. Of ID and FAM only what is said of a document travels so (ADR 62): what the
 * person is called and who belongs to them lies in the vault.
 */
export type SealedGroup = 'ID' | 'FAM' | 'HEA' | 'LEG' | 'EXP' | 'OFF' | 'NEED' | 'PLAN';
export type Secret = Partial<Record<SealedGroup, unknown>>;
/** AES-256-GCM ciphertexts, base64url, by field group; associated data = stream, revision, group. */
export type Sealed = Partial<Record<SealedGroup, string>>;

/** On whose word an event stands. `at` is the deciding service's clock: a store's clock is no part of the record. */
export interface EventMeta {
  readonly at: string;
  readonly actor: string;
  readonly organisation: string;
  readonly region: string;
  readonly role: string;
  readonly session: string;
  readonly acr: number;
  readonly purpose: string;
  readonly request: string;
  readonly causation: string | null;
  readonly correlation: string;
  readonly command: string;
  readonly commandId: string;
  /** SHA-256 of the command's body: the same id with another body is refused. */
  readonly commandHash: string;
  /** Hash of the access policy the command was permitted under; empty for reactors. */
  readonly policy: string;
  /** Rule ids of the policy that permitted it. */
  readonly reasons: readonly string[];
  /** The events the decision rested on: membership, consent, grant, … */
  readonly facts: readonly Fact[];
  /** Streams of the cases it touched, for the trail. */
  readonly cases: readonly string[];
}

/** One event on its way into the store. `id` is made by the client, so a resend is harmless. */
export interface EventToAppend<D = object> {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: D;
  readonly sealed?: Sealed;
  readonly meta: EventMeta;
}

/** One stored event. `revision` counts from 0 within its stream; `position` orders its log and is opaque but comparable as text. */
export interface RecordedEvent<D = object> extends EventToAppend<D> {
  readonly stream: string;
  readonly revision: number;
  readonly log: string;
  readonly position: string;
}

/** A durable reference to an event: positions belong to a store, these do not. */
export interface Fact {
  readonly stream: string;
  readonly revision: number;
}
