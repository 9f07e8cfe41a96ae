/** An Italian region as the platform names it. Codes of ISO 3166-2:IT, ISTAT and NUTS 2021; adjacency is ours: which regions share a land border. */
export interface Region {
  /** Slug used in addresses, logs and handles. */
  readonly slug: string;
  readonly iso: string;
  readonly istat: string;
  /** Trentino-Alto Adige is two NUTS-2 units, one for each autonomous province. */
  readonly nuts2: readonly string[];
  readonly name: string;
  readonly neighbours: readonly string[];
}

const ROWS: readonly (readonly [istat: string, iso: string, nuts2: string, slug: string, name: string, neighbours: string])[] = [
  ['01', 'IT-21', 'ITC1', 'piemonte', 'Piemonte', '02 03 07 08'],
  ['02', 'IT-23', 'ITC2', 'valle-d-aosta', "Valle d'Aosta", '01'],
  ['03', 'IT-25', 'ITC4', 'lombardia', 'Lombardia', '01 04 05 08'],
  ['04', 'IT-32', 'ITH1 ITH2', 'trentino-alto-adige', 'Trentino-Alto Adige', '03 05'],
  ['05', 'IT-34', 'ITH3', 'veneto', 'Veneto', '03 04 06 08'],
  ['06', 'IT-36', 'ITH4', 'friuli-venezia-giulia', 'Friuli-Venezia Giulia', '05'],
  ['07', 'IT-42', 'ITC3', 'liguria', 'Liguria', '01 08 09'],
  ['08', 'IT-45', 'ITH5', 'emilia-romagna', 'Emilia-Romagna', '01 03 05 07 09 11'],
  ['09', 'IT-52', 'ITI1', 'toscana', 'Toscana', '07 08 10 11 12'],
  ['10', 'IT-55', 'ITI2', 'umbria', 'Umbria', '09 11 12'],
  ['11', 'IT-57', 'ITI3', 'marche', 'Marche', '08 09 10 12 13'],
  ['12', 'IT-62', 'ITI4', 'lazio', 'Lazio', '09 10 11 13 14 15'],
  ['13', 'IT-65', 'ITF1', 'abruzzo', 'Abruzzo', '11 12 14'],
  ['14', 'IT-67', 'ITF2', 'molise', 'Molise', '12 13 15 16'],
  ['15', 'IT-72', 'ITF3', 'campania', 'Campania', '12 14 16 17'],
  ['16', 'IT-75', 'ITF4', 'puglia', 'Puglia', '14 15 17'],
  ['17', 'IT-77', 'ITF5', 'basilicata', 'Basilicata', '15 16 18'],
  ['18', 'IT-78', 'ITF6', 'calabria', 'Calabria', '17'],
  ['19', 'IT-82', 'ITG1', 'sicilia', 'Sicilia', ''],
  ['20', 'IT-88', 'ITG2', 'sardegna', 'Sardegna', ''],
];

const slugOf = new Map(ROWS.map(([istat, , , slug]) => [istat, slug]));

export const REGIONS: readonly Region[] = ROWS.map(([istat, iso, nuts2, slug, name, neighbours]) => ({
  slug,
  iso,
  istat,
  nuts2: nuts2.split(' '),
  name,
  neighbours: neighbours.split(' ').flatMap((code) => slugOf.get(code) ?? []),
}));

const bySlug = new Map(REGIONS.map((region) => [region.slug, region]));

/** By slug; undefined for anything else. */
export const findRegion = (slug: string): Region | undefined => bySlug.get(slug);

/** Do the two share a land border? */
export const areNeighbours = (one: string, other: string): boolean => findRegion(one)?.neighbours.includes(other) ?? false;

/** By two-digit ISTAT code. */
export const regionSlug = (istat: string): string | undefined => slugOf.get(istat);
