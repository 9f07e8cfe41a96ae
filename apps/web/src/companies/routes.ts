import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

export const companiesRoute = createRoute({
  ...at,
  path: '/imprese',
  component: lazyRouteComponent(() => import('./company-list-screen'), 'CompanyListScreen'),
});
export const companyRoute = createRoute({
  ...at,
  path: '/imprese/$handle',
  component: lazyRouteComponent(() => import('./company-screen'), 'CompanyScreen'),
});
export const companyRoutes = [companiesRoute, companyRoute];
