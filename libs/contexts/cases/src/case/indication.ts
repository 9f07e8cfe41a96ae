import { CODE_LISTS, isCode, type ListName, relateTo603bis, scoreIndicators } from '@platform/codes';
import { invalid } from '@platform/kernel';
import type { INDICATOR_LISTS } from './case';

/** What an assessment says: an indication for those who help, never a finding about anybody. */
export interface Assessment {
  /** Version of the list it was made with. */
  readonly version: string;
  /** What is sealed: each list has keys of its own, so that one assessment does not hide another. */
  readonly sealed: Readonly<Record<string, unknown>>;
}
export interface AssessmentGiven {
  readonly list: (typeof INDICATOR_LISTS)[number];
  readonly indicators: readonly string[];
  readonly exploitation: readonly string[];
}

/** Exploitation types the labour indicators speak about; the others have none here, so no labour score is shown for them. */
const LABOUR = ['ForcedLabour', 'ChildLabour', 'Servitude', 'ForcedCriminality', 'IllicitIntermediation', 'Other'];

/** @throws DomainError `case.unknown-indicator`, `case.unknown-exploitation-type` with the pointer */
export function assess({ list, indicators, exploitation }: AssessmentGiven): Assessment {
  exploitation.forEach((type, n) => {
    if (!isCode('exploitation-type', type))
      throw invalid('case.unknown-exploitation-type', `/exploitation/${n}`, 'This type of exploitation is not on the list.');
  });
  const given = [...new Set(indicators)].sort();
  switch (list) {
    case 'ilo_delphi': {
      const labour = exploitation.length === 0 || exploitation.some((type) => LABOUR.includes(type));
      const score = scoreIndicators(demanded(given, ['indicator']), 'adult');
      const shown = labour
        ? { indication: score.class, dimensions: score.dimensions.filter(({ positive }) => positive).map(({ dimension }) => dimension) }
        : { indication: null, dimensions: [] };
      return { version: CODE_LISTS.indicator.version, sealed: { indicators: given, exploitation, profile: score.profile, ...shown } };
    }
    case 'ilo_forced_labour':
      return {
        version: CODE_LISTS['forced-labour-indicator'].version,
        sealed: { forcedLabour: demanded(given, ['forced-labour-indicator']), exploitation },
      };
    default: {
      demanded(given, ['603bis-index', '603bis-element', '603bis-aggravating']);
      const on = (of: ListName): string[] => given.filter((code) => isCode(of, code));
      const { stateOfNeed, violenceOrThreat, bothHalves } = relateTo603bis({
        ...{ indicators: [], indices: on('603bis-index'), elements: on('603bis-element'), aggravating: on('603bis-aggravating') },
      });
      return {
        version: CODE_LISTS['603bis-index'].version,
        sealed: { article603bis: { codes: given, stateOfNeed, violenceOrThreat, bothHalves }, exploitation },
      };
    }
  }
}

function demanded(codes: readonly string[], lists: readonly ListName[]): readonly string[] {
  const wrong = codes.findIndex((code) => !lists.some((list) => isCode(list, code)));
  if (wrong >= 0) throw invalid('case.unknown-indicator', `/indicators/${wrong}`, 'This indicator is not on the list.');
  return codes;
}
