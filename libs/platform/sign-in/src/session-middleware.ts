import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { scopeOf } from '@platform/http';
import { DomainError } from '@platform/kernel';
import { cookieOf } from './cookies';
import type { StoredSession } from './session-store';
import type { SignIn } from './sign-in';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const sessions = new WeakMap<object, StoredSession>();

/** The stored session of a request, with its CSRF token; undefined for anybody who is not signed in. */
export const storedSessionOf = (request: Request): StoredSession | undefined => sessions.get(request);

const crossSite = (detail: string): DomainError => new DomainError('session.cross-site', 'forbidden', detail);

const equal = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * A cookie alone changes nothing: the page must be ours and must have read the session's token.
 * @throws DomainError `session.cross-site`
 */
function refuseCrossSite(request: Request, session: StoredSession, origin: string): void {
  const from = request.get('Origin');
  if (from !== undefined && from !== origin) throw crossSite('The request comes from another site.');
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined && site !== 'same-origin') throw crossSite('The request comes from another site.');
  if (!equal(request.get('x-csrf-token') ?? '', session.csrf)) throw crossSite('x-csrf-token must hold the token of GET /auth/session.');
}

/** An event stream comes back by itself whenever it ends: nobody need be at the keyboard, and no header of ours can say so. */
const listens = (request: Request): boolean => request.get('Accept') === 'text/event-stream';

/** Puts the session of the cookie into the request's scope. Requests marked passive (polling) do not keep a session alive. */
export const sessionMiddleware =
  (signIn: SignIn): RequestHandler =>
  (request, _, next) => {
    const cookie = cookieOf(request, signIn.cookieName);
    if (cookie === undefined) return next();
    const passive = request.path === '/auth/session' || request.get('Raccordo-Passive') === 'true' || listens(request);
    signIn.sessions
      .find(cookie, !passive)
      .then((session) => {
        if (session) {
          if (!SAFE.has(request.method)) refuseCrossSite(request, session, signIn.originFor(request));
          sessions.set(request, session);
          const scope = scopeOf(request);
          scope.session = { id: session.id, login: session.login, acr: session.acr };
          scope.stillSignedIn = async () => (await signIn.sessions.find(cookie, false)) !== undefined;
        }
        next();
      })
      .catch(next);
  };
