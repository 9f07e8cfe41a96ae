import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const count = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
};

/** Everything in these addresses is a code, a day or a name of the trail's own: nothing of them is about a person. */
export interface TrailFilters {
  readonly dal?: string | undefined;
  readonly al?: string | undefined;
  readonly caso?: string | undefined;
  readonly chi?: string | undefined;
  readonly atto?: string | undefined;
  readonly esito?: string | undefined;
  readonly gruppo?: string | undefined;
  readonly prima?: number | undefined;
}
export interface ReplayPlace {
  readonly caso?: string | undefined;
  /** Index in the trail. */
  readonly punto?: number | undefined;
  /** An instant, in place of an index. */
  readonly istante?: string | undefined;
  readonly gruppo?: string | undefined;
  readonly chi?: string | undefined;
}

export const trailRoute = createRoute({
  ...at,
  path: '/registro',
  validateSearch: (search): TrailFilters => ({
    dal: text(search.dal),
    al: text(search.al),
    caso: text(search.caso),
    chi: text(search.chi),
    atto: text(search.atto),
    esito: text(search.esito),
    gruppo: text(search.gruppo),
    prima: count(search.prima),
  }),
  component: lazyRouteComponent(() => import('./trail-screen'), 'TrailScreen'),
});
export const entryRoute = createRoute({
  ...at,
  path: '/registro/$index',
  component: lazyRouteComponent(() => import('./entry-screen'), 'EntryScreen'),
});
export const replayRoute = createRoute({
  ...at,
  path: '/ricostruzione',
  validateSearch: (search): ReplayPlace => ({
    caso: text(search.caso),
    punto: count(search.punto),
    istante: text(search.istante),
    gruppo: text(search.gruppo),
    chi: text(search.chi),
  }),
  component: lazyRouteComponent(() => import('./replay-screen'), 'ReplayScreen'),
});
export const verifyRoute = createRoute({
  ...at,
  path: '/verifica',
  component: lazyRouteComponent(() => import('./verify/verify-screen'), 'VerifyScreen'),
});

export const auditRoutes = [trailRoute, entryRoute, replayRoute, verifyRoute];
