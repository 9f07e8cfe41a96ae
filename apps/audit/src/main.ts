import { AuditModule } from '@contexts/audit';
import { VERSION } from '@platform/config';
import { type Composition, run, startApplication } from '@platform/runtime';

/** One context in a process of its own, behind the gateway. */
const composition: Composition = {
  service: 'audit',
  contexts: [AuditModule],
  personas: [],
  version: VERSION,
};

void run((config) => startApplication(config, composition));
