import type { Identity, Trust } from './identity';
import { sign, verify } from './tokens';

const TYPE = 'raccordo-service+jwt';
const SECONDS = 60;
/** A token is used while it has at least this long to live. */
const LEFT = 20_000;

/** A service's own word: who calls whom. It opens the doors between services and no route that reads for a person. */
export class ServiceTokens {
  readonly #issued = new Map<string, { token: Promise<string>; until: number }>();

  constructor(readonly identity: Identity) {}

  /** A token for one service; the same one for a while, since it says nothing about a single request. */
  for(audience: string): Promise<string> {
    const known = this.#issued.get(audience);
    if (known && Date.now() < known.until) return known.token;
    const token = sign(this.identity, TYPE, audience, SECONDS, {});
    this.#issued.set(audience, { token, until: Date.now() + SECONDS * 1000 - LEFT });
    return token;
  }

  /**
   * Which of these services calls.
   * @throws DomainError `assertion.invalid` (401), `assertion.not-current` (503)
   */
  static async callerOf(trust: Trust, audience: string, callers: readonly string[], token: string): Promise<string> {
    return (await verify(trust, token, { typ: TYPE, audience, issuers: callers })).iss;
  }
}
