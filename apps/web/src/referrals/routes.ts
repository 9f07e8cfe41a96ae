import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };
export const SIDES = ['ricevute', 'inviate'] as const;
export type Side = (typeof SIDES)[number];

export const referralListRoute = createRoute({
  ...at,
  path: '/richieste',
  validateSearch: (search): { lato?: Side | undefined } => ({ lato: SIDES.find((side) => side === search.lato) }),
  component: lazyRouteComponent(() => import('./referral-list-screen'), 'ReferralListScreen'),
});
export const referralRoute = createRoute({
  ...at,
  path: '/richieste/$handle',
  component: lazyRouteComponent(() => import('./referral-screen'), 'ReferralScreen'),
});

export const referralRoutes = [referralListRoute, referralRoute];
