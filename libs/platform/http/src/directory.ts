import type { Actor } from '@platform/kernel';

/**
 * Who is behind a sign-in, as one context knows it: each context answers from its own projection of members.
 * `login` is the hex SHA-256 of `issuer|sub`; `session.id` is the public id of the session (never the cookie).
 */
export abstract class Directory {
  /** Undefined for anybody who is no active member. */
  abstract actor(login: string, session: { id: string; acr: number }): Promise<Actor | undefined>;
}
