import { useText } from '../text/strings';
import { alertStrings } from './strings';

/** What the rules of alerts say, in words. */
export function useAlertProblems(): Readonly<Record<string, string>> {
  const say = useText(alertStrings);
  return {
    'alert.cohort-too-small': say('problem.cohortTooSmall'),
    'alert.company-disputed': say('problem.disputed'),
    'alert.cohort-too-small-for-audience': say('problem.outsideTooSmall'),
    'alert.company-beyond-audience': say('problem.companyBeyond'),
    'alert.formal-act-only': say('problem.formalAct'),
    'alert.deliveries-open': say('problem.open'),
    'alert.release-by-holder': say('problem.holder'),
    'alert.not-now': say('problem.notNow'),
    'alert.subject-is-a-person': say('problem.person'),
  };
}
