import { useText } from '../text/strings';
import { emergencyStrings } from './strings';

/** What the rules of emergency access say, in words. */
export function useGlassProblems(): Readonly<Record<string, string>> {
  const say = useText(emergencyStrings);
  return {
    'case.not-found': say('problem.missing'),
    'breakGlass.not-found': say('problem.missing'),
    'breakGlass.review-overdue': say('problem.overdue'),
    'breakGlass.suspended': say('problem.suspended'),
    'breakGlass.kind-never': say('problem.never'),
    'breakGlass.case-closed': say('problem.closed'),
    'breakGlass.reviewer-same-organisation': say('problem.same'),
    'breakGlass.self-review': say('problem.self'),
    'breakGlass.still-open': say('problem.open'),
    'breakGlass.already-reviewed': say('problem.done'),
  };
}
