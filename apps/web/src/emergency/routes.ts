import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

export const emergencyRoutes = [
  createRoute({
    ...at,
    path: '/emergenze',
    component: lazyRouteComponent(() => import('./emergency-screen'), 'EmergencyScreen'),
  }),
  createRoute({
    ...at,
    path: '/riesami',
    component: lazyRouteComponent(() => import('./review-screen'), 'ReviewScreen'),
  }),
];
