import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

/** Filters stand in the address, so that a list can be shared; none of them is about a person. */
export interface CaseFilters {
  readonly fase?: string | undefined;
  readonly bisogno?: string | undefined;
  readonly urgente?: boolean | undefined;
  readonly miei?: boolean | undefined;
}
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const flag = (value: unknown): boolean | undefined => (value === true || value === 'true' ? true : undefined);

export const caseListRoute = createRoute({
  ...at,
  path: '/casi',
  validateSearch: (search): CaseFilters => ({
    fase: text(search.fase),
    bisogno: text(search.bisogno),
    urgente: flag(search.urgente),
    miei: flag(search.miei),
  }),
  component: lazyRouteComponent(() => import('./case-list-screen'), 'CaseListScreen'),
});
export const newCaseRoute = createRoute({
  ...at,
  path: '/casi/nuovo',
  validateSearch: (search): { contatto?: string | undefined } => ({ contatto: text(search.contatto) }),
  component: lazyRouteComponent(() => import('./new-case-screen'), 'NewCaseScreen'),
});

export const caseRoutes = [caseListRoute, newCaseRoute];
