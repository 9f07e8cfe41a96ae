import { createRouter } from '@tanstack/react-router';
import { caseRoutes } from './cases/routes';
import { contactRoutes } from './contacts/routes';
import { Broken, rootRoute } from './shell/root';
import { startRoutes } from './start/routes';
import { workRoutes } from './work/routes';

/** Every screen. A folder per context; each brings its own routes. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([...startRoutes, ...workRoutes, ...contactRoutes, ...caseRoutes]),
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
