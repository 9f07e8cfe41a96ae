import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';
import { type DynamicStatus, STATUSES } from './answers';

const at = { getParentRoute: () => rootRoute };

/** Filters stand in the address. None of them is about a person. */
export interface TerritoryFilters {
  readonly stato?: DynamicStatus | undefined;
  readonly regione?: string | undefined;
  readonly tipo?: string | undefined;
}
const statusOf = (value: unknown): DynamicStatus | undefined => STATUSES.find((status) => status === value);
const word = (value: unknown): string | undefined => (typeof value === 'string' && /^[A-Za-z][\w-]*$/.test(value) ? value : undefined);

export const territoryRoute = createRoute({
  ...at,
  path: '/territorio',
  validateSearch: (search): TerritoryFilters => ({ stato: statusOf(search.stato), regione: word(search.regione), tipo: word(search.tipo) }),
  component: lazyRouteComponent(() => import('./territory-screen'), 'TerritoryScreen'),
});
export const newDynamicRoute = createRoute({
  ...at,
  path: '/territorio/nuova',
  component: lazyRouteComponent(() => import('./new-dynamic-screen'), 'NewDynamicScreen'),
});
export const dynamicRoute = createRoute({
  ...at,
  path: '/territorio/$handle',
  component: lazyRouteComponent(() => import('./dynamic-screen'), 'DynamicScreen'),
});
export const territoryRoutes = [territoryRoute, newDynamicRoute, dynamicRoute];
