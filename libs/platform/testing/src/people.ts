import type { Actor, DecisionContext, OrganisationKind } from '@platform/kernel';

/** An instant specs agree on. */
export const NOON = '2031-03-14T12:00:00.000Z';

/** The same number always gives the same stream id: `streamId('member', 7)`. */
export const streamId = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A coordinator of an anti-trafficking project of Umbria, unless said otherwise. */
export const person = (changed: Partial<Actor> = {}): Actor => ({
  member: streamId('member', 1),
  organisation: streamId('organisation', 1),
  region: 'umbria',
  kind: 'anti_trafficking_project' satisfies OrganisationKind,
  roles: ['coordinator'],
  disciplines: ['coordinator'],
  teams: [],
  session: 'session-1',
  acr: 2,
  ...changed,
});

/** A decision context around an actor and facts, at noon. */
export const deciding = <F>(facts: F, actor: Actor = person(), at: string = NOON): DecisionContext<F> => ({ actor, at, facts });
