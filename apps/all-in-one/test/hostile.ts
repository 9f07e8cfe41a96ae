import type { Schema } from './api-description';

/** Stands in everything hostile, so that an answer or a table that repeats it is found. */
export const MARK = 'Zq7Canarino';

const BREAKERS = ['\u0000', '\u202e', '\u2066', '\u200b', '\ufeff', '\u00ad', '\ud800', '\u{e0041}', '\uffff', '\u0085'];

/** So many of a list, others at each turn: all are used over many routes, and none takes for ever. */
export const some = <T>(list: readonly T[], turn: number, count: number): T[] =>
  list.length <= count ? [...list] : Array.from({ length: count }, (_, n) => list[(turn * count + n) % list.length] as T);

/** Values that a well-made client never sends, for one place of a body. `refused`: also where the schema of the description would let it pass. */
export function hostileValues(schema: Schema, sample: unknown, turn: number): { what: string; value: unknown; refused?: boolean }[] {
  const others = [7, 1.5, true, null, MARK, [], [MARK], {}, { [MARK]: MARK }, '', -1, 1e21];
  const types = some(others, turn, 4).map((value) => ({ what: `${typeof value} ${JSON.stringify(value)?.slice(0, 20)}`, value }));
  if (schema.type !== 'string' || typeof sample !== 'string') return types;
  const isCode = schema.enum !== undefined || schema.pattern !== undefined || schema.format !== undefined;
  const tricks = some(BREAKERS, turn, 2).map((breaker) => ({
    what: `trick U+${breaker.codePointAt(0)?.toString(16)}`,
    value: isCode ? `${sample}${breaker}` : `${MARK}${breaker} e altro testo`,
    refused: true,
  }));
  const forms = isCode
    ? [
        ...[
          sample.toUpperCase(),
          ` ${sample}`,
          `${sample}\n`,
          `${sample} `,
          `${sample}\u200d`,
          encodeURIComponent(`${sample}/`),
          `=${sample}`,
        ],
        ...[lookAlike(sample), `${sample}e\u0301`, `${sample}\u0301`, `${MARK}${sample}`, '../../etc/passwd', "' or 1=1 --", '${7*7}'],
      ].filter((value) => value !== sample)
    : [MARK.repeat(30_000), ' '];
  return [...types, ...tricks, ...some(forms, turn, 3).map((value) => ({ what: `form ${JSON.stringify(value.slice(0, 24))}`, value }))];
}

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  x: 'х',
  i: 'і',
  A: 'А',
  E: 'Е',
  '-': '‐',
  '0': 'О',
};
/** The same to the eye, in letters of another script. */
const lookAlike = (text: string): string => [...text].map((letter) => LOOK_ALIKE[letter] ?? letter).join('');

/** Bodies that are no such body, whatever the route. */
export const hostileBodies = (valid: unknown): { what: string; body: string | Uint8Array; headers?: Record<string, string> }[] => {
  const text = JSON.stringify(valid);
  const nested = `${'['.repeat(9000)}${']'.repeat(9000)}`;
  return [
    { what: 'half a body', body: `{"${MARK}": "${MARK}` },
    { what: 'no JSON', body: MARK },
    { what: 'a list', body: `[${text}]` },
    { what: 'a text', body: `"${MARK}"` },
    { what: 'null', body: 'null' },
    { what: 'bytes that are no UTF-8', body: Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
    { what: 'an unknown field', body: JSON.stringify({ ...(valid as object), [MARK]: MARK }) },
    {
      what: 'a prototype',
      body: text.replace(/^\{/, `{"__proto__":{"${MARK}":"${MARK}"},"constructor":{"prototype":"${MARK}"}${text === '{}' ? '' : ','}`),
    },
    { what: 'deep lists', body: `{"${MARK}":${nested}}` },
    { what: 'an oversized body', body: JSON.stringify({ ...(valid as object), [MARK]: MARK.repeat(30_000) }) },
    { what: 'another media type', body: text, headers: { 'content-type': 'text/plain' } },
    { what: 'a form', body: `${MARK}=1`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { what: 'another encoding', body: text, headers: { 'content-encoding': 'gzip' } },
    { what: 'another charset', body: text, headers: { 'content-type': 'application/json; charset=utf-7' } },
  ];
};

/** Ids in a path that lead nowhere. */
export const hostileIds = (others: readonly string[]): readonly string[] => [
  ...others,
  ...[
    MARK,
    '%00',
    `${MARK}%00`,
    '%ff',
    '%',
    '..%2f..%2fetc%2fpasswd',
    '%E2%80%AE',
    `umbria.${'a'.repeat(26)}`,
    `umbria.${'а'.repeat(26)}`,
    'atlantis.x',
  ],
  ...[
    `nowhere.${'a'.repeat(26)}`,
    `${MARK.repeat(300)}`,
    '__proto__',
    'constructor',
    '0',
    '-1',
    '1e9',
    "' or 1=1 --".replace(/ /g, '%20'),
    '%3Cscript%3E',
  ],
];

/** Questions that are none, for a route that takes these parameters. */
export const hostileQueries = (names: readonly string[]): readonly string[] => [
  `${MARK}=1`,
  ...names.flatMap((name) => [
    `${name}=${MARK}`,
    `${name}=${MARK}&${name}=${MARK}`,
    `${name}[]=${MARK}`,
    `${name}[a]=${MARK}`,
    `${name}=%00`,
    `${name}=`,
    `${name}=%ff`,
    `${name}=1e99`,
    `${name}=-1`,
  ]),
];

/** Headers that are none. */
export const hostileHeaders: readonly Record<string, string>[] = [
  { 'Raccordo-Purpose': MARK },
  { 'Raccordo-At-Least': MARK },
  { 'Raccordo-At-Least': 'A'.repeat(4000) },
  { 'If-Match': MARK },
  { 'If-Match': `"${MARK}"` },
  { 'If-Match': '*' },
  { 'Idempotency-Key': '!' },
  { 'Idempotency-Key': MARK.repeat(30) },
  { 'Last-Event-ID': MARK },
  { traceparent: MARK },
  { 'x-csrf-token': MARK },
  { cookie: `raccordo=${MARK}; __Host-raccordo=${MARK}` },
];
