import type { FieldError } from '@platform/kernel';

/** JSON schema of one value, as OpenAPI wants it. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a value must be: one description for validation and documentation alike. */
export interface FieldRule {
  readonly schema: Schema;
  /** Faults of a value that is present; pointers are relative to it (`''` is the value itself). Messages never hold the value. */
  faults(value: unknown): readonly FieldError[];
  /** Brings a value into its one form before it is judged, e.g. Unicode NFC. */
  read?(value: unknown): unknown;
}

const none: readonly FieldError[] = [];
export const fault = (message: string): readonly FieldError[] => [{ pointer: '', message }];

/** Digits of a query string stand for the number; everything else is left for the rule to refuse. */
const fromQuery = (value: unknown): unknown => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value);

// Control characters; bidirectional overrides and isolates; invisible joiners that hide differences; tags; noncharacters; lone surrogates.
// Zero-width (non-)joiners and direction marks stay: Persian, Bengali and Arabic texts need them.
const TRICKS =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e0fff}]|\p{Cs}|\p{Noncharacter_Code_Point}/u;
const LINE_ENDS = /\r\n?|\n/g;
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

export interface TextLimits {
  /** Least number of characters (code points); 1 unless told. */
  readonly min?: number;
  /** Greatest number of characters (code points). */
  readonly max: number;
  /** A text of several lines: line ends and tabs may stand in it, and it never reaches a spreadsheet cell unquoted. */
  readonly lines?: boolean;
}

/** Free text: NFC, without control characters; a short text may not begin like a spreadsheet formula. */
export const text = ({ min = 1, max, lines = false }: TextLimits): FieldRule => ({
  schema: { type: 'string', minLength: min, maxLength: max },
  read: (value) => (typeof value !== 'string' ? value : lines ? value.normalize('NFC').replace(LINE_ENDS, '\n') : value.normalize('NFC')),
  faults: (value) => {
    if (typeof value !== 'string') return fault('text.type: must be text');
    if (!lines && FORMULA.test(value)) return fault('text.formula: must not begin with = + - @, a tab or a line end');
    if (TRICKS.test(lines ? value.replace(/[\n\t]/g, '') : value)) return fault('text.characters: holds characters that are not allowed');
    const length = [...value].length;
    if (length < min || length > max) return fault(`text.length: must have ${min} to ${max} characters`);
    return min > 0 && value.trim() === '' ? fault('text.blank: must not be blank') : none;
  },
});

/** A telephone number: it may begin with +, therefore no text. */
export const phone = (): FieldRule => ({
  schema: { type: 'string', pattern: '^\\+?[0-9][0-9 ]{4,18}[0-9]$' },
  faults: (value) =>
    typeof value === 'string' && /^\+?[0-9][0-9 ]{4,18}[0-9]$/.test(value)
      ? none
      : fault('phone.form: must be digits and spaces, with or without +'),
});

/** A code of a closed list, compared byte for byte: look-alike letters and other normal forms are other codes. */
export const code = (list: readonly string[]): FieldRule => {
  const known = new Set(list);
  return {
    schema: { type: 'string', enum: [...list] },
    faults: (value) => (typeof value === 'string' && known.has(value) ? none : fault('code.unknown: is none of the known codes')),
  };
};

/** A code whose list is looked up elsewhere: lower-case ASCII letters, digits and `_ - .`, at most 60. */
export const slug = (pattern = '^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$'): FieldRule => {
  const form = new RegExp(pattern);
  return {
    schema: { type: 'string', pattern },
    faults: (value) => (typeof value === 'string' && form.test(value) ? none : fault('code.form: is not in the form of such a code')),
  };
};

export const count = ({ min, max }: { min: number; max: number }, query = false): FieldRule => ({
  schema: { type: 'integer', minimum: min, maximum: max },
  ...(query ? { read: fromQuery } : {}),
  faults: (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return fault('count.type: must be a whole number');
    return value < min || value > max ? fault(`count.range: must be from ${min} to ${max}`) : none;
  },
});

export const flag = (query = false): FieldRule => ({
  schema: { type: 'boolean' },
  ...(query ? { read: (value: unknown) => (value === 'true' ? true : value === 'false' ? false : value) } : {}),
  faults: (value) => (typeof value === 'boolean' ? none : fault('flag.type: must be true or false')),
});

const isCalendarDate = (value: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || year < 1900 || year > 2199) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** A day of the calendar, `2026-03-31`, 1900 to 2199. */
export const dateOnly = (): FieldRule => ({
  schema: { type: 'string', format: 'date' },
  faults: (value) => (typeof value === 'string' && isCalendarDate(value) ? none : fault('date.form: must be a day, YYYY-MM-DD')),
});

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;
/** A moment in UTC, `2026-03-31T09:30:00Z`; read as milliseconds always, so that texts compare like times. */
export const instant = (): FieldRule => {
  const isInstant = (value: string): boolean => isCalendarDate(INSTANT.exec(value)?.[1] ?? '');
  return {
    schema: { type: 'string', format: 'date-time' },
    read: (value) => (typeof value === 'string' && isInstant(value) ? new Date(value).toISOString() : value),
    faults: (value) =>
      typeof value === 'string' && isInstant(value) ? none : fault('instant.form: must be a moment in UTC, YYYY-MM-DDTHH:MM:SSZ'),
  };
};

const HANDLE = '^[a-z][a-z0-9-]{1,39}\\.[a-z2-7]{26}$';
/** What an audience calls a record, `umbria.k3m7…`: the region that can resolve it and 26 base32 characters. */
export const handle = (): FieldRule => ({
  schema: { type: 'string', pattern: HANDLE, example: 'umbria.abcdefghijklmnopqrstuvwxyz' },
  faults: (value) =>
    typeof value === 'string' && new RegExp(HANDLE).test(value) ? none : fault('handle.form: must be a handle of this platform'),
});

/** Several values of one rule. In a query one value alone is a list of one. */
export const listOf = (
  item: FieldRule,
  { min = 0, max, unique = true }: { min?: number; max: number; unique?: boolean },
  query = false,
): FieldRule => ({
  schema: { type: 'array', items: item.schema, minItems: min, maxItems: max, ...(unique ? { uniqueItems: true } : {}) },
  read: (value) => {
    const values: unknown = query && typeof value === 'string' ? [value] : value;
    return Array.isArray(values) && item.read ? values.map((one) => item.read?.(one)) : values;
  },
  faults: (value) => {
    if (!Array.isArray(value)) return fault('list.type: must be a list');
    if (value.length < min || value.length > max) return fault(`list.length: must have ${min} to ${max} entries`);
    if (unique && new Set(value).size < value.length) return fault('list.twice: holds an entry twice');
    return value.flatMap((one, n) => item.faults(one).map(({ pointer, message }) => ({ pointer: `/${n}${pointer}`, message })));
  },
});
