import type { Composition } from '@platform/runtime';
import { assertFault, runStory, STEPS, type StepResult, UnknownFault, World } from '@raccordo/demo';
import { EXIT, type Output, usage, type Words } from './output';
import { withOwnInstance } from './own-instance';

export interface StoryAsked {
  readonly url?: string;
  readonly fault?: number;
}

const HEADINGS = {
  step: { it: 'Passo', en: 'Step' },
  refusal: { it: 'rifiutato', en: 'refused' },
  seen: { it: 'si è visto', en: 'seen' },
  holds: { it: 'La storia regge.', en: 'The story holds.' },
  breaks: { it: 'La storia non regge.', en: 'The story does not hold.' },
  noticed: { it: 'Il guasto è stato notato.', en: 'The fault was noticed.' },
  unnoticed: { it: 'Il guasto NON è stato notato.', en: 'The fault was NOT noticed.' },
} as const satisfies Record<string, Words>;

/** Plays the story; on an instance of its own unless an address is given. */
export async function storyCommand(composition: Composition, { url, fault }: StoryAsked, output: Output): Promise<number> {
  try {
    assertFault(STEPS, fault);
  } catch (error) {
    if (error instanceof UnknownFault) throw usage(`Guasto sconosciuto: ${fault}.`, `${error.message}.`);
    throw error;
  }
  output.invented();
  const play = async (at: string, keysFolder?: string): Promise<readonly StepResult[]> =>
    runStory(await World.at(at, keysFolder), STEPS, { ...(fault === undefined ? {} : { fault }), onStep: (step) => tell(step, output) });
  const results = url === undefined ? await withOwnInstance(composition, play) : await play(url);
  return fault === undefined ? verdict(results, output) : judgeFault(results, fault, output);
}

function verdict(results: readonly StepResult[], output: Output): number {
  const holds = results.every(({ ok }) => ok);
  if (!output.asked.json) output.note(HEADINGS[holds ? 'holds' : 'breaks']);
  return holds ? EXIT.ok : EXIT.no;
}

/** The planted step has to fail, and only that one: a step that failed before says nothing about the fault. */
function judgeFault(results: readonly StepResult[], fault: number, output: Output): number {
  const before = results.find(({ step, ok }) => step !== fault && !ok);
  if (before)
    throw usage(
      `Il passo ${before.step} non regge già senza guasto: la prova non vale.`,
      `Step ${before.step} does not hold even without a fault: this proves nothing.`,
    );
  const noticed = results.some(({ step, ok }) => step === fault && !ok);
  if (!output.asked.json) output.note(HEADINGS[noticed ? 'noticed' : 'unnoticed']);
  return noticed ? EXIT.no : EXIT.ok;
}

function tell(result: StepResult, output: Output): void {
  const lines = result.checks.map(({ what, ok, refusal, seen }) => {
    const tail = seen === undefined ? '' : ` — ${output.words(HEADINGS.seen)}: ${seen}`;
    return `  ${ok ? '✓' : '✗'} ${what}${refusal ? ` (${output.words(HEADINGS.refusal)})` : ''}${tail}`;
  });
  output.say(result, [`${result.ok ? '✓' : '✗'} ${output.words(HEADINGS.step)} ${result.step}: ${result.name}`, ...lines].join('\n'));
}
