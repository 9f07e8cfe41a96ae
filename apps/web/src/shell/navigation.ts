import type { Role } from '../session/session';
import type { shellStrings } from './strings';

export interface NavItem {
  readonly to: string;
  readonly label: keyof typeof shellStrings.it.nav;
  /** Who sees it in the menu. What they may read is the server's to say. */
  readonly roles: readonly Role[];
}

/** Everybody who works with people at risk. Inspectors, union officers and administrators are no part of it. */
export const CASE_WORKERS: readonly Role[] = [
  'operator',
  'case_manager',
  'coordinator',
  'legal_adviser',
  'cultural_mediator',
  'helpdesk_expert',
];

/** In the order of the menu. The first one somebody sees is where they begin. One line per screen. */
export const NAVIGATION: readonly NavItem[] = [
  { to: '/lavoro', label: 'work', roles: CASE_WORKERS },
  { to: '/contatti/nuovo', label: 'contact', roles: CASE_WORKERS },
  { to: '/casi', label: 'cases', roles: CASE_WORKERS },
];

export const navigationFor = (roles: readonly Role[]): readonly NavItem[] =>
  NAVIGATION.filter((item) => item.roles.some((role) => roles.includes(role)));
