import { ReferralsModule } from '@contexts/referrals';
import { VERSION } from '@platform/config';
import { type Composition, run, startApplication } from '@platform/runtime';

/** One context in a process of its own, behind the gateway. */
const composition: Composition = {
  service: 'referrals',
  contexts: [ReferralsModule],
  personas: [],
  version: VERSION,
};

void run((config) => startApplication(config, composition));
