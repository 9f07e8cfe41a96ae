/** Strength of a sign-in: 1 password, 2 two factors, 3 two factors of which one is certified hardware. */
export type Acr = 1 | 2 | 3;

const SPID = 'https://www.spid.gov.it/SpidL';

/** Level an issuer vouches for. What it does not name, or names in a way nobody told us, is the lowest. */
export function acrOf(claim: unknown): Acr {
  const level = typeof claim === 'string' ? (claim.startsWith(SPID) ? claim.slice(SPID.length) : claim) : undefined;
  return level === '3' ? 3 : level === '2' ? 2 : 1;
}

export const isAcr = (value: unknown): value is Acr => value === 1 || value === 2 || value === 3;

/** How to ask an issuer for a level, in the words it says it supports; undefined when it supports none of ours. */
export function acrValuesFor(acr: Acr, supported: readonly string[]): string | undefined {
  const levels = ([1, 2, 3] as const).filter((level) => level >= acr);
  // SPID: the levels at or above the one asked for, in order of preference.
  const spid = levels.map((level) => `${SPID}${level}`).filter((value) => supported.includes(value));
  const plain = levels.map(String).filter((value) => supported.includes(value));
  const values = spid.length > 0 ? spid : plain;
  return values.length > 0 ? values.join(' ') : undefined;
}
