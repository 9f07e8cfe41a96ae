import { type Command, type Decider, type DecisionContext, type DomainEvent, DomainError } from '@platform/kernel';

/** What a decision led to; each method fails the test in words of the rule. */
export interface Outcome<E extends DomainEvent> {
  /** Exactly these events, in this order. */
  then(...events: readonly E[]): void;
  /** A refusal with this code and, where given, exactly these JSON pointers. */
  thenRefused(code: string, pointers?: readonly string[]): void;
  /** Already satisfied: no event and no refusal. */
  thenNothing(): void;
}

/** A past and the one who acts on it. */
export interface Given<C extends Command, E extends DomainEvent, F> {
  /** Adds to the past. */
  given(...events: readonly E[]): Given<C, E, F>;
  /** The same past with another actor, time or facts. */
  by(context: Partial<DecisionContext<F>>): Given<C, E, F>;
  when(command: C): Outcome<E>;
}

/** Given events, when a command, then events or a refusal: `scenario(referralDecider, friuli).given(sent).when(new AcceptReferral('r1')).thenRefused('referral.not-addressee')`. */
export function scenario<S, C extends Command, E extends DomainEvent, F>(
  decider: Decider<S, C, E, F>,
  context: DecisionContext<F>,
  past: readonly E[] = [],
): Given<C, E, F> {
  return {
    given: (...events) => scenario(decider, context, [...past, ...events]),
    by: (changed) => scenario(decider, { ...context, ...changed }, past),
    when: (command) => outcomeOf(decider, context, past, command),
  };
}

function outcomeOf<S, C extends Command, E extends DomainEvent, F>(
  decider: Decider<S, C, E, F>,
  context: DecisionContext<F>,
  past: readonly E[],
  command: C,
): Outcome<E> {
  const state = past.reduce((soFar, event) => decider.evolve(soFar, event), decider.initialState);
  const result = attempt(() => decider.decide(command, state, context));
  const made = (): E[] => {
    if (result instanceof DomainError) throw new Error(`${command.kind} was refused: ${result.code} (${result.message})`);
    return result;
  };
  return {
    then: (...events) => {
      expect(made()).toEqual(events);
      // What is true next must be computable, too.
      made().reduce((soFar, event) => decider.evolve(soFar, event), state);
    },
    thenNothing: () => expect(made()).toEqual([]),
    thenRefused: (code, pointers) => {
      if (!(result instanceof DomainError)) {
        throw new Error(`${command.kind} was not refused with ${code} but made [${result.map(({ type }) => type).join(', ')}]`);
      }
      expect(result.code).toBe(code);
      if (pointers) expect(result.errors.map(({ pointer }) => pointer)).toEqual(pointers);
    },
  };
}

/** Only refusals are outcomes: any other error is a defect and fails the test as it is. */
function attempt<T>(work: () => T): T | DomainError {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
