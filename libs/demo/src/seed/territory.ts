import type { PersonaKey } from '../personas';
import type { ActiveRegion } from './demo-world';

/** How the work of a region looks in the invented data. */
export interface Territory {
  readonly region: ActiveRegion;
  /** Takes cases in charge; their organisation and team. */
  readonly lead: PersonaKey;
  readonly organisation: string;
  readonly team: string;
  /** ISTAT codes of municipalities people work in. */
  readonly comuni: readonly string[];
  readonly cases: number;
  readonly companies: number;
  /** Days before today its first case was opened: how long the region has been at work. */
  readonly since: number;
}

export const TERRITORIES: readonly Territory[] = [
  {
    ...{ region: 'umbria', lead: 'giulia', organisation: 'progetto-umbria', team: 'equipe-umbria', cases: 16, companies: 4, since: 425 },
    comuni: ['054013', '054044', '054011', '054039', '054018'],
  },
  {
    ...{ region: 'toscana', lead: 'nora', organisation: 'progetto-costa', team: 'equipe-costa', cases: 14, companies: 3, since: 410 },
    comuni: ['051034', '051001', '053011', '050026', '049009'],
  },
  {
    ...{
      region: 'emilia-romagna',
      lead: 'ivo',
      organisation: 'progetto-emilia',
      team: 'equipe-emilia',
      cases: 13,
      companies: 3,
      since: 370,
    },
    comuni: ['037006', '040007', '039014', '034027'],
  },
  {
    ...{
      region: 'piemonte',
      lead: 'gina',
      organisation: 'progetto-piemonte',
      team: 'equipe-piemonte',
      cases: 10,
      companies: 2,
      since: 300,
    },
    comuni: ['001272', '004078', '004203', '005005'],
  },
  {
    ...{
      region: 'lombardia',
      lead: 'luca',
      organisation: 'progetto-lombardia',
      team: 'equipe-lombardia',
      cases: 7,
      companies: 2,
      since: 150,
    },
    comuni: ['015146', '017029', '020030'],
  },
];

export const territoryOf = (region: ActiveRegion): Territory => {
  const found = TERRITORIES.find((one) => one.region === region);
  if (!found) throw new Error(`nothing is planned for ${region}`);
  return found;
};
/** `umbria-3`: how the plan calls a case. */
export const caseKey = (region: string, n: number): string => `${region}-${n}`;
