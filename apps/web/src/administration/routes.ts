import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

export const membersRoute = createRoute({
  ...at,
  path: '/persone',
  validateSearch: (search): { ente?: string | undefined } => ({ ente: typeof search.ente === 'string' ? search.ente : undefined }),
  component: lazyRouteComponent(() => import('./members-screen'), 'MembersScreen'),
});
export const policiesRoute = createRoute({
  ...at,
  path: '/politiche',
  component: lazyRouteComponent(() => import('./policies-screen'), 'PoliciesScreen'),
});
export const policyRoute = createRoute({
  ...at,
  path: '/politiche/$policy',
  component: lazyRouteComponent(() => import('./policy-screen'), 'PolicyScreen'),
});

export const systemRoute = createRoute({
  ...at,
  path: '/sistema',
  component: lazyRouteComponent(() => import('./system-screen'), 'SystemScreen'),
});

export const administrationRoutes = [membersRoute, policiesRoute, policyRoute, systemRoute];
