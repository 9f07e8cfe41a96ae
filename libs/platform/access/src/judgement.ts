import type { Fact } from '@platform/kernel';

/** What the policy says about one act of one actor. A denial that is not `visible` must look exactly like an absent record. */
export interface Judgement {
  readonly effect: 'permitted' | 'denied';
  /** The actor may know that the record exists: a denial is then 403, otherwise 404. */
  readonly visible: boolean;
  /** Rule ids of the policy, or codes of what was missing. Never a value about a person. */
  readonly reasons: readonly string[];
  /** Hash of the policy that decided. */
  readonly policy: string;
  /** The stored events the decision rests on. */
  readonly facts: readonly Fact[];
}

/** What every judgement carries besides its effect. */
export interface Grounds {
  readonly policy: string;
  readonly reasons: readonly string[];
  readonly facts?: readonly Fact[];
}

const judgement = (effect: Judgement['effect'], visible: boolean, { policy, reasons, facts = [] }: Grounds): Judgement => {
  if (reasons.length === 0) throw new Error('a judgement without a reason cannot be explained');
  return { effect, visible, reasons, policy, facts };
};

/** The act may go on. */
export const permit = (grounds: Grounds): Judgement => judgement('permitted', true, grounds);
/** The actor sees the record, but not for this act (403). */
export const deny = (grounds: Grounds): Judgement => judgement('denied', true, grounds);
/** The record is outside the actor's need to know: the same answer as if it did not exist (404). */
export const hide = (grounds: Grounds): Judgement => judgement('denied', false, grounds);
