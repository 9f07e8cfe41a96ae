import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

export const offlineRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/bozze',
    component: lazyRouteComponent(() => import('./outbox-screen'), 'OutboxScreen'),
  }),
];
