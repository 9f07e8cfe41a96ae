import type { Role } from '../session/session';
import type { shellStrings } from './strings';

export interface NavItem {
  readonly to: string;
  readonly label: keyof typeof shellStrings.it.nav;
  /** Who sees it in the menu. What they may read is the server's to say. */
  readonly roles: readonly Role[];
  /** Only for people of these kinds of organisation. */
  readonly kinds?: readonly string[];
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

/** Who meets people and writes it down: theirs are the contacts of their organisation. */
export const RECORDERS: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'legal_adviser', 'cultural_mediator'];
const ISSUERS: readonly Role[] = ['case_manager', 'coordinator', 'legal_adviser'];
/** Those who answer for how data are used: they look at the record, not at people. */
const OFFICES: readonly Role[] = ['auditor', 'dpo'];
/** Kinds that are told of alerts and whose people have everyday roles. */
const TOLD_KINDS = ['prefettura', 'region', 'ministry_department', 'employers_association', 'trade_association'];
/** Kinds that hold cases: they may know the companies that people were met at. */
const HOLDERS = ['anti_trafficking_project', 'social_cooperative', 'association'];
/** Kinds that may know what happens in territories, at least by region; the access policy says how finely. */
const KNOW_TERRITORIES = [
  ...[...HOLDERS, 'anti_violence_centre', 'church_body', 'international_organisation', 'local_authority', 'social_services'],
  ...['labour_inspectorate', 'national_inspectorate', 'carabinieri_labour_unit', 'trade_union'],
  ...TOLD_KINDS,
];

/** In the order of the menu. The first one somebody sees is where they begin. One line per screen. */
export const NAVIGATION: readonly NavItem[] = [
  { to: '/lavoro', label: 'work', roles: CASE_WORKERS },
  { to: '/contatti/nuovo', label: 'contact', roles: RECORDERS },
  { to: '/contatti', label: 'contacts', roles: RECORDERS },
  { to: '/casi', label: 'cases', roles: CASE_WORKERS },
  { to: '/richieste', label: 'received', roles: CASE_WORKERS },
  { to: '/equipe', label: 'shared', roles: CASE_WORKERS },
  { to: '/mie-allerte', label: 'myAlerts', roles: ['inspector', 'union_officer'] },
  { to: '/mie-allerte', label: 'myAlerts', roles: ['operator', 'coordinator'], kinds: TOLD_KINDS },
  { to: '/allerte', label: 'alerts', roles: ISSUERS },
  { to: '/imprese', label: 'companies', roles: RECORDERS, kinds: HOLDERS },
  { to: '/territorio', label: 'territory', roles: CASE_WORKERS, kinds: KNOW_TERRITORIES },
  { to: '/bozze', label: 'drafts', roles: CASE_WORKERS },
  { to: '/emergenze', label: 'emergency', roles: ['operator', 'case_manager', 'coordinator', 'cultural_mediator', 'legal_adviser'] },
  { to: '/registro', label: 'trail', roles: OFFICES },
  { to: '/ricostruzione', label: 'replay', roles: OFFICES },
  { to: '/verifica', label: 'verify', roles: OFFICES },
  { to: '/perche', label: 'why', roles: ['auditor', 'dpo', 'case_manager', 'coordinator'] },
  { to: '/imprese', label: 'companies', roles: ['dpo'] },
  { to: '/cancellazioni', label: 'erasures', roles: ['dpo'] },
  { to: '/svelamenti', label: 'unmaskings', roles: ['dpo', 'auditor', 'coordinator'] },
  { to: '/persone', label: 'members', roles: ['administrator'] },
  { to: '/organizzazioni', label: 'organisations', roles: ['administrator'] },
  { to: '/organizzazioni', label: 'organisations', roles: ['coordinator', 'dpo'], kinds: ['region'] },
  { to: '/squadre', label: 'teams', roles: ['coordinator', 'administrator', 'dpo'] },
  { to: '/accordi', label: 'agreements', roles: ['coordinator', 'administrator', 'dpo', 'auditor'] },
  { to: '/politiche', label: 'policies', roles: ['administrator', 'dpo'] },
  { to: '/sistema', label: 'system', roles: ['administrator'], kinds: ['region'] },
  { to: '/riesami', label: 'reviews', roles: ['coordinator', 'dpo'] },
];

/** An address that several of somebody's roles lead to stands in the menu once. */
export function navigationFor(roles: readonly Role[], kind = ''): readonly NavItem[] {
  const theirs = NAVIGATION.filter((item) => item.roles.some((role) => roles.includes(role)) && (item.kinds?.includes(kind) ?? true));
  return theirs.filter(({ to }, n) => theirs.findIndex((other) => other.to === to) === n);
}

/** Everybody's: the way in, and what the law wants everybody to find. */
const OPEN_TO_ALL = ['/', '/storia', '/avvio', '/accessibilita', '/rientro', '/accesso', '/invito', '/modi-di-entrare'];

/** Running the network, and what only some kinds may know: no lists that colleagues reach, and not there for whoever does not have them in the menu. */
const NOT_COLLEAGUES = ['/persone', '/organizzazioni', '/squadre', '/accordi', '/sistema', '/territorio', '/imprese'];
const within = (path: string, of: string): boolean => path === of || path.startsWith(`${of}/`);

/**
 * Whether an address is part of somebody's application. Inspectors, union officers and offices have small ones of their own: what is not in
 * them is not there. Case workers reach each other's lists, and the server says what is in them.
 */
export function isTheirs(path: string, roles: readonly Role[], kind?: string): boolean {
  const apart = NOT_COLLEAGUES.some((to) => within(path, to));
  if (roles.length === 0 || OPEN_TO_ALL.includes(path) || (!apart && roles.some((role) => CASE_WORKERS.includes(role)))) return true;
  return navigationFor(roles, kind).some(({ to }) => within(path, to));
}
