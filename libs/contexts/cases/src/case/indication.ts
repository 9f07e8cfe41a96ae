import { invalid } from '@platform/kernel';
import type { AgeBand, INDICATOR_LISTS } from './case';

/** What an assessment says: an indication for those who help, never a finding about anybody. */
export interface Assessment {
  /** Version of the list it was made with. */
  readonly version: string;
  readonly indicators: readonly string[];
}

const ILO_FORCED_LABOUR =
  'abuse_of_vulnerability deception restriction_of_movement isolation physical_sexual_violence intimidation_threats retention_of_identity_documents withholding_of_wages debt_bondage abusive_working_living_conditions excessive_overtime'.split(
    ' ',
  );
const ART_603BIS = '603bis-1 603bis-2 603bis-3 603bis-4 agg-1 agg-2 agg-3 state_of_need violence_or_threat'.split(' ');
const DELPHI = { DR: 10, CR: 10, RV: 16, EX: 9, CD: 15, AD: 7 };
const onList = {
  ilo_delphi: (code: string) => {
    const [, dimension = '', number = ''] = /^([A-Z]{2})([0-9]{2})$/.exec(code) ?? [];
    return Number(number) >= 1 && Number(number) <= (DELPHI[dimension as keyof typeof DELPHI] ?? 0);
  },
  ilo_forced_labour: (code: string) => ILO_FORCED_LABOUR.includes(code),
  art_603bis: (code: string) => ART_603BIS.includes(code),
};

/** @throws DomainError `case.unknown-indicator` with the pointer */
export function assess(
  given: { list: (typeof INDICATOR_LISTS)[number]; indicators: readonly string[]; exploitation: readonly string[] },
  _age: AgeBand,
): Assessment {
  const wrong = given.indicators.findIndex((code) => !onList[given.list](code));
  if (wrong >= 0) throw invalid('case.unknown-indicator', `/indicators/${wrong}`, 'This indicator is not on the list.');
  return { version: '1', indicators: [...new Set(given.indicators)].sort() };
}
