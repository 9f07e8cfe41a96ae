import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { DomainError } from '@platform/kernel';
import type { Identity, Trust } from './identity';

/** Seconds by which two machines' clocks may differ. */
const SKEW = 5;

export interface TokenRules {
  /** `typ` of the header: keeps a person's word and a service's own apart, whatever the claims say. */
  readonly typ: string;
  readonly audience: string;
  /** Services whose signature counts. */
  readonly issuers: readonly string[];
}

export const sign = (identity: Identity, typ: string, audience: string, seconds: number, claims: JWTPayload): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...claims, iss: identity.name, aud: audience, iat: now, nbf: now, exp: now + seconds })
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: identity.kid })
    .sign(identity.key);
};

/** @throws DomainError `assertion.invalid` (401), or `assertion.not-current` (503) for a good one at the wrong time */
export async function verify(trust: Trust, token: string, { typ, audience, issuers }: TokenRules): Promise<JWTPayload & { iss: string }> {
  try {
    const { kid = '' } = decodeProtectedHeader(token);
    for (const issuer of issuers) {
      const key = trust.key(issuer, kid);
      if (!key) continue;
      const { payload } = await jwtVerify(token, key, {
        ...{ typ, audience, issuer, algorithms: ['EdDSA'], clockTolerance: SKEW },
        requiredClaims: ['exp', 'nbf', 'iat'],
      });
      return { ...payload, iss: issuer };
    }
  } catch (error) {
    if (isUntimely(error)) throw untimely();
  }
  throw invalidAssertion();
}

/** Only looked at after the signature held: clocks that are minutes apart are no reason to send everybody to the sign-in page. */
const isUntimely = (error: unknown): boolean =>
  error instanceof errors.JWTExpired || (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf');

const untimely = (): DomainError =>
  new DomainError('assertion.not-current', 'unavailable', 'The clocks of two services differ too much.', [], 5);
export const invalidAssertion = (): DomainError =>
  new DomainError('assertion.invalid', 'unauthenticated', 'Requests reach this service through the gateway only.');
