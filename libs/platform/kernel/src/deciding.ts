import type { DomainEvent, Fact } from './events';
import type { Actor } from './vocabulary';

/** On whose behalf, under which purpose and with which preconditions a command or query runs. */
export interface Authority {
  readonly actor: Actor;
  readonly purpose: string;
  /** The deciding service's clock, ISO 8601 UTC: rules read no other. */
  readonly at: string;
  readonly request: string;
  readonly commandId: string;
  /**
   * What the change of a record was decided on, by its If-Match: a revision, one that is none any more, or nothing although something has to be
   * said. Absent where nothing has to be. A revision still holds when since then only the service itself has put something on record (ADR 66).
   * Judged after need-to-know: to whoever may not know the record, all of these are the same.
   */
  readonly expectedRevision?: number | 'outdated' | 'unstated';
  readonly causation: string | null;
  readonly correlation: string;
  /** The request's body as sent, to recognise a repeated command id with another body. Kept nowhere; only a keyed digest of it is. */
  readonly body?: string;
  /** The form in which what is read is taken away as a file, where it is: the trail says so. */
  readonly takenAs?: string;
}

/** A wish of somebody. `id` is the stream it is addressed to, e.g. `referral-0193…`. */
export abstract class Command {
  abstract readonly kind: string;
  abstract readonly id: string;
  #by: Authority | undefined;

  /** A command nobody issued is refused by the pipeline. */
  by(authority: Authority): this {
    this.#by = authority;
    return this;
  }
  get issued(): Authority | undefined {
    return this.#by;
  }
}

/** What a rule may lean on beside its own state: who, when, and facts gathered before (with where they stand). */
export interface DecisionContext<F = object> {
  readonly actor: Actor;
  readonly at: string;
  readonly facts: F;
}

/** The rules of one aggregate: pure, without clock, chance or I/O. */
export interface Decider<S, C extends Command, E extends DomainEvent, F = object> {
  readonly initialState: S;
  decide(command: C, state: S, context: DecisionContext<F>): E[];
  evolve(state: S, event: E): S;
}

/** A gathered fact with the event it stands on, so that the audit entry can name it. */
export interface Grounded<T> {
  readonly value: T;
  readonly facts: readonly Fact[];
}
