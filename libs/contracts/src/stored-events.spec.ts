import { globSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { machines } from '@platform/testing';
import * as contracts from './index';
import { type Contract, type Declarations, isPersonLike, personLikePaths } from './index';
import type { Shape } from './fields';

const CONTEXTS = path.resolve(__dirname, '../../contexts');
const isDeclarations = (value: unknown): value is Declarations =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'object' && each !== null && 'version' in each && 'fields' in each);

/** Every noun that declares what it stores, found in the source tree: a new one is walked without anybody having to think of it. */
const nouns = globSync('*/src/**/*.ts', { cwd: CONTEXTS })
  .filter((file) => !file.endsWith('.spec.ts') && /= stored\(/.test(readFileSync(path.join(CONTEXTS, file), 'utf8')))
  .sort()
  .flatMap((file) => {
    const exported = jest.requireActual<Record<string, unknown>>(path.join(CONTEXTS, file));
    const events = Object.values(exported).filter((value) => isDeclarations(value) && Object.keys(value).length > 0) as Declarations[];
    return events.map((declared) => ({ context: file.split(path.sep)[0] ?? '', noun: path.basename(file, '.ts'), events: declared }));
  });
const owners = new Map(
  Object.values(machines()).flatMap((aggregates) =>
    Object.entries(aggregates).flatMap(([aggregate, { transitions }]) =>
      transitions.map(([, , event]): [string, string] => [event, aggregate]),
    ),
  ),
);
const allContracts = (Object.values<unknown>(contracts) as Contract[]).filter(
  (value) => typeof value === 'object' && value !== null && 'topic' in value,
);

const shapes = (shape: Shape): Shape[] => [
  shape,
  ...Object.values(shape).flatMap((field) => {
    const inner = field.shape ?? field.item?.shape;
    return inner ? shapes(inner) : [];
  }),
];

describe('the stored events', () => {
  it('of all contexts are found by this spec', () => {
    expect(nouns.map(({ noun }) => noun)).toEqual(expect.arrayContaining(['member', 'team', 'case', 'consent', 'referral', 'alert']));
    expect(nouns.length).toBeGreaterThan(15);
  });

  it.each(nouns)('of $context/$noun hold nothing about a person in clear', ({ events }) => expect(personLikePaths(events)).toEqual([]));

  it.each(nouns)('of $context/$noun keep free text in the vault: labels only where an institution is named', ({ noun, events }) => {
    const labels = Object.values(events).flatMap(({ fields }) =>
      shapes(fields).flatMap((shape) => Object.entries(shape).filter(([, { rule }]) => rule === 'label')),
    );
    expect(
      labels.map(([key]) => `${noun}.${key}`).filter((key) => !['organisation.designation', 'team.designation'].includes(key)),
    ).toEqual([]);
  });

  it.each(nouns)('of $context/$noun take no event name that the reference gives to another aggregate', ({ noun, events }) => {
    const aggregate = noun.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
    expect(Object.keys(events).filter((name) => owners.has(name) && owners.get(name) !== aggregate)).toEqual([]);
  });

  it('have one owner for each name', () => {
    const names = nouns.flatMap(({ events }) => Object.keys(events));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('are published under their own names', () => {
    for (const { context, events } of allContracts) {
      const stored = new Set(nouns.filter((noun) => noun.context === context).flatMap((noun) => Object.keys(noun.events)));
      expect([context, Object.keys(events).filter((name) => !stored.has(name))]).toEqual([context, []]);
    }
  });

  it('with a name in clear would be reported', () => {
    expect(isPersonLike('displayName')).toBe(true);
    expect(isPersonLike('nameRef')).toBe(false);
  });
});
