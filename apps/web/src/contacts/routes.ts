import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

export const contactRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contatti/$handle',
  component: lazyRouteComponent(() => import('./contact-screen'), 'ContactScreen'),
});

export const contactRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contatti',
    component: lazyRouteComponent(() => import('./contact-list-screen'), 'ContactListScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contatti/importa',
    component: lazyRouteComponent(() => import('./import/import-screen'), 'ImportScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contatti/nuovo',
    component: lazyRouteComponent(() => import('./new-contact-screen'), 'NewContactScreen'),
  }),
  contactRoute,
];
