import type { startStrings } from './strings';

export interface StoryStep {
  readonly key: keyof typeof startStrings.it.story.steps;
  /** Who lives it, by the first name of the persona. */
  readonly who: string;
  readonly to: string;
  readonly acr?: '1' | '2' | '3';
}

/** The eight steps, each with the screen where one lives it. */
export const STORY_STEPS: readonly StoryStep[] = [
  { key: 'one', who: 'Karim', to: '/contatti/nuovo' },
  { key: 'two', who: 'Giulia', to: '/casi' },
  { key: 'three', who: 'Elena', to: '/richieste' },
  { key: 'four', who: 'Livia', to: '/equipe' },
  { key: 'five', who: 'Marco', to: '/mie-allerte' },
  { key: 'six', who: 'Giulia', to: '/casi' },
  { key: 'seven', who: 'Livia', to: '/emergenze' },
  { key: 'eight', who: 'Ada', to: '/registro' },
];
