export interface Comune {
  readonly istat: string;
  readonly name: string;
  readonly province: string;
}

/** Municipalities of one region that the page holds, for when there is no line to ask over. */
let known: { readonly region: string; readonly items: readonly Comune[] } | undefined;

export const rememberComuni = (region: string, items: readonly Comune[]): void => void (known = { region, items });
export const knownRegion = (): string | undefined => known?.region;

/** Case and accents make no difference, as on the server. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function knownComuni(prefix: string, limit: number): readonly Comune[] {
  const asked = plain(prefix);
  return (known?.items ?? []).filter(({ name }) => plain(name).startsWith(asked)).slice(0, limit);
}
export const knownComune = (istat: string): Comune | undefined => known?.items.find((one) => one.istat === istat);
