import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

export const teamRoutes = [
  createRoute({
    ...at,
    path: '/equipe',
    component: lazyRouteComponent(() => import('./shared-view-screen'), 'SharedViewScreen'),
  }),
];
