import { type Policy, policyFrom } from '@platform/access';
import { FIELD_GROUPS, VIEWS } from '@platform/kernel';
import fc from 'fast-check';
import { cells, specimen, type Specimen } from '../../test/policy-specimen';
import { differenceOf } from './policy-difference';

const changed = (change: (document: Specimen) => void): Policy => {
  const document = specimen();
  change(document);
  return policyFrom(document);
};
const base = policyFrom(specimen());
const lines = (after: Policy): string[] =>
  differenceOf(base, after).map((line) => `${line.direction} ${line.cell} ${line.before} ${line.after}`);

describe('the difference between two access policies', () => {
  it('is empty for the same rules', () => expect(differenceOf(base, policyFrom(specimen()))).toEqual([]));

  const cases: readonly [string, (document: Specimen) => void, string[]][] = [
    [
      'a cell shows more',
      ({ relations }) => void (relations['same-team']!.cells = cells('P').replace('P', 'F')),
      ['WIDENS relation.same-team.REF codes full'],
    ],
    [
      'a cell shows less',
      ({ relations }) => void (relations['same-team']!.cells = cells('P').replace('P', '-')),
      ['NARROWS relation.same-team.REF codes none'],
    ],
    [
      'a cell shows more under a condition',
      ({ relations }) => void (relations['same-team']!.cells = cells('P').replace('P', 'F?health:P')),
      ['WIDENS relation.same-team.REF codes full-if-health-else-codes'],
    ],
    [
      'a cell shows more here and less there',
      ({ relations }) => void (relations['same-team']!.cells = cells('P').replace('P', 'F?health')),
      ['WIDENS relation.same-team.REF codes full-if-health-else-none'],
    ],
    [
      'another purpose counts',
      ({ relations }) => void (relations['same-team']!.purposes = ['joint_case', 'audit']),
      ['WIDENS relation.same-team.purpose.audit none allowed'],
    ],
    [
      'a weaker sign-in is enough',
      ({ relations }) => void (relations['same-team']!.acr = 1),
      ['WIDENS relation.same-team.acr acr-2 acr-1'],
    ],
    [
      'a stronger sign-in is needed',
      ({ relations }) => void (relations['same-team']!.acr = 3),
      ['NARROWS relation.same-team.acr acr-2 acr-3'],
    ],
    [
      'no grant is needed any more',
      ({ relations }) => void (relations['same-team']!.grant = 'none'),
      ['WIDENS relation.same-team.grant required not-required'],
    ],
    [
      'a bound binds no more',
      ({ relations }) => void (relations['same-team']!.bound_by = []),
      ['WIDENS relation.same-team.unbound.kind none allowed'],
    ],
    [
      'grants hold fewer groups',
      ({ relations }) => void (relations['same-team']!.groups_at_most = 1),
      ['NARROWS relation.same-team.groups-at-most 13 1'],
    ],
    [
      'an emergency access lasts longer',
      ({ relations }) => void (relations['break-glass']!.minutes = 120),
      ['WIDENS relation.break-glass.minutes 60 120'],
    ],
    [
      'an emergency access lasts less long',
      ({ relations }) => void (relations['break-glass']!.minutes = 30),
      ['NARROWS relation.break-glass.minutes 60 30'],
    ],
    [
      'a limit is dropped',
      (document) => void (document.limits.length = 0),
      ['WIDENS limit.HEA.others none full', 'NARROWS limit.HEA.physician allowed none'],
    ],
    ['a seal opens', ({ seal }) => void (seal.readers = 'responsible'), ['WIDENS seal.readers nobody responsible']],
  ];
  it.each(cases)('says so when %s', (_, change, expected) => expect(lines(changed(change))).toEqual(expected));

  it('names every role and standing a command is opened to, or closed to', () => {
    const open = changed(({ commands }) => {
      commands.Team!.may.DissolveTeam = { roles: ['operator'], as: ['own-team'] };
    });
    expect(lines(open)).toEqual([
      'NARROWS command.DissolveTeam.coordinator.own-organisation allowed none',
      'WIDENS command.DissolveTeam.operator.own-team none allowed',
    ]);
  });

  it('against no policy counts everything that is permitted as wider', () => {
    const all = differenceOf(undefined, base);
    expect(new Set(all.map(({ direction }) => direction))).toEqual(new Set(['WIDENS']));
    expect(all.map((line) => line.cell)).toContain('relation.custodian-team.HEA');
    expect(all.every((line) => /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(line.cell))).toBe(true);
  });

  it('turns around when the policies change places', () => {
    const letters = ['-', 'A', 'B', 'P', 'F'];
    expect(letters).toHaveLength(VIEWS.length);
    const anyCells = fc.array(fc.constantFrom(...letters), { minLength: FIELD_GROUPS.length, maxLength: FIELD_GROUPS.length });
    fc.assert(
      fc.property(anyCells, anyCells, (one, other) => {
        const [a, b] = [one, other].map((row) => changed(({ relations }) => void (relations['same-team']!.cells = row.join(' '))));
        const flipped = { WIDENS: 'NARROWS', NARROWS: 'WIDENS' } as const;
        const back = differenceOf(b, a!).map((line) => ({
          ...line,
          direction: flipped[line.direction],
          before: line.after,
          after: line.before,
        }));
        expect(differenceOf(a, b!)).toEqual(back);
      }),
      { seed: 11, numRuns: 40 },
    );
  });
});
