import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Names of records, as the caller's organisation or the trail calls them: nothing of a person. */
export const erasureRoute = createRoute({
  ...at,
  path: '/cancellazioni',
  validateSearch: (search): { soggetto?: string | undefined } => ({ soggetto: text(search.soggetto) }),
  component: lazyRouteComponent(() => import('./erasures-screen'), 'ErasuresScreen'),
});
export const unmaskRoute = createRoute({
  ...at,
  path: '/svelamenti',
  validateSearch: (search): { caso?: string | undefined } => ({ caso: text(search.caso) }),
  component: lazyRouteComponent(() => import('./unmaskings-screen'), 'UnmaskingsScreen'),
});

export const protectionRoutes = [erasureRoute, unmaskRoute];
