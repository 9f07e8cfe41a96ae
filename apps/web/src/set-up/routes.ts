import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

export const setUpRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/avvio',
    component: lazyRouteComponent(() => import('./set-up-screen'), 'SetUpScreen'),
  }),
];
