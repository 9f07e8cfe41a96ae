import { generateSecret, generateURI, verifySync } from 'otplib';

const PERIOD = 30;

/** A new secret, 160 bits in base32. */
export const newCodeSecret = (): string => generateSecret({ length: 20 });

/** What an authenticator application reads from a picture or a link. The names in it stay on the person's own device. */
export const codeUri = (issuer: string, secret: string, name: string): string => generateURI({ issuer, label: name, secret });

/**
 * The time step a code belongs to, if it is right for one that was not used yet: the present one, or its neighbours for clocks that differ.
 * @param after last step that was accepted: it and all before are refused, so that a code seen over the shoulder opens nothing
 */
export function stepOf(code: string, secret: string, now: string, after: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const epoch = Math.floor(Date.parse(now) / 1000);
  const found = verifySync({ secret, token: code, epoch, epochTolerance: PERIOD });
  if (!found.valid) return undefined;
  const step = Math.floor(epoch / PERIOD) + found.delta;
  return step > after ? step : undefined;
}
