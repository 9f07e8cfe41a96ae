import { type AnyField, faultsOf } from './fields';
import * as field from './fields';

const uuid = '0193a5b0-0000-7000-8000-000000000001';
const vault = `vault:umbria:${'a'.repeat(26)}`;

describe('a field of an event', () => {
  const cases: readonly [string, AnyField, readonly unknown[], readonly unknown[]][] = [
    [
      'a code',
      field.code(),
      ['basic_language_course', 'EX01', '603bis-1'],
      ['', 'two words', 'maria@example.org', 7, '-x', 'x'.repeat(65)],
    ],
    ['a word of a closed list', field.oneOf(['local', 'interregional']), ['local'], ['national', '', undefined]],
    ['a reference to any stream', field.ref(), [`case-${uuid}`, 'system'], ['case-1', uuid, 'Anna', vault]],
    ['a reference to one noun', field.ref('team'), [`team-${uuid}`], [`member-${uuid}`]],
    ['a vault reference', field.vaultRef(), [vault], ['Anna Rossi', `vault:Umbria:${uuid}`, `case-${uuid}`]],
    ['a day', field.day(), ['2031-03-14'], ['14/03/2031', '2031-03-14T00:00:00Z']],
    ['an instant', field.instant(), ['2031-03-14T12:00:00.000Z', '2031-03-14T12:00:00Z'], ['2031-03-14T12:00:00+01:00', '2031-03-14']],
    ['a count', field.count(), [0, 2500], [-1, 1.5, Number.NaN, '3']],
    ['a flag', field.flag(), [true, false], ['true', 1]],
    ['a region', field.region(), ['umbria', 'emilia-romagna'], ['Umbria', 'u', 'via Roma 1']],
    ['a digest', field.digest(), ['0f'.repeat(32)], ['0F'.repeat(32), 'abc']],
    ['a label', field.label(40), ['Cooperativa L’Alveare (Perugia)'], ['x', 'tel. 3331234567', 'anna@example.org', 'y'.repeat(41)]],
    ['a policy', field.policyDocument(), [{ version: 1 }], [null, 'text', []]],
    ['a list', field.list(field.count()), [[], [1, 2]], [[1, 'x'], 1]],
    ['a record', field.record({ n: field.count() }), [{ n: 1 }], [{}, { n: 1, name: 'Anna' }]],
  ];

  it.each(cases)('that is %s takes what fits and nothing else', (_, declared, good, bad) => {
    for (const value of good) expect([value, declared.fits(value)]).toEqual([value, true]);
    for (const value of bad) expect([value, declared.fits(value)]).toEqual([value, false]);
  });

  it('may be left out only where it is optional', () => {
    expect(faultsOf({ n: field.optional(field.count()) }, {})).toEqual([]);
    expect(faultsOf({ n: field.count() }, {})).toEqual(['/n: not a whole number']);
  });

  it('is named in a fault, its value is not', () => {
    expect(faultsOf({ place: field.region() }, { place: 'via Garibaldi 3', surname: 'Rossi' })).toEqual([
      '/surname: not declared',
      '/place: not a region',
    ]);
    expect(faultsOf({}, 'Rossi')).toEqual(['/: no fields']);
  });
});
