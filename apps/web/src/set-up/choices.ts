import type { Choice } from '../text/codes';

/** Needed before anybody can sign in, so they cannot come from the server's lists. Slugs are the server's. */
const REGIONS = {
  abruzzo: 'Abruzzo',
  basilicata: 'Basilicata',
  calabria: 'Calabria',
  campania: 'Campania',
  'emilia-romagna': 'Emilia-Romagna',
  'friuli-venezia-giulia': 'Friuli-Venezia Giulia',
  lazio: 'Lazio',
  liguria: 'Liguria',
  lombardia: 'Lombardia',
  marche: 'Marche',
  molise: 'Molise',
  piemonte: 'Piemonte',
  puglia: 'Puglia',
  sardegna: 'Sardegna',
  sicilia: 'Sicilia',
  toscana: 'Toscana',
  'trentino-alto-adige': 'Trentino-Alto Adige/Südtirol',
  umbria: 'Umbria',
  'valle-d-aosta': 'Valle d’Aosta/Vallée d’Aoste',
  veneto: 'Veneto',
} as const;

const KINDS = {
  anti_trafficking_project: 'Progetto antitratta / Anti-trafficking project',
  social_cooperative: 'Cooperativa sociale / Social cooperative',
  association: 'Associazione / Association',
  church_body: 'Ente religioso / Church body',
  local_authority: 'Ente locale / Local authority',
  social_services: 'Servizi sociali / Social services',
} as const;

const choices = (of: Readonly<Record<string, string>>): readonly Choice[] => Object.entries(of).map(([value, label]) => ({ value, label }));
export const ITALIAN_REGIONS = choices(REGIONS);
export const CUSTODIAN_KINDS = choices(KINDS);
