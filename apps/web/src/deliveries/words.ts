import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { deliveryStrings } from './strings';

const INDICATOR_LISTS = ['indicator', 'forced-labour-indicator', '603bis-index', '603bis-aggravating'] as const;
type Band = keyof typeof deliveryStrings.it.band;

/** Codes of alerts in words. */
export function useAlertWords() {
  const codes = useCodes();
  const say = useText(deliveryStrings);
  const indicator = (code: string): string => {
    for (const list of INDICATOR_LISTS) {
      const label = codes.label(list, code);
      if (label !== code) return label;
    }
    return code;
  };
  const listed = (words: readonly string[]): string => (words.length === 0 ? say('told.nothing') : words.join(', '));
  return {
    codes,
    indicators: (of: readonly string[] = []): string => listed(of.map(indicator)),
    patterns: (of: readonly string[] = []): string => listed(of.map((code) => codes.label('territorial-pattern', code))),
    band: (band: string): string => (band in deliveryStrings.it.band ? say(`band.${band as Band}`) : band),
    kind: (kind: string): string => codes.label('organisation-kind', kind),
  };
}

/** What the rules of deliveries and subscriptions say, in words. */
export function useDeliveryProblems(): Readonly<Record<string, string>> {
  const say = useText(deliveryStrings);
  return {
    'alertDelivery.not-now': say('problem.notNow'),
    'subscription.beyond-competence': say('problem.beyond'),
    'subscription.kind-without-profile': say('problem.noProfile'),
  };
}
