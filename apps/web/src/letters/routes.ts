import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

export const letterRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/posta',
    component: lazyRouteComponent(() => import('./letters-screen'), 'LettersScreen'),
  }),
];
