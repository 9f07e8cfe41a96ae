import { invalid } from '@platform/kernel';
import type { Language } from './code-list';
import {
  type Dimension,
  dimensionOf,
  DIMENSIONS,
  delphiIndicators,
  type Indicator,
  isIndicator,
  type Profile,
  type Weight,
  weightOf,
} from './indicators';

/** What the screen says beside every result. */
export const INDICATION = 'indication, not a finding';

export type IndicationClass =
  'none' | 'exploited' | 'deception_and_exploitation' | 'trafficking_for_forced_labour' | 'trafficking_for_forced_labour_child';

type Words = Readonly<Record<Language, string>>;
export interface DimensionResult {
  readonly dimension: Dimension;
  readonly positive: boolean;
  readonly strong: readonly Indicator[];
  readonly medium: readonly Indicator[];
  readonly weak: readonly Indicator[];
  /** Which indicators made it positive, or why they did not. */
  readonly words: Words;
  /** What was recorded here and yet did not count: to be said aloud. */
  readonly blindSpot?: Words;
}

export interface Indication {
  readonly indication: typeof INDICATION;
  readonly profile: Profile;
  readonly class: IndicationClass;
  /** A means (deception, coercion, abuse of vulnerability) is indicated. */
  readonly means: boolean;
  readonly dimensions: readonly DimensionResult[];
  /** Indicators that are not on the list of this profile, and so did not count. */
  readonly notOnList: readonly Indicator[];
  readonly words: Words;
  readonly blindSpots: readonly Words[];
}

type Counts = Readonly<Record<Weight, number>>;

/** The rule of a dimension: two strong, one strong with any other, three medium, or two medium with a weak one. */
export const isPositive = ({ strong, medium, weak }: Counts): boolean =>
  strong >= 2 || (strong === 1 && medium + weak >= 1) || medium >= 3 || (medium === 2 && weak >= 1);

/**
 * Weighs indicators after the ILO-EC rule. Pure; the same indicator twice counts once.
 * @throws DomainError `indicator.unknown` (400)
 */
export function scoreIndicators(codes: readonly string[], profile: Profile): Indication {
  const known = [...new Set(codes)].map((code, n) => {
    if (!isIndicator(code)) throw invalid('indicator.unknown', `/indicators/${n}`, 'This indicator is not on the list.');
    return code;
  });
  const dimensions = (Object.keys(DIMENSIONS) as Dimension[]).map((dimension) =>
    weighed(
      dimension,
      known.filter((code) => dimensionOf(code) === dimension),
      profile,
    ),
  );
  const positive = new Set(dimensions.filter((result) => result.positive).map((result) => result.dimension));
  const found = classOf(positive, profile);
  return {
    indication: INDICATION,
    profile,
    class: found,
    means: (['DR', 'CR', 'RV', 'CD', 'AD'] as const).some((dimension) => positive.has(dimension)),
    dimensions,
    notOnList: known.filter((code) => weightOf(code, profile) === undefined),
    words: CLASS_WORDS[found],
    blindSpots: [...dimensions.flatMap(({ blindSpot }) => blindSpot ?? []), GENERAL_BLIND_SPOT],
  };
}

function weighed(dimension: Dimension, codes: readonly Indicator[], profile: Profile): DimensionResult {
  const of = (weight: Weight): Indicator[] => codes.filter((code) => weightOf(code, profile) === weight);
  const [strong, medium, weak] = [of('strong'), of('medium'), of('weak')];
  const counts = { strong: strong.length, medium: medium.length, weak: weak.length };
  const positive = isPositive(counts);
  const counted = [...strong, ...medium, ...weak];
  const [it, en] = DIMENSIONS[dimension];
  const result = { dimension, positive, strong, medium, weak };
  if (positive)
    return {
      ...result,
      words: {
        it: `${it}: indicata da ${named(counted, 'it')}.`,
        en: `${en}: indicated by ${named(counted, 'en')}.`,
      },
    };
  if (counted.length === 0)
    return { ...result, words: { it: `${it}: nessun indicatore registrato.`, en: `${en}: no indicator recorded.` } };
  return {
    ...result,
    words: {
      it: `${it}: registrato ${named(counted, 'it')}; la regola non lo considera sufficiente.`,
      en: `${en}: recorded ${named(counted, 'en')}; the rule does not take it as sufficient.`,
    },
    blindSpot: {
      it: `${it}: ${amount(counts, 'it')}. Per la regola non basta, ma può essere grave: decidono le persone, non il punteggio.`,
      en: `${en}: ${amount(counts, 'en')}. Not enough for the rule, yet it may be grave: people decide, not the score.`,
    },
  };
}

