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

/** The parts of a case's page. */
export const CASE_PARTS = ['riepilogo', 'documenti', 'consensi', 'invii', 'accessi', 'storia'] as const;
export type CasePart = (typeof CASE_PARTS)[number];

export const caseRoute = createRoute({
  ...at,
  path: '/casi/$handle',
  validateSearch: (search): { parte?: CasePart | undefined; scopo?: string | undefined } => ({
    parte: CASE_PARTS.find((part) => part === search.parte),
    scopo: text(search.scopo),
  }),
  component: lazyRouteComponent(() => import('./case-screen'), 'CaseScreen'),
});
export const referRoute = createRoute({
  ...at,
  path: '/casi/$handle/invia',
  component: lazyRouteComponent(() => import('./refer-screen'), 'ReferScreen'),
});

export const caseRoutes = [caseListRoute, newCaseRoute, caseRoute, referRoute];
