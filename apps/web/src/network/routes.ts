import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Filters stand in the address. */
export interface OrganisationFilters {
  readonly regione?: string | undefined;
  readonly tipo?: string | undefined;
}

export const organisationsRoute = createRoute({
  ...at,
  path: '/organizzazioni',
  validateSearch: (search): OrganisationFilters => ({ regione: text(search.regione), tipo: text(search.tipo) }),
  component: lazyRouteComponent(() => import('./organisations-screen'), 'OrganisationsScreen'),
});
export const organisationRoute = createRoute({
  ...at,
  path: '/organizzazioni/$organisation',
  component: lazyRouteComponent(() => import('./organisation-screen'), 'OrganisationScreen'),
});
export const teamsRoute = createRoute({
  ...at,
  path: '/squadre',
  component: lazyRouteComponent(() => import('./teams-screen'), 'TeamsScreen'),
});
export const teamRoute = createRoute({
  ...at,
  path: '/squadre/$team',
  component: lazyRouteComponent(() => import('./team-screen'), 'TeamScreen'),
});
export const agreementsRoute = createRoute({
  ...at,
  path: '/accordi',
  component: lazyRouteComponent(() => import('./agreements-screen'), 'AgreementsScreen'),
});
export const newAgreementRoute = createRoute({
  ...at,
  path: '/accordi/nuovo',
  component: lazyRouteComponent(() => import('./new-agreement-screen'), 'NewAgreementScreen'),
});
export const agreementRoute = createRoute({
  ...at,
  path: '/accordi/$agreement',
  component: lazyRouteComponent(() => import('./agreement-screen'), 'AgreementScreen'),
});

export const networkRoutes = [
  organisationsRoute,
  organisationRoute,
  teamsRoute,
  teamRoute,
  agreementsRoute,
  newAgreementRoute,
  agreementRoute,
];
