import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

export const workRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/lavoro',
    component: lazyRouteComponent(() => import('./work-screen'), 'WorkScreen'),
  }),
];
