import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { dataOf } from '@platform/testing';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import * as everything from './index';
import {
  breaksOf,
  type Contract,
  contract,
  field,
  isContract,
  publishedContracts,
  type Released,
  schemaOf,
  schemasOf,
  v1,
  version,
} from './index';

const RELEASED = path.join(__dirname, '..', 'released.json');
const released = (): Released => JSON.parse(readFileSync(RELEASED, 'utf8')) as Released;
const ajv = new Ajv({ strict: false, validateFormats: false });

const WORDS = ['housing', 'work'] as const;
const fields = {
  case: field.ref('case'),
  need: field.oneOf(WORDS),
  due: field.optional(field.day()),
  parts: field.list(field.record({ n: field.count() })),
};
const before = [contract('cases', { NeedFound: v1(fields), NeedMet: v1({ case: field.ref('case') }) })];
const breaks = (events: Contract['events']): string[] =>
  breaksOf(schemasOf(before), [contract('cases', { NeedMet: v1({ case: field.ref('case') }), ...events })]);

describe('a contract', () => {
  it('that has not changed breaks nothing', () => expect(breaksOf(schemasOf(before), before)).toEqual([]));

  it('may tell more: a new event, and a new field that may be absent', () => {
    const more = {
      ...fields,
      note: field.optional(field.code()),
      parts: field.list(field.record({ n: field.count(), of: field.optional(field.count()) })),
    };
    expect(breaks({ NeedFound: v1(more), NeedForgotten: v1({}) })).toEqual([]);
  });

  const { case: of, due, parts } = fields;
  it.each<[string, Contract['events'], string]>([
    ['an event fewer', {}, 'cases NeedFound: is published no more'],
    ['a field fewer', { NeedFound: v1({ case: of, need: fields.need, parts }) }, '/due: is gone'],
    ['a new field that must be there', { NeedFound: v1({ ...fields, zone: field.region() }) }, '/zone: is new and required'],
    ['a field that must be there now', { NeedFound: v1({ ...fields, due: field.day() }) }, '/due: is now required'],
    ['a field that may be absent now', { NeedFound: v1({ ...fields, case: field.optional(field.ref('case')) }) }, '/case: is now optional'],
    ['another type', { NeedFound: v1({ ...fields, case: field.count() }) }, '/case: was string, is integer'],
    ['another form', { NeedFound: v1({ ...fields, due: field.optional(field.instant()) }) }, '/due: pattern was'],
    ['a word more in a closed list', { NeedFound: v1({ ...fields, need: field.oneOf([...WORDS, 'school']) }) }, '/need: may be school'],
    ['a word fewer in a closed list', { NeedFound: v1({ ...fields, need: field.oneOf(['work']) }) }, '/need: may no longer be housing'],
    ['an open list for a closed one', { NeedFound: v1({ ...fields, need: field.code() }) }, '/need: was a closed list'],
    [
      'a change inside a list',
      { NeedFound: v1({ case: of, need: fields.need, due, parts: field.list(field.record({ n: field.flag() })) }) },
      '/parts/*/n: was integer',
    ],
    ['a new version without an upcaster', { NeedFound: version(2, { case: of }) }, 'version 1 is still in the topic and has no upcaster'],
  ])('with %s breaks its promise, and it is said where', (_, events, said) => {
    const found = breaks(events);
    expect(found.join('\n')).toContain(said);
    expect(found).toHaveLength(1);
  });

  it('says what to do', () => {
    expect(breaks({ NeedFound: v1({ ...fields, zone: field.region() }) })[0]).toContain(
      'Make the new field optional, or declare version(2, …) with an upcaster from 1.',
    );
  });

  it('keeps its promise in a new version with an upcaster, and never goes back', () => {
    const second = { NeedFound: version(2, { case: of }, { 1: (data) => ({ case: data.case }) }) };
    expect(breaks(second)).toEqual([]);
    const promised = schemasOf([contract('cases', { ...before[0]?.events, ...second })]);
    expect(breaksOf(promised, before)).toEqual(['cases NeedFound: version 1 was left behind. Never go back.']);
  });
});

describe('the contracts of this release', () => {
  it('are all known by their list', () => {
    expect(new Set(publishedContracts)).toEqual(new Set(Object.values<unknown>(everything).filter(isContract)));
  });

  it('break nothing that the last release promised', () => {
    expect(existsSync(RELEASED)).toBe(true);
    expect(Object.keys(released()).length).toBeGreaterThan(20);
    expect(breaksOf(released(), publishedContracts)).toEqual([]);
  });

  const events = publishedContracts.flatMap(({ context, events: declared }) =>
    Object.entries(declared).map(([name, one]) => ({ type: `raccordo.${context}.${name}.v${one.version}`, name, ...one })),
  );

  it.each(events)('describe $name by a schema that takes whatever the contract takes', ({ fields: shape }) => {
    const fits = ajv.compile(schemaOf(shape));
    fc.assert(fc.property(dataOf(shape), (data) => fits(data)));
  });

  it.each(events)('publish $name so that a consumer of the last release can read it', ({ type, fields: shape }) => {
    const promised = released()[type];
    if (!promised) return; // a new event or version: nobody of the last release looks for it
    const fits = ajv.compile(promised);
    fc.assert(fc.property(dataOf(shape), (data) => fits(data)));
  });
});
