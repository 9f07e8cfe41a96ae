import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { scopeOf } from '@platform/http';
import type { Identity, Trust } from './identity';
import { invalidAssertion, sign, verify } from './tokens';

/** Request header in which the gateway tells a service on whose behalf it asks. */
export const PERSON = 'Raccordo-Person';
const TYPE = 'raccordo-person+jwt';
const SECONDS = 15;
const LOGIN = /^[0-9a-f]{64}$/;
const SESSION = /^[A-Za-z0-9_-]{8,64}$/;

/** The originating person, as the gateway's session knows them. */
export interface Person {
  /** Hex SHA-256 of `issuer|sub`. */
  readonly login: string;
  readonly acr: number;
  /** Public id of the session: it stands in the trail and opens nothing. */
  readonly session: string;
}

/** Somebody is signed in, or nobody is: then only routes open to everybody answer. */
export interface Asserted {
  readonly person: Person | undefined;
}

/** One assertion fits one request: another path, method or service refuses it. */
const placeOf = (method: string, url: string): string => createHash('sha256').update(`${method} ${url}`).digest('base64url');

/** Short-lived, signed words of the gateway about who is asking. */
export class PersonAssertions {
  constructor(private readonly identity: Identity) {}

  /** @param url path and query as the service will see them */
  issue(audience: string, person: Person | undefined, method: string, url: string): Promise<string> {
    const who = person ? { sub: person.login, acr: String(person.acr), sid: person.session } : {};
    return sign(this.identity, TYPE, audience, SECONDS, { ...who, on: placeOf(method, url) });
  }

  /** @throws DomainError `assertion.invalid` (401), `assertion.not-current` (503) */
  static async read(trust: Trust, audience: string, gateway: string, token: string, method: string, url: string): Promise<Asserted> {
    const claims = await verify(trust, token, { typ: TYPE, audience, issuers: [gateway] });
    if (claims.on !== placeOf(method, url)) throw invalidAssertion();
    if (claims.sub === undefined) return { person: undefined };
    const { sub, acr, sid } = claims;
    if (!LOGIN.test(sub) || typeof acr !== 'string' || !/^[123]$/.test(acr) || typeof sid !== 'string' || !SESSION.test(sid))
      throw invalidAssertion();
    return { person: { login: sub, acr: Number(acr), session: sid } };
  }
}

export interface PersonRules {
  readonly trust: Trust;
  /** What this service is called. */
  readonly audience: string;
  /** Whose word about persons counts. */
  readonly gateway: string;
  /** Paths that other doors guard: health, metrics, operations, calls between services. */
  readonly besides: RegExp;
}

/**
 * For a service behind the gateway: no request without the gateway's word, no session but the one it names. Cookies and bearer tokens mean nothing
 * here; a service's own token is none about a person.
 */
export const requirePerson =
  ({ trust, audience, gateway, besides }: PersonRules): RequestHandler =>
  (request, _, next) => {
    if (besides.test(request.path)) return next();
    PersonAssertions.read(trust, audience, gateway, request.get(PERSON) ?? '', request.method, request.originalUrl)
      .then(({ person }) => {
        if (person) {
          const scope = scopeOf(request);
          scope.session = { id: person.session, login: person.login, acr: person.acr };
        }
        next();
      })
      .catch(next);
  };
