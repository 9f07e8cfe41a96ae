import { useText } from '../text/strings';
import { administrationStrings } from './strings';

/** What the rules of people and policies say, in words. */
export function useAdministrationProblems(): Readonly<Record<string, string>> {
  const say = useText(administrationStrings);
  return {
    'policy.own-proposal': say('problem.own'),
    'policy.signer-not-dpo': say('problem.signer'),
    'policy.widening-unsigned': say('policy.unsigned'),
    'policy.outside-vocabulary': say('problem.vocabulary'),
    'policy.nothing-new': say('problem.nothing'),
    'member.own-role': say('problem.ownRole'),
    'member.role-above-ceiling': say('problem.ceiling'),
    'member.roles-incompatible': say('problem.together'),
    'member.login-taken': say('problem.taken'),
    'member.misuse-needs-other-organisation': say('problem.misuse'),
  };
}
