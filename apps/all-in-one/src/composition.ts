import * as path from 'node:path';
import { AlertsModule } from '@contexts/alerts';
import { AuditModule } from '@contexts/audit';
import { CasesModule } from '@contexts/cases';
import { ReferralsModule } from '@contexts/referrals';
import { RegionsModule } from '@contexts/regions';
import { DemoModule, PERSONAS } from '@raccordo/demo';
import type { Composition } from '@platform/runtime';
import { VERSION } from '@platform/config';

/** Every context in one process. */
export const composition: Composition = {
  contexts: [RegionsModule, CasesModule, ReferralsModule, AlertsModule, AuditModule],
  extra: [DemoModule],
  personas: Object.values(PERSONAS),
  version: VERSION,
  // Beside this file once it is built: dist/apps/web.
  web: path.join(__dirname, '../../web'),
};
