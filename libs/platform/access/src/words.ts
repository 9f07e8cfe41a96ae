import { FIELD_GROUPS, type FieldGroup, VIEWS, type View } from '@platform/kernel';

/** How a person stands to a case when they ask to read it. */
export const RELATIONS = [
  'custodian-team',
  'same-team',
  'interregional-team',
  'referral-stage-0',
  'referral-stage-1',
  'referral-accepted',
  'break-glass',
  'dpo',
  'auditor',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** How a person stands to the thing a command is about: every relation, and what only commands ask for. */
export const STANDINGS = [
  ...RELATIONS,
  'own-act',
  'own-team',
  'own-organisation',
  'same-region',
  'other-region',
  'other-organisation',
  'sender',
  'receiver',
  'issuer',
  'recipient',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** Standings that by themselves do not entitle anybody to know that the record exists: a denial then looks like an absent record. */
const UNDISCLOSING: readonly Standing[] = ['same-region', 'other-region', 'other-organisation'];
export const discloses = (standing: Standing): boolean => !UNDISCLOSING.includes(standing);

/** What a cell of the table may depend on. */
export const CONDITIONS = ['health', 'legal', 'accepted', 'discipline', 'signatory'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** What a relation's views are lowered by, besides its own row and the grant. */
export const BOUNDS = ['kind', 'discipline'] as const;
export type Bound = (typeof BOUNDS)[number];

export const SERVICE_FAMILIES = ['health', 'legal', 'other'] as const;
export type ServiceFamily = (typeof SERVICE_FAMILIES)[number];

/** Relations in which nobody has accepted responsibility for the person yet. */
export const BEFORE_ACCEPTANCE: readonly Relation[] = ['referral-stage-0', 'referral-stage-1'];

/** The letters of the printed table. */
export const LETTERS: Readonly<Record<string, View>> = { F: 'full', P: 'codes', B: 'banded', A: 'aggregate', '-': 'none' };
export const letterOf = (view: View): string => Object.entries(LETTERS).find(([, named]) => named === view)?.[0] ?? '?';

const rank = (view: View): number => VIEWS.indexOf(view);
export const lowest = (...views: readonly View[]): View => VIEWS[Math.min(...views.map(rank))] ?? 'none';
export const highest = (...views: readonly View[]): View => VIEWS[Math.max(0, ...views.map(rank))] ?? 'none';
export const atLeast = (view: View, needed: View): boolean => rank(view) >= rank(needed);
/** The views a cell of this level lets through, `none` excepted. */
export const upTo = (view: View): readonly View[] => VIEWS.slice(1, rank(view) + 1);

export type Views = Readonly<Record<FieldGroup, View>>;
export const viewsOf = (of: (group: FieldGroup) => View): Views =>
  Object.fromEntries(FIELD_GROUPS.map((group) => [group, of(group)])) as Views;
export const NOTHING: Views = viewsOf(() => 'none');

export const isWord = <W extends string>(words: readonly W[], value: unknown): value is W =>
  typeof value === 'string' && (words as readonly string[]).includes(value);
