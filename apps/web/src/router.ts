import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './accounts/routes';
import { accessRoutes } from './access/routes';
import { administrationRoutes } from './administration/routes';
import { alertRoutes } from './alerts/routes';
import { caseRoutes } from './cases/routes';
import { auditRoutes } from './audit/routes';
import { companyRoutes } from './companies/routes';
import { contactRoutes } from './contacts/routes';
import { deliveryRoutes } from './deliveries/routes';
import { letterRoutes } from './letters/routes';
import { networkRoutes } from './network/routes';
import { offlineRoutes } from './offline/routes';
import { setUpRoutes } from './set-up/routes';
import { referralRoutes } from './referrals/routes';
import { emergencyRoutes } from './emergency/routes';
import { protectionRoutes } from './protection/routes';
import { Broken, rootRoute } from './shell/root';
import { startRoutes } from './start/routes';
import { teamRoutes } from './teams/routes';
import { territoryRoutes } from './territory/routes';
import { workRoutes } from './work/routes';

/** Every screen. A folder per context; each brings its own routes. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...startRoutes,
    ...accountRoutes,
    ...setUpRoutes,
    ...workRoutes,
    ...letterRoutes,
    ...contactRoutes,
    ...caseRoutes,
    ...referralRoutes,
    ...teamRoutes,
    ...alertRoutes,
    ...deliveryRoutes,
    ...territoryRoutes,
    ...companyRoutes,
    ...offlineRoutes,
    ...emergencyRoutes,
    ...auditRoutes,
    ...protectionRoutes,
    ...accessRoutes,
    ...administrationRoutes,
    ...networkRoutes,
  ]),
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
