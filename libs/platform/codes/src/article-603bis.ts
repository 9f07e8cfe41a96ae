import { invalid } from '@platform/kernel';
import { codeList, type Language, OWN } from './code-list';
import { INDICATION } from './delphi-scoring';
import { type Indicator, isIndicator } from './indicators';

const SOURCE = `Italian criminal code, art. 603-bis (law 199/2016); ${OWN}`;

export const article603bisIndices = codeList('603bis-index', SOURCE, {
  '603bis-1': [
    'Retribuzioni reiteratamente e palesemente difformi dai contratti collettivi, o sproporzionate al lavoro prestato',
    'Wages repeatedly and plainly below collective agreements, or out of proportion to the work done',
  ],
  '603bis-2': [
    'Violazione reiterata di orario, riposi, riposo settimanale, aspettativa obbligatoria, ferie',
    'Repeated breach of working hours, rest, weekly rest, compulsory leave, holidays',
  ],
  '603bis-3': ['Violazioni delle norme su sicurezza e igiene nei luoghi di lavoro', 'Breaches of the rules on safety and hygiene at work'],
  '603bis-4': [
    'Condizioni di lavoro, metodi di sorveglianza o situazioni alloggiative degradanti',
    'Degrading conditions of work, surveillance or housing',
  ],
});
export type Article603bisIndex = (typeof article603bisIndices.codes)[number]['code'];

export const article603bisAggravating = codeList('603bis-aggravating', SOURCE, {
  'agg-1': ['Più di tre lavoratori reclutati', 'More than three workers recruited'],
  'agg-2': ['Minori in età non lavorativa', 'Minors below working age'],
  'agg-3': ['Esposizione a situazioni di grave pericolo', 'Exposure to grave danger'],
});

export const article603bisElements = codeList('603bis-element', SOURCE, {
  state_of_need: ['Approfittamento dello stato di bisogno', 'Taking advantage of a state of need'],
  violence_or_threat: ['Violenza o minaccia', 'Violence or threat'],
});

export const article603bisActors = codeList('603bis-actor', SOURCE, {
  recruiter: ['Chi recluta (n. 1)', 'Recruiter (no. 1)'],
  employer_user: ['Chi utilizza, assume o impiega (n. 2)', 'Employer or user (no. 2)'],
});

/** Which ILO-EC indicators speak for which index. Our own reading, not the law's. */
export const ARTICLE_603BIS_CROSSWALK: Readonly<Record<Article603bisIndex, readonly Indicator[]>> = {
  '603bis-1': ['EX02', 'EX03', 'CD14'],
  '603bis-2': ['EX01'],
  '603bis-3': ['EX05', 'EX06'],
  '603bis-4': ['EX04', 'CD03'],
};

export interface Article603bisRecord {
  /** Codes of `indicator`, `603bis-index`, `603bis-element` and `603bis-aggravating`. */
  readonly indicators: readonly string[];
  readonly indices?: readonly string[];
  readonly elements?: readonly string[];
  readonly aggravating?: readonly string[];
}

export interface Article603bisIndication {
  readonly indication: typeof INDICATION;
  readonly indices: readonly { readonly index: Article603bisIndex; readonly recorded: boolean; readonly from: readonly Indicator[] }[];
  readonly stateOfNeed: boolean;
  readonly violenceOrThreat: boolean;
  readonly aggravating: readonly string[];
  /** At least one index and a recorded state of need: what the article asks for together. */
  readonly bothHalves: boolean;
  readonly words: Readonly<Record<Language, readonly string[]>>;
}

/**
 * What was recorded, laid beside the article. It says what is missing as plainly as what is there.
 * @throws DomainError `indicator.unknown` (400)
 */
export function relateTo603bis(record: Article603bisRecord): Article603bisIndication {
  const indicators = new Set(known(record.indicators, isIndicator, '/indicators'));
  const recorded = new Set(known(record.indices ?? [], among(article603bisIndices.codes), '/indices'));
  const elements = new Set(known(record.elements ?? [], among(article603bisElements.codes), '/elements'));
  const aggravating = [...new Set(known(record.aggravating ?? [], among(article603bisAggravating.codes), '/aggravating'))];
  const indices = article603bisIndices.codes
    .map(({ code }) => ({
      index: code,
      recorded: recorded.has(code),
      from: ARTICLE_603BIS_CROSSWALK[code].filter((indicator) => indicators.has(indicator)),
    }))
    .filter((found) => found.recorded || found.from.length > 0);
  const stateOfNeed = elements.has('state_of_need');
  const facts = { indices, stateOfNeed, violenceOrThreat: elements.has('violence_or_threat'), aggravating };
  return {
    indication: INDICATION,
    ...facts,
    bothHalves: indices.length > 0 && stateOfNeed,
    words: { it: inWords(facts, 'it'), en: inWords(facts, 'en') },
  };
}

type Facts = Pick<Article603bisIndication, 'indices' | 'stateOfNeed' | 'violenceOrThreat' | 'aggravating'>;

function inWords({ indices, stateOfNeed, violenceOrThreat, aggravating }: Facts, language: Language): string[] {
  const say = (it: string, en: string): string => (language === 'it' ? it : en);
  const label = (codes: readonly { code: string; it: string; en: string }[], code: string): string =>
    codes.find((entry) => entry.code === code)?.[language] ?? code;
  const made = indices.map(({ index, recorded, from }) => {
    const why = [...(recorded ? [say('registrato', 'recorded')] : []), ...(from.length > 0 ? [say('da ', 'from ') + from.join(', ')] : [])];
    return `${index}: ${label(article603bisIndices.codes, index)} (${why.join('; ')}).`;
  });
  return [
    ...(made.length > 0 ? made : [say('Nessun indice registrato.', 'No index recorded.')]),
    stateOfNeed
      ? say('Stato di bisogno: registrato.', 'State of need: recorded.')
      : say(
          'Stato di bisogno: non registrato; gli indici da soli non bastano.',
          'State of need: not recorded; indices alone are not enough.',
        ),
    violenceOrThreat
      ? say('Violenza o minaccia: registrata.', 'Violence or threat: recorded.')
      : say('Violenza o minaccia: non registrata; non è necessaria.', 'Violence or threat: not recorded; it is not required.'),
    ...aggravating.map((code) => `${code}: ${label(article603bisAggravating.codes, code)}.`),
    ...(indices.some(({ index }) => index === '603bis-1' || index === '603bis-2')
      ? [say('Gli indici 1 e 2 chiedono che il fatto sia reiterato: verificare.', 'Indices 1 and 2 ask for repetition: to be checked.')]
      : []),
    say('Indicazione, non accertamento: decide il giudice.', 'An indication, not a finding: courts decide.'),
  ];
}

const among =
  <C extends string>(codes: readonly { readonly code: C }[]) =>
  (code: string): code is C =>
    codes.some((entry) => entry.code === code);

const known = <C extends string>(codes: readonly string[], is: (code: string) => code is C, pointer: string): C[] =>
  codes.map((code, n) => {
    if (!is(code)) throw invalid('indicator.unknown', `${pointer}/${n}`, 'This code is not on the list.');
    return code;
  });
