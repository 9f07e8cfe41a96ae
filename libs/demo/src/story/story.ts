import { Checks, type Check, type Step, type StepResult } from './step';
import type { World } from './world';

export interface StoryOptions {
  /** Number of the step that is answered as a broken server would: the story ends with it, since what follows proves nothing. */
  readonly fault?: number;
  /** Told of each step as soon as it ended. */
  readonly onStep?: (result: StepResult) => void;
}

/** A step number the story does not have. */
export class UnknownFault extends Error {
  constructor(number: number, known: readonly number[]) {
    super(`there is no fault ${number}: choose one of ${known.join(', ')}`);
    this.name = 'UnknownFault';
  }
}

/**
 * Plays the steps in order. A step that throws, proves no refusal, or fails a check does not hold; the later ones are played nevertheless.
 * @throws UnknownFault before anything is played
 */
export async function runStory(world: World, steps: readonly Step[], { fault, onStep }: StoryOptions = {}): Promise<readonly StepResult[]> {
  assertFault(steps, fault);
  const results: StepResult[] = [];
  for (const step of steps) {
    world.fault = step.number === fault ? step.fault : undefined;
    const result = await play(step, world).finally(() => (world.fault = undefined));
    results.push(result);
    onStep?.(result);
    if (step.number === fault) break;
  }
  return results;
}

/** @throws UnknownFault when no step has this number */
export function assertFault(steps: readonly Step[], fault: number | undefined): void {
  const known = steps.map(({ number }) => number);
  if (fault !== undefined && !known.includes(fault)) throw new UnknownFault(fault, known);
}

async function play(step: Step, world: World): Promise<StepResult> {
  const checks = new Checks();
  const extra: Check[] = [];
  try {
    await step.run(world, checks);
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    extra.push({ what: 'the step can be told to its end', refusal: false, ok: false, seen });
  }
  if (!checks.list.some(({ refusal }) => refusal))
    extra.push({ what: 'the step shows that somebody is kept out', refusal: false, ok: false });
  const list = [...checks.list, ...extra];
  return { step: step.number, name: step.name, ok: list.every(({ ok }) => ok), checks: list };
}
