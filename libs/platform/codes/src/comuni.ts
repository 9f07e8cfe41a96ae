import { COMUNI, COMUNI_AS_OF } from './comuni-data';
import { findRegion, regionSlug } from './regions';

export interface Province {
  /** Three-digit ISTAT code. */
  readonly code: string;
  readonly letters: string;
  readonly name: string;
  /** Slug. */
  readonly region: string;
}

export interface Comune {
  /** Six-digit ISTAT code, the only key: names repeat and change. */
  readonly istat: string;
  readonly name: string;
  readonly province: Province;
  /** Slug. */
  readonly region: string;
  /** The list knows who existed on that day, not since when; null: still in the list. */
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** A place made coarser, for whoever may know a zone but not the town. */
export interface Band {
  readonly band: 'province' | 'region';
  readonly code: string;
  readonly name: string;
  /** Slug. */
  readonly region: string;
}

interface Table {
  readonly byCode: ReadonlyMap<string, Comune>;
  /** In the order of their names. */
  readonly sorted: readonly { readonly comune: Comune; readonly folded: string }[];
}

/** Lower case, without accents, apostrophes and hyphens: `forza d agro` finds Forza d'Agrò. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

let table: Table | undefined;

/** Unpacked at first use: 8,000 rows in some ten milliseconds. */
function comuni(): Table {
  if (table) return table;
  const byCode = new Map<string, Comune>();
  for (const line of COMUNI.split('\n')) {
    const colon = line.indexOf(':');
    const [code = '', letters = '', istatRegion = '', name = ''] = line.slice(0, colon).split('|');
    const region = regionSlug(istatRegion) ?? '';
    const province: Province = { code, letters, name, region };
    for (const entry of line.slice(colon + 1).split(';')) {
      const istat = code + entry.slice(0, 3);
      byCode.set(istat, { istat, name: entry.slice(3), province, region, validFrom: COMUNI_AS_OF, validTo: null });
    }
  }
  const sorted = [...byCode.values()]
    .map((comune) => ({ comune, folded: fold(comune.name) }))
    .sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.comune.istat < b.comune.istat ? -1 : 1));
  table = { byCode, sorted };
  return table;
}

/** By six-digit ISTAT code; undefined for anything else. */
export const findComune = (istat: string): Comune | undefined => comuni().byCode.get(istat);

/**
 * Names that begin with what was typed, then names with a later word that does; both in alphabetical order. Accents, case,
 * apostrophes and hyphens make no difference.
 * @param region slug; only its municipalities
 */
export function searchComuni(prefix: string, region?: string, limit = 20): Comune[] {
  const wanted = fold(prefix);
  if (wanted === '' || limit < 1) return [];
  const rows = comuni().sorted.filter(({ comune }) => region === undefined || comune.region === region);
  const first = rows.filter(({ folded }) => folded.startsWith(wanted));
  const later = first.length < limit ? rows.filter(({ folded }) => folded.includes(` ${wanted}`) && !folded.startsWith(wanted)) : [];
  return [...first, ...later].slice(0, limit).map(({ comune }) => comune);
}

/** Every municipality of a region, in the order of their names. */
export const comuniOf = (region: string): Comune[] => comuni().sorted.flatMap(({ comune }) => (comune.region === region ? [comune] : []));

/** The province or region a municipality lies in, in place of the municipality. Undefined for an unknown code. */
export function generalise(istat: string, to: Band['band'] = 'province'): Band | undefined {
  const comune = findComune(istat);
  if (!comune) return undefined;
  const { province, region } = comune;
  if (to === 'province') return { band: 'province', code: province.code, name: province.name, region };
  const whole = findRegion(region);
  return whole && { band: 'region', code: whole.istat, name: whole.name, region };
}

/** Every province with a municipality, in the order of their names. */
export function provinces(): Province[] {
  const all = new Map([...comuni().byCode.values()].map(({ province }) => [province.code, province]));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name, 'it'));
}
