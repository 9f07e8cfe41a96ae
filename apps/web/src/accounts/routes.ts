import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };
/** Only a path of our own: `//host` and `/\host` would lead elsewhere. */
const ownPath = (goto: unknown): string | undefined =>
  typeof goto === 'string' && /^\/(?![/\\])[\w\-./?=&%#]*$/.test(goto) ? goto : undefined;

export const accountRoutes = [
  createRoute({
    ...at,
    path: '/accesso',
    validateSearch: (search: Record<string, unknown>): { goto?: string } => {
      const goto = ownPath(search.goto);
      return goto === undefined ? {} : { goto };
    },
    component: lazyRouteComponent(() => import('./sign-in-screen'), 'SignInScreen'),
  }),
  createRoute({ ...at, path: '/invito', component: lazyRouteComponent(() => import('./invitation-screen'), 'InvitationScreen') }),
  createRoute({ ...at, path: '/modi-di-entrare', component: lazyRouteComponent(() => import('./ways-screen'), 'WaysScreen') }),
];
