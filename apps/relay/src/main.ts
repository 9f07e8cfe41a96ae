import { AlertsModule } from '@contexts/alerts';
import { CasesModule } from '@contexts/cases';
import { ReferralsModule } from '@contexts/referrals';
import { RegionsModule } from '@contexts/regions';
import { run, startRelay } from '@platform/runtime';

/** What every context publishes, carried from the event store to the bus. */
void run((config) => startRelay(config, { contexts: [RegionsModule, CasesModule, ReferralsModule, AlertsModule] }));
