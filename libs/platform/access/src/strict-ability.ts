import { Ability } from '@casl/ability';

type Scalar = string | number | boolean;
/** The only three tests a rule may make on an attribute. */
type Test = { readonly eq: Scalar } | { readonly in: readonly Scalar[] } | { readonly gte: number } | { readonly lte: number };
export type Conditions = Readonly<Record<string, Test>>;
/** What is asked about: `type` and plain attributes. Whatever is not plain is denied. */
export interface Instance {
  readonly type: string;
  readonly [attribute: string]: unknown;
}
export interface Permit {
  readonly action: readonly string[];
  readonly subject: string;
  readonly conditions: Conditions;
}

// Bound once: these run a hundred times in each decision.
const owns = Object.hasOwn;
const isNotANumber = Number.isNaN;

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && !isNotANumber(value));

/** One attribute of an instance. Inherited, missing, array-like and NaN values match nothing; nothing is coerced. */
const attribute = (instance: object, name: string): Scalar | undefined => {
  const value: unknown = owns(instance, name) ? (instance as Record<string, unknown>)[name] : undefined;
  return isScalar(value) ? value : undefined;
};

type Matcher = (value: Scalar) => boolean;

function matcherOf(name: string, test: Test): Matcher {
  const [operator, expected, ...more] = Object.entries(test as Record<string, unknown>).flat();
  if (more.length > 0) throw new Error(`${name}: one test per attribute`);
  if (operator === 'eq' && isScalar(expected)) return (value) => value === expected;
  if (operator === 'in' && Array.isArray(expected) && expected.every(isScalar)) return (value) => expected.includes(value);
  if (operator === 'gte' && typeof expected === 'number' && isScalar(expected))
    return (value) => typeof value === 'number' && value >= expected;
  if (operator === 'lte' && typeof expected === 'number' && isScalar(expected))
    return (value) => typeof value === 'number' && value <= expected;
  throw new Error(`${name}: unknown test`);
}

const conditionsMatcher = (conditions: unknown): ((instance: object) => boolean) => {
  const tests = Object.entries(conditions as Conditions).map(([name, test]) => ({ name, matches: matcherOf(name, test) }));
  return (instance) =>
    tests.every(({ name, matches }) => {
      const value = attribute(instance, name);
      return value !== undefined && matches(value);
    });
};

/** What the rest of the library may ask an ability. */
export interface StrictAbility {
  can(action: string, instance: Instance): boolean;
}

/**
 * The only place where a CASL ability is made. CASL as it comes allows too much: its comparisons hold for missing values, equality looks into
 * arrays, a type stands for "any of these", `manage` and `all` match everything, a field rule grants the whole subject. Here there are only
 * permits over plain attributes; anything else is an error when the ability is made, or a denial when it is asked.
 */
export function strictAbility(permits: readonly Permit[]): StrictAbility {
  for (const { action, subject, conditions } of permits) {
    if ([...action, subject].some((word) => word === 'manage' || word === 'all' || word === ''))
      throw new Error('a permit names what it permits');
    if (Object.keys(conditions).length === 0) throw new Error(`${subject}: a permit without conditions is no permit`);
    // CASL compiles conditions only when they are first asked about; a faulty one has to fail now.
    conditionsMatcher(conditions);
  }
  const ability = new Ability<[string, string | Instance], unknown>(
    permits.map(({ action, subject, conditions }) => ({ action: [...action], subject, conditions })),
    {
      conditionsMatcher,
      detectSubjectType: (instance: Instance) => instance.type,
    },
  );
  return {
    can: (action, instance) => {
      if (typeof instance !== 'object' || instance === null || Array.isArray(instance)) return false;
      if (typeof action !== 'string' || typeof attribute(instance, 'type') !== 'string') return false;
      return ability.can(action, instance);
    },
  };
}
