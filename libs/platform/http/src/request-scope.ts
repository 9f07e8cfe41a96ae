import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Authority, Ids } from '@platform/kernel';

/** A signed-in browser or client, as the session store knows it. */
export interface CallerSession {
  /** Public id: stands in audit entries and can open nothing. */
  readonly id: string;
  /** Hex SHA-256 of `issuer|sub`. */
  readonly login: string;
  /** Strength of the sign-in, 1 to 3. */
  readonly acr: number;
}

/** What is known about one request from its first byte on. */
export interface RequestScope {
  /** Our own id, RFC 9562 version 7: a client cannot choose it. */
  readonly request: string;
  /** 32 hex characters, continued from a valid `traceparent`. */
  readonly trace: string;
  /** The caller's span, where `traceparent` named one. */
  readonly parent?: string;
  session?: CallerSession;
  /** Whether the session is alive now, for answers that last; set together with the session. */
  stillSignedIn?: () => Promise<boolean>;
  /** Whether the caller is an active member now, with the roles, disciplines and teams they had when the request came. */
  stillMember?: () => Promise<boolean>;
  authority?: Authority;
  /** Keyed token that stands for the member in logs. */
  actorToken?: string;
  /** What the route does, as declared by `@Act`. */
  act?: string;
}

const scopes = new WeakMap<object, RequestScope>();
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

const begin = (request: Request, id: string): RequestScope => {
  const [, trace = randomBytes(16).toString('hex'), parent] = TRACEPARENT.exec(request.headers.traceparent?.toString() ?? '') ?? [];
  const scope: RequestScope = { request: id, trace, ...(parent === undefined ? {} : { parent }) };
  scopes.set(request, scope);
  return scope;
};

/** Opens the scope of every request; must run before anything else. */
export const requestScope =
  (ids: Ids): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    const scope = begin(request, ids.next());
    response.setHeader('Raccordo-Request', scope.request);
    next();
  };

/** The scope of a request; a request that came past the middleware gets one without an id of its own. */
export const scopeOf = (request: Request): RequestScope => scopes.get(request) ?? begin(request, 'none');
