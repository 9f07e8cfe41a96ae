import { useText } from '../text/strings';
import { protectionStrings } from './strings';

/** What the rules of erasures and unmaskings say, in words. */
export function useProtectionProblems(): Readonly<Record<string, string>> {
  const say = useText(protectionStrings);
  return {
    'erasure.self-approval': say('problem.self'),
    'unmask.self-approval': say('problem.self'),
    'erasure.already-decided': say('problem.decided'),
    'unmask.already-decided': say('problem.decided'),
    'erasure.not-found': say('problem.missing'),
    'case.not-found': say('problem.missing'),
    'unmask.no-value': say('unmask.noValue'),
  };
}
