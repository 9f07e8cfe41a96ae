export type Language = 'it' | 'en';
/** Italian, English. */
export type Labels = readonly [it: string, en: string];

export interface Code<C extends string = string> {
  readonly code: C;
  readonly it: string;
  readonly en: string;
}

/** A closed list of codes. Codes are never renamed or given another meaning: a new meaning is a new code and a new version. */
export interface CodeList<C extends string = string> {
  readonly name: string;
  readonly version: string;
  /** First and last day on which the list may be used, `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: string;
  readonly codes: readonly Code<C>[];
}

/** Where most of the lists come from; Italian labels are ours throughout. */
export const OWN = 'Raccordo; Italian labels are ours';
export const HTCDS =
  'Human Trafficking Case Data Standard 2.0, IOM, CC BY 4.0, extended where marked; Italian labels are ours; no endorsement by IOM';

/** Labels by code, in the order in which they are offered. */
export const codeList = <C extends string>(
  name: string,
  source: string,
  labels: Readonly<Record<C, Labels>>,
  version = '1',
  validFrom = '2025-01-01',
): CodeList<C> => ({
  name,
  version,
  validFrom,
  validTo: null,
  source,
  codes: (Object.entries(labels) as [C, Labels][]).map(([code, [it, en]]) => ({ code, it, en })),
});
