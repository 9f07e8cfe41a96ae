import type { RequestHandler } from 'express';
import { OpaqueTokens } from '@platform/http';
import { Clock } from '@platform/kernel';
import { DemoIssuer, type Persona } from './demo-issuer';
import { type Attempt, type Failure, type Issuer, RelyingParty } from './relying-party';
import { sessionMiddleware } from './session-middleware';
import { type SessionLimits, SessionStore, type Sql } from './session-store';

/** A sign-in that did not succeed, for the trail: no name, no address, only what may be counted. */
export interface FailedSignIn {
  readonly reason: Failure;
  /** ISO 8601. */
  readonly at: string;
  readonly request: string;
  /** Keyed token of the network address: the same address, the same token. */
  readonly from: string;
}

export interface SignInOptions {
  /** Connection as `raccordo_gateway`. */
  readonly sql: Sql;
  readonly clock: Clock;
  readonly tokens: OpaqueTokens;
  /** Address people reach this service under, without a path; asked for only once the service listens. */
  readonly baseUrl: () => string;
  readonly limits: SessionLimits;
  /** Exactly one way to sign in; undefined: nobody can. */
  readonly issuer: Issuer | { readonly personas: readonly Persona[] } | undefined;
  /** Must not throw; what it returns is awaited before the person is answered. */
  readonly onFailure: (failure: FailedSignIn) => Promise<void> | void;
}

export const CALLBACK_PATH = '/auth/callback';
export const ISSUER_PATH = '/oidc';
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Everything about signing in that lives as long as the process. */
export class SignIn {
  readonly sessions: SessionStore;
  #party: RelyingParty | undefined;
  #demo: DemoIssuer | undefined;

  constructor(readonly options: SignInOptions) {
    this.sessions = new SessionStore(options.sql, options.clock, options.limits);
  }

  get demo(): boolean {
    return this.options.issuer !== undefined && 'personas' in this.options.issuer;
  }
  /** e.g. `https://raccordo.example`, without a slash at the end. */
  get origin(): string {
    return new URL(this.options.baseUrl()).origin;
  }
  get secure(): boolean {
    return this.origin.startsWith('https:');
  }
  /** `__Host-` binds the cookie to this host; browsers take the prefix with Secure only. */
  get cookieName(): string {
    return this.secure ? '__Host-raccordo-session' : 'raccordo-session';
  }

  /** Undefined when no way to sign in is configured. */
  party(): RelyingParty | undefined {
    const { issuer } = this.options;
    if (!issuer) return undefined;
    const client: Issuer = 'personas' in issuer ? this.#issuer(issuer.personas).client : issuer;
    this.#party ??= new RelyingParty(client, this.origin + CALLBACK_PATH);
    return this.#party;
  }

  /** For `prepareHttp`: the embedded issuer where there is one, then the session of every request. */
  middleware(): RequestHandler[] {
    const { issuer } = this.options;
    if (!issuer || !('personas' in issuer)) return [sessionMiddleware(this)];
    const demo: RequestHandler = (request, response, next) => {
      if (request.path !== ISSUER_PATH && !request.path.startsWith(`${ISSUER_PATH}/`)) return next();
      this.#issuer(issuer.personas).handle(request, response).catch(next);
    };
    return [demo, sessionMiddleware(this)];
  }

  sealAttempt = (attempt: Attempt): string =>
    this.options.tokens.seal('sign-in', Buffer.from(JSON.stringify({ ...attempt, at: this.options.clock.now() })));

  /** The attempt this browser began less than ten minutes ago. */
  openAttempt(sealed: string | undefined): Attempt | undefined {
    const text = sealed === undefined ? undefined : this.options.tokens.open('sign-in', sealed)?.toString('utf8');
    if (text === undefined) return undefined;
    const { at, ...attempt } = JSON.parse(text) as Attempt & { at: string };
    return Date.parse(this.options.clock.now()) - Date.parse(at) > 600_000 ? undefined : attempt;
  }

  #issuer(personas: readonly Persona[]): DemoIssuer {
    const base = this.origin;
    // Whoever reaches this issuer is whoever they choose to be.
    if (!LOOPBACK.has(new URL(base).hostname)) throw new Error('the embedded issuer serves a loopback address only');
    this.#demo ??= new DemoIssuer(base + ISSUER_PATH, base + CALLBACK_PATH, personas, this.options.clock);
    return this.#demo;
  }
}
