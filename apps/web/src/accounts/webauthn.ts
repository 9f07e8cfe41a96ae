/** What the server sends for `navigator.credentials`, with everything binary as base64url. */
export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id?: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly pubKeyCredParams: readonly { readonly alg: number; readonly type: 'public-key' }[];
  readonly excludeCredentials?: readonly { readonly id: string }[];
  readonly authenticatorSelection?: AuthenticatorSelectionCriteria;
  readonly timeout?: number;
  readonly attestation?: AttestationConveyancePreference;
}
export interface RequestOptions {
  readonly challenge: string;
  readonly rpId?: string;
  readonly timeout?: number;
  readonly userVerification?: UserVerificationRequirement;
}

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const base64url = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** The person closed the browser's dialog, or has no such key here. */
export class NoPasskey extends Error {}

export async function createPasskey(options: CreationOptions): Promise<{ id: string; clientDataJSON: string; attestationObject: string }> {
  const { challenge, user, excludeCredentials = [], pubKeyCredParams, ...rest } = options;
  const made = await navigator.credentials
    .create({
      publicKey: {
        ...rest,
        challenge: bytes(challenge),
        user: { ...user, id: bytes(user.id) },
        pubKeyCredParams: [...pubKeyCredParams],
        excludeCredentials: excludeCredentials.map(({ id }) => ({ id: bytes(id), type: 'public-key' })),
      },
    })
    .catch(() => null);
  if (!(made instanceof PublicKeyCredential)) throw new NoPasskey();
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  return { id: made.id, clientDataJSON: base64url(clientDataJSON), attestationObject: base64url(attestationObject) };
}

export async function answerPasskey({ challenge, rpId, ...rest }: RequestOptions): Promise<{
  id: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
}> {
  const given = await navigator.credentials
    .get({ publicKey: { ...rest, challenge: bytes(challenge), ...(rpId === undefined ? {} : { rpId }) } })
    .catch(() => null);
  if (!(given instanceof PublicKeyCredential)) throw new NoPasskey();
  const { clientDataJSON, authenticatorData, signature } = given.response as AuthenticatorAssertionResponse;
  return {
    id: given.id,
    clientDataJSON: base64url(clientDataJSON),
    authenticatorData: base64url(authenticatorData),
    signature: base64url(signature),
  };
}

/** Whether this browser knows passkeys; whether the address can have them says the server. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in window;
