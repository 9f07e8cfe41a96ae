import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A question about an access. The case stands in it by the name the caller knows it by. */
export const whyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/perche',
  validateSearch: (search): { caso?: string | undefined } => ({ caso: text(search.caso) }),
  component: lazyRouteComponent(() => import('./why-screen'), 'WhyScreen'),
});

export const accessRoutes = [whyRoute];
