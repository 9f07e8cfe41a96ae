import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

/** As much of a browser's answer as is looked at; everything base64url. */
export interface NewPasskey {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
}
export interface PasskeyAnswer {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

export interface StoredPasskey {
  readonly id: string;
  readonly subject: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  /** The key cannot leave its device: no cloud holds a copy. */
  readonly deviceBound: boolean;
}

/** Ed25519, ES256, RS256: what devices have. */
const ALGORITHMS = [-8, -7, -257];

/** Names of the web a passkey is bound to. An address in numbers is none: there are no passkeys there. */
export const relyingPartyOf = (origin: string): string | undefined => {
  const { hostname } = new URL(origin);
  return /^[\d.]+$/.test(hostname) || hostname.startsWith('[') ? undefined : hostname;
};

export interface NewKey {
  /** What devices call this installation. */
  readonly house: string;
  readonly name: string;
  /** 32 bytes that stand for the account at the authenticator. */
  readonly handle: Buffer;
  /** base64url */
  readonly challenge: string;
  readonly known: readonly string[];
}

export const creationOptions = (origin: string, { house, name, handle, challenge, known }: NewKey): Promise<CreationOptions> =>
  generateRegistrationOptions({
    rpName: house,
    rpID: relyingPartyOf(origin) ?? '',
    userName: name,
    userDisplayName: name,
    userID: new Uint8Array(handle),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: 300_000,
  });

export const requestOptions = (origin: string, challenge: string): Promise<RequestOptions> =>
  generateAuthenticationOptions({
    rpID: relyingPartyOf(origin) ?? '',
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
    timeout: 300_000,
  });

/** What to keep of a new passkey; undefined when the answer is not one to this challenge, from this origin, with the person verified. */
export async function registered(
  origin: string,
  challenge: string,
  answer: NewPasskey,
): Promise<Omit<StoredPasskey, 'subject'> | undefined> {
  const { id, clientDataJSON, attestationObject } = answer;
  const checked = await verifyRegistrationResponse({
    response: { id, rawId: id, type: 'public-key', response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: relyingPartyOf(origin) ?? '',
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined);
  if (!checked?.verified) return undefined;
  const { credential, credentialDeviceType } = checked.registrationInfo;
  const { publicKey, counter } = credential;
  return { id: credential.id, publicKey: Buffer.from(publicKey), counter, deviceBound: credentialDeviceType === 'singleDevice' };
}

/** The new counter, and whether the key is still bound to its device; undefined when the signature or anything about it is wrong. */
export async function answered(
  origin: string,
  challenge: string,
  { publicKey, counter, ...known }: StoredPasskey,
  { id, clientDataJSON, authenticatorData, signature }: PasskeyAnswer,
): Promise<{ counter: number; deviceBound: boolean } | undefined> {
  const checked = await verifyAuthenticationResponse({
    response: {
      ...{ id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} },
      response: { clientDataJSON, authenticatorData, signature },
    },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: relyingPartyOf(origin) ?? '',
    requireUserVerification: true,
    credential: { id: known.id, publicKey: new Uint8Array(publicKey), counter },
  }).catch(() => undefined);
  if (!checked?.verified) return undefined;
  const { newCounter, credentialDeviceType } = checked.authenticationInfo;
  return { counter: newCounter, deviceBound: known.deviceBound && credentialDeviceType === 'singleDevice' };
}
