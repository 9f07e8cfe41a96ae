import type { Actor, Authority, DomainError } from '@platform/kernel';

/**
 * Who is behind a sign-in, as one context knows it: each context answers from its own projection of members.
 * `login` is the hex SHA-256 of `issuer|sub`; `session.id` is the public id of the session (never the cookie).
 */
export abstract class Directory {
  /** Undefined for anybody who is no active member. */
  abstract actor(login: string, session: { id: string; acr: number }): Promise<Actor | undefined>;
}

/** Somebody who signed in but is no active member of the context they called. */
export interface TurnedAway {
  /** ISO 8601. */
  readonly at: string;
  readonly request: string;
  /** What they asked for, as the route names it. */
  readonly act: string;
  /** Public id of the session. */
  readonly session: string;
  readonly acr: number;
}

/** Puts on record who was turned away; provide it globally where there is a trail. Awaited before the caller is answered. */
export abstract class Doorkeeper {
  abstract turnedAway(who: TurnedAway): Promise<void>;
  /**
   * A record that the caller does not have, whether it was decided by policy or no record was behind what they called it.
   * @param act what they asked for, as the route names it
   * @throws DomainError where that cannot be put on record: then this is the answer
   */
  abstract foundNothing(by: Authority, act: string, error: DomainError): Promise<void>;
}
