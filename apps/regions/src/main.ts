import { RegionsModule } from '@contexts/regions';
import { VERSION } from '@platform/config';
import { type Composition, run, startApplication } from '@platform/runtime';

/** One context in a process of its own, behind the gateway. */
const composition: Composition = {
  service: 'regions',
  contexts: [RegionsModule],
  personas: [],
  version: VERSION,
};

void run((config) => startApplication(config, composition));
