export { baseWorld, type Ids } from './base-world';
export { DemoModule } from './demo.module';
export { PERSONAS, type Persona, type PersonaKey } from './personas';
export type { Check, Step, StepResult } from './story/step';
export { STEPS } from './story/steps';
export { assertFault, runStory, type StoryOptions, UnknownFault } from './story/story';
export { World } from './story/world';
export { Checks } from './story/step';
export { CANARIES } from './story/steps/1-contact-and-case';
