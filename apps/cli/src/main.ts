import 'reflect-metadata';
import { AlertsModule } from '@contexts/alerts';
import { AuditModule } from '@contexts/audit';
import { CasesModule } from '@contexts/cases';
import { ReferralsModule } from '@contexts/referrals';
import { RegionsModule } from '@contexts/regions';
import { VERSION } from '@platform/config';
import type { Composition } from '@platform/runtime';
import { runCli } from '@raccordo/cli';
import { DemoModule, PERSONAS } from '@raccordo/demo';

/** The same contexts as the one process that `npm start` runs. */
const composition: Composition = {
  contexts: [RegionsModule, CasesModule, ReferralsModule, AlertsModule, AuditModule],
  extra: [DemoModule],
  personas: Object.values(PERSONAS),
  version: VERSION,
};

void runCli(process.argv.slice(2), composition)
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : 'could not be done');
    return 1;
  })
  .then((code) => process.exit(code));
