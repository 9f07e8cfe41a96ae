import type { Request, RequestHandler, Response } from 'express';
import { OpaqueTokens, scopeOf } from '@platform/http';
import { Clock } from '@platform/kernel';
import { cookieOf, setCookie } from './cookies';
import { DemoIssuer, type Persona } from './demo-issuer';
import { LocalAccounts } from './local/local-accounts';
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
  /** Whom to write to about obstacles, as the accessibility statement says. */
  readonly contact?: string | undefined;
  /** Exactly one way to sign in; undefined: nobody can. `accountsKey`: 32 bytes that seal the accounts of an installation that is its own issuer; `house`: what people's devices call it. */
  readonly issuer:
    Issuer | { readonly personas: readonly Persona[] } | { readonly accountsKey: Buffer; readonly house: string } | undefined;
  /** Must not throw; what it returns is awaited before the person is answered. */
  readonly onFailure: (failure: FailedSignIn) => Promise<void> | void;
}

export const WAYS = ['demo', 'issuer', 'local', 'none'] as const;
export type Way = (typeof WAYS)[number];

export const CALLBACK_PATH = '/auth/callback';
export const ISSUER_PATH = '/oidc';
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Everything about signing in that lives as long as the process. */
export class SignIn {
  readonly sessions: SessionStore;
  /** Where the installation is its own issuer. */
  readonly accounts: LocalAccounts | undefined;
  #party: RelyingParty | undefined;
  #demo: DemoIssuer | undefined;

  constructor(readonly options: SignInOptions) {
    const { sql, clock, tokens, issuer } = options;
    this.sessions = new SessionStore(sql, clock, options.limits);
    this.accounts =
      issuer && 'accountsKey' in issuer
        ? new LocalAccounts(sql, clock, this.sessions, tokens, issuer.accountsKey, issuer.house)
        : undefined;
  }

  get demo(): boolean {
    return this.options.issuer !== undefined && 'personas' in this.options.issuer;
  }
  get way(): Way {
    return this.demo ? 'demo' : this.accounts ? 'local' : this.options.issuer ? 'issuer' : 'none';
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

  /**
   * The address a browser reached us under. On one's own machine `localhost` is the same place as the address in numbers, and the only one
   * of the two that passkeys know; a name that merely leads here is not.
   */
  originFor(request: Request): string {
    const own = new URL(this.origin);
    if (!this.accounts || !LOOPBACK.has(own.hostname)) return this.origin;
    const host = request.get('Host') ?? '';
    return [...LOOPBACK].some((name) => host === `${name}:${own.port}`) ? `${own.protocol}//${host}` : this.origin;
  }

  /** Gives the browser a session; the one it had before ends. */
  async admit(request: Request, response: Response, { login, acr }: { login: string; acr: number }): Promise<void> {
    const cookie = await this.sessions.open(login, acr, cookieOf(request, this.cookieName));
    setCookie(response, this.cookieName, cookie, { path: '/', sameSite: 'Strict', secure: this.secure });
  }

  /** Puts a sign-in that failed on record. */
  async report(request: Request, reason: Failure): Promise<void> {
    const { clock, tokens, onFailure } = this.options;
    await onFailure({ reason, at: clock.now(), request: scopeOf(request).request, from: tokens.actorToken(`address ${request.ip ?? ''}`) });
  }

  /** Undefined when people do not sign in at an issuer. */
  party(): RelyingParty | undefined {
    const { issuer } = this.options;
    if (!issuer || 'accountsKey' in issuer) return undefined;
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
