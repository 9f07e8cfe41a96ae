import { CasesModule } from '@contexts/cases';
import { VERSION } from '@platform/config';
import { type Composition, run, startApplication } from '@platform/runtime';

/** One context in a process of its own, behind the gateway. */
const composition: Composition = {
  service: 'cases',
  contexts: [CasesModule],
  personas: [],
  version: VERSION,
};

void run((config) => startApplication(config, composition));
