import { AlertsModule } from '@contexts/alerts';
import { AuditModule } from '@contexts/audit';
import { CasesModule } from '@contexts/cases';
import { ReferralsModule } from '@contexts/referrals';
import { RegionsModule } from '@contexts/regions';
import { VERSION } from '@platform/config';
import type { Composition } from '@platform/runtime';
import { DemoModule, PERSONAS } from '@raccordo/demo';

/** The same contexts as the one process that `npm start` runs. */
export const composition: Composition = {
  contexts: [RegionsModule, CasesModule, ReferralsModule, AlertsModule, AuditModule],
  extra: [DemoModule],
  personas: Object.values(PERSONAS),
  version: VERSION,
};
