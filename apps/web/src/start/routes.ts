import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { BACK_PATH } from '../session/session-guard';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

export const startRoutes = [
  createRoute({ ...at, path: '/', component: lazyRouteComponent(() => import('./home-screen'), 'HomeScreen') }),
  createRoute({ ...at, path: '/storia', component: lazyRouteComponent(() => import('./story-screen'), 'StoryScreen') }),
  createRoute({
    ...at,
    path: '/accessibilita',
    component: lazyRouteComponent(() => import('./accessibility-screen'), 'AccessibilityScreen'),
  }),
  createRoute({ ...at, path: BACK_PATH, component: lazyRouteComponent(() => import('./back-screen'), 'BackScreen') }),
];
