import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

/** Filters stand in the address. None of them is about a person. */
export interface AlertFilters {
  readonly stato?: string | undefined;
  readonly regione?: string | undefined;
}
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const alertListRoute = createRoute({
  ...at,
  path: '/allerte',
  validateSearch: (search): AlertFilters => ({ stato: text(search.stato), regione: text(search.regione) }),
  component: lazyRouteComponent(() => import('./alert-list-screen'), 'AlertListScreen'),
});
export const newAlertRoute = createRoute({
  ...at,
  path: '/allerte/nuova',
  component: lazyRouteComponent(() => import('./new-alert-screen'), 'NewAlertScreen'),
});
export const alertRoute = createRoute({
  ...at,
  path: '/allerte/$handle',
  component: lazyRouteComponent(() => import('./alert-screen'), 'AlertScreen'),
});
export const alertRoutes = [alertListRoute, newAlertRoute, alertRoute];