/** For a child exploitation is enough: no means has to be shown. */
function classOf(positive: ReadonlySet<Dimension>, profile: Profile): IndicationClass {
  if (!positive.has('EX')) return 'none';
  if (profile === 'child') return 'trafficking_for_forced_labour_child';
  if (positive.has('CD') && (positive.has('DR') || positive.has('CR'))) return 'trafficking_for_forced_labour';
  return positive.has('DR') ? 'deception_and_exploitation' : 'exploited';
}

const labels = new Map(delphiIndicators.codes.map((entry) => [entry.code, entry]));
const named = (codes: readonly Indicator[], language: Language): string =>
  codes.map((code) => `${code} (${labels.get(code)?.[language] ?? code})`).join(', ');

const WEIGHT_WORDS: Readonly<Record<Weight, Readonly<Record<Language, readonly [one: string, many: string]>>>> = {
  strong: { it: ['forte', 'forti'], en: ['strong', 'strong'] },
  medium: { it: ['medio', 'medi'], en: ['medium', 'medium'] },
  weak: { it: ['debole', 'deboli'], en: ['weak', 'weak'] },
};
const amount = (counts: Counts, language: Language): string => {
  const parts = (['strong', 'medium', 'weak'] as const)
    .filter((weight) => counts[weight] > 0)
    .map((weight) => `${counts[weight]} ${WEIGHT_WORDS[weight][language][counts[weight] === 1 ? 0 : 1]}`);
  return language === 'it' ? `indicatori registrati: ${parts.join(', ')}` : `indicators recorded: ${parts.join(', ')}`;
};

const CLASS_WORDS: Readonly<Record<IndicationClass, Words>> = {
  none: {
    it: 'Gli indicatori registrati non indicano sfruttamento secondo la regola. Non è un accertamento: non esclude nulla.',
    en: 'The indicators recorded do not indicate exploitation under the rule. This is not a finding: it rules nothing out.',
  },
  exploited: {
    it: 'Indicazione di condizioni di lavoro di sfruttamento. Non è un accertamento.',
    en: 'Indication of exploitative conditions of work. Not a finding.',
  },
  deception_and_exploitation: {
    it: 'Indicazione di reclutamento con inganno e di sfruttamento. Non è un accertamento.',
    en: 'Indication of deceptive recruitment and exploitation. Not a finding.',
  },
  trafficking_for_forced_labour: {
    it: 'Indicazione di tratta a scopo di lavoro forzato: reclutamento con inganno o coercizione, sfruttamento e coercizione a destinazione. Non è un accertamento.',
    en: 'Indication of trafficking for forced labour: deceptive or coercive recruitment, exploitation and coercion at destination. Not a finding.',
  },
  trafficking_for_forced_labour_child: {
    it: "Indicazione di tratta di minore a scopo di lavoro forzato: per un minore lo sfruttamento basta, senza i mezzi dell'inganno o della coercizione. Non è un accertamento.",
    en: 'Indication of trafficking of a child for forced labour: for a child exploitation is enough, without deception or coercion. Not a finding.',
  },
};

const GENERAL_BLIND_SPOT: Words = {
  it: 'La regola non vede: un solo indicatore forte, due soli medi, un medio con qualunque numero di deboli. Ciò che nessuno ha chiesto o potuto dire non è registrato.',
  en: 'The rule does not see: one strong indicator alone, two medium alone, one medium with any number of weak. What nobody asked or could say is not recorded.',
};
