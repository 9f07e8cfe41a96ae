import { isRegion, isStream } from '@platform/kernel';

/**
 * What a field of an event may hold. There is no rule for free text, names, numbers or addresses of people: such values have no place in an
 * event, only a vault reference has.
 */
export const FIELD_RULES = [
  'code',
  'ref',
  'vault',
  'date',
  'instant',
  'count',
  'flag',
  'region',
  'digest',
  'label',
  'policy',
  'list',
  'record',
] as const;
export type FieldRule = (typeof FIELD_RULES)[number];

/** One declared field: its rule, and whether a value fits. `T` is the type of the value. */
export interface Field<T, Optional extends boolean = false> {
  readonly rule: FieldRule;
  readonly optional: Optional;
  /** The closed list, where there is one. */
  readonly values?: readonly string[];
  /** What a list holds. */
  readonly item?: Field<unknown>;
  /** What a record holds. */
  readonly shape?: Shape;
  /** Regular expression every value matches, where there is one. */
  readonly pattern?: string;
  /** Longest value, where there is one. */
  readonly max?: number;
  /** What a value looks like, for the reference pages. */
  readonly meaning: string;
  readonly fits: (value: unknown) => value is T;
}
export type AnyField = Field<unknown, boolean>;
/** The fields of one event or record. */
export type Shape = Readonly<Record<string, AnyField>>;

type ValueOf<F> = F extends Field<infer T, boolean> ? T : never;
type OptionalKeys<S extends Shape> = { [K in keyof S]: S[K] extends Field<unknown, true> ? K : never }[keyof S];
/** The data type a shape describes. */
export type DataOf<S extends Shape> = { readonly [K in Exclude<keyof S, OptionalKeys<S>>]: ValueOf<S[K]> } & {
  readonly [K in OptionalKeys<S>]?: ValueOf<S[K]>;
};

const field = <T>(rule: FieldRule, meaning: string, fits: (value: unknown) => boolean, more: Partial<Field<T>> = {}): Field<T> => ({
  rule,
  optional: false,
  meaning,
  fits: fits as (value: unknown) => value is T,
  ...more,
});
/** A text of one form. */
const text = (rule: FieldRule, meaning: string, pattern: RegExp): Field<string> =>
  field(rule, meaning, (value) => typeof value === 'string' && pattern.test(value), { pattern: pattern.source });
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** A word of a code list whose members are checked elsewhere (versioned lists). */
export const code = (): Field<string> => text('code', 'a word of a code list', /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/);
/** Where in the tables of an access policy something stands: words of its vocabulary joined by points. */
export const cell = (): Field<string> => text('code', 'a place in a policy', /^[a-z]+(\.[A-Za-z0-9][A-Za-z0-9_-]{0,47}){1,4}$/);
/** A word of a closed list. */
export const oneOf = <const V extends readonly string[]>(values: V): Field<V[number]> =>
  field('code', `one of ${values.length} words`, (value) => values.includes(value as string), { values });
/** A stream id: of that noun, or of any when none is named; `system` where the service itself acted. */
export const ref = (noun?: string): Field<string> =>
  field(
    'ref',
    noun ? `id of a ${noun}` : 'id of a stream',
    (value) => typeof value === 'string' && (value === 'system' || isStream(value, noun)),
    { pattern: `^(system|${noun ?? '[a-z][a-zA-Z]*'}-${UUID})$` },
  );
/** A reference into the vault: what it stands for can be opened only there. */
export const vaultRef = (): Field<string> => text('vault', 'a vault reference', /^vault:[a-z][a-z0-9-]{1,39}:[A-Za-z0-9_-]{1,64}$/);
/** A day, `2031-03-14`. */
export const day = (): Field<string> => text('date', 'a day', /^\d{4}-\d{2}-\d{2}$/);
/** An instant in UTC, `2031-03-14T12:00:00.000Z`. */
export const instant = (): Field<string> => text('instant', 'an instant in UTC', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/);
/** A whole number from 0. */
export const count = (): Field<number> =>
  field('count', 'a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
export const flag = (): Field<boolean> => field('flag', 'yes or no', (value) => typeof value === 'boolean');
/** A region's slug, `umbria`. */
export const region = (): Field<string> =>
  field('region', 'a region', (value) => typeof value === 'string' && isRegion(value), { pattern: '^[a-z][a-z0-9-]{1,39}$' });
/** A hex SHA-256. */
export const digest = (): Field<string> => text('digest', 'a SHA-256 in hex', /^[0-9a-f]{64}$/);
/** The public designation of an institution or a sentence made from the policy's vocabulary. Never about a person, never typed about a case. */
export const label = (max = 120): Field<string> =>
  field('label', `a public designation, at most ${max} characters`, (value) => typeof value === 'string' && isLabel(value, max), { max });
/** The access policy as data: validated against its closed vocabulary where it is loaded. */
export const policyDocument = (): Field<Readonly<Record<string, unknown>>> =>
  field('policy', 'the access policy', (value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** Several values of one kind. */
export const list = <T>(item: Field<T>): Field<readonly T[]> =>
  field('list', `several: ${item.meaning}`, (value) => Array.isArray(value) && value.every((each) => item.fits(each)), { item });
/** Fields inside a field. */
export const record = <const S extends Shape>(shape: S): Field<DataOf<S>> =>
  field('record', 'fields', (value) => faultsOf(shape, value).length === 0, { shape });
export const optional = <T>(of: Field<T>): Field<T, true> => ({ ...of, optional: true });

/** Where data do not fit their shape, as JSON pointers with what is wrong. Never the values. */
export function faultsOf(shape: Shape, data: unknown): string[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return ['/: no fields'];
  const given = data as Record<string, unknown>;
  const unknown = Object.keys(given).filter((key) => !(key in shape));
  const wrong = Object.entries(shape).filter(([key, { optional: may, fits }]) => (given[key] === undefined ? !may : !fits(given[key])));
  return [...unknown.map((key) => `/${key}: not declared`), ...wrong.map(([key, { meaning }]) => `/${key}: not ${meaning}`)];
}

// Letters, spaces and the marks institutions use; long runs of digits are telephone, tax or document numbers.
const LABEL = /^[\p{L}\p{N} .,:;'’"()&/+→-]+$/u;
const isLabel = (value: string, max: number): boolean =>
  value.length >= 2 && value.length <= max && LABEL.test(value) && !/\d{5}/.test(value);
