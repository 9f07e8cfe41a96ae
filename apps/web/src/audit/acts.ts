import { useText } from '../text/strings';
import { actStrings } from './act-strings';
import { ACTS_IT } from './acts-it-strings';

type Act = keyof typeof ACTS_IT;

/** Acts in words. The code itself stands beside them where one searches: it is what one searches by. */
export function useActs(): { readonly name: (act: string) => string; readonly known: readonly string[] } {
  const say = useText(actStrings);
  return { name: (act) => (act in ACTS_IT ? say(act as Act) : act), known: Object.keys(ACTS_IT) };
}
