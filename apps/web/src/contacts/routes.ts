import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

export const contactRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contatti/nuovo',
    component: lazyRouteComponent(() => import('./new-contact-screen'), 'NewContactScreen'),
  }),
];
