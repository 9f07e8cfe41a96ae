import { RegionsModule } from '@contexts/regions';
import { VERSION } from '@platform/config';
import { type Composition, run, startApplication } from '@platform/runtime';
import { DemoModule } from '@raccordo/demo';

/** One context in a process of its own, behind the gateway. */
const composition: Composition = {
  service: 'regions',
  contexts: [RegionsModule],
  extra: [DemoModule],
  personas: [],
  version: VERSION,
};

void run((config) => startApplication(config, composition));
