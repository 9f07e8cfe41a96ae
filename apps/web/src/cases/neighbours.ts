/** Which regions share a border: public fact, by ISTAT. The islands border on none. */
const BORDERS: Readonly<Record<string, string>> = {
  piemonte: 'valle-d-aosta lombardia liguria emilia-romagna',
  'valle-d-aosta': 'piemonte',
  lombardia: 'piemonte trentino-alto-adige veneto emilia-romagna',
  'trentino-alto-adige': 'lombardia veneto',
  veneto: 'lombardia trentino-alto-adige friuli-venezia-giulia emilia-romagna',
  'friuli-venezia-giulia': 'veneto',
  liguria: 'piemonte emilia-romagna toscana',
  'emilia-romagna': 'piemonte lombardia veneto liguria toscana marche',
  toscana: 'liguria emilia-romagna umbria marche lazio',
  umbria: 'toscana marche lazio',
  marche: 'emilia-romagna toscana umbria lazio abruzzo',
  lazio: 'toscana umbria marche abruzzo molise campania',
  abruzzo: 'marche lazio molise',
  molise: 'lazio abruzzo campania puglia',
  campania: 'lazio molise puglia basilicata',
  puglia: 'molise campania basilicata',
  basilicata: 'campania puglia calabria',
  calabria: 'basilicata',
};

export const neighboursOf = (region: string): readonly string[] => (BORDERS[region] ?? '').split(' ').filter(Boolean);
