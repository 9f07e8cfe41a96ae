import { createHash } from 'node:crypto';
import type * as Client from 'openid-client';
import { DomainError } from '@platform/kernel';
import { type Acr, acrOf, acrValuesFor } from './acr';

export interface Issuer {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  /** Name that logins are derived from instead of the issuer's address, where that address is a chance of the day. */
  readonly name?: string;
}

/** What must come back unchanged with the answer of the issuer. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path to show after sign-in. */
  readonly goto: string;
}

export type Failure = 'denied' | 'attempt-unknown' | 'answer-invalid' | 'credentials' | 'too-many';

/** Sign-in did not succeed; the reason goes to the trail, not to the person. */
export class SignInFailed extends Error {
  constructor(readonly reason: Failure) {
    super(`sign-in failed: ${reason}`);
  }
}

/** Code flow with PKCE, state and nonce at any OpenID Connect issuer. Tokens are read once and thrown away. */
export class RelyingParty {
  #found: Promise<{ client: typeof Client; configuration: Client.Configuration }> | undefined;

  constructor(
    private readonly issuer: Issuer,
    private readonly redirectUri: string,
  ) {}

  /** @throws DomainError `sign-in.issuer-unavailable` */
  async begin(goto: string, hints: { acr?: Acr | undefined; login?: string | undefined }): Promise<{ url: URL; attempt: Attempt }> {
    const { client, configuration } = await this.#configured();
    const attempt: Attempt = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      goto,
    };
    const acrValues = hints.acr && acrValuesFor(hints.acr, configuration.serverMetadata().acr_values_supported ?? []);
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: 'openid',
      // Shared desks: a sign-in is always a fresh one, and a step-up is never answered from the issuer's memory.
      prompt: 'login',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      ...(acrValues ? { acr_values: acrValues } : {}),
      ...(hints.login ? { login_hint: hints.login } : {}),
    });
    return { url, attempt };
  }

  /**
   * Reads the issuer's answer.
   * @param query of the redirect, with `?`
   * @returns login: hex SHA-256 of `issuer|sub`
   * @throws SignInFailed
   */
  async finish(query: string, attempt: Attempt): Promise<{ login: string; acr: Acr }> {
    const { client, configuration } = await this.#configured();
    const answer = new URL(this.redirectUri + query);
    if (answer.searchParams.has('error')) throw new SignInFailed('denied');
    const tokens = await client
      .authorizationCodeGrant(configuration, answer, {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        if (error instanceof TypeError || (error as { name?: string }).name === 'TimeoutError') throw unavailable();
        throw new SignInFailed('answer-invalid');
      });
    const claims = tokens.claims();
    if (!claims) throw new SignInFailed('answer-invalid');
    return { login: loginOf(this.issuer.name ?? claims.iss, claims.sub), acr: acrOf(claims.acr) };
  }

  async #configured(): Promise<{ client: typeof Client; configuration: Client.Configuration }> {
    this.#found ??= this.#discover();
    try {
      return await this.#found;
    } catch {
      // The next person tries again: the issuer may be back.
      this.#found = undefined;
      throw unavailable();
    }
  }

  async #discover(): Promise<{ client: typeof Client; configuration: Client.Configuration }> {
    const client = await import('openid-client');
    const url = new URL(this.issuer.url);
    const authentication = this.issuer.clientSecret === undefined ? client.None() : client.ClientSecretBasic(this.issuer.clientSecret);
    const configuration = await client.discovery(url, this.issuer.clientId, this.issuer.clientSecret, authentication, {
      timeout: 10,
      // The configuration lets http through for loopback only.
      ...(url.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
    });
    return { client, configuration };
  }
}

const unavailable = (): DomainError =>
  new DomainError('sign-in.issuer-unavailable', 'unavailable', 'The sign-in service does not answer. Try again in a moment.', [], 5);

/** How members are known to us: no name, no number of the issuer's. */
export const loginOf = (issuer: string, sub: string): string => createHash('sha256').update(`${issuer}|${sub}`).digest('hex');

/** No issuer on the web can have this address. */
export const DEMO_ISSUER = 'urn:raccordo:demo';
/** Login of an invented person: the same on every port. */
export const demoLogin = (persona: string): string => loginOf(DEMO_ISSUER, persona);
