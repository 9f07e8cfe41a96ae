import * as fc from 'fast-check';
import { FIELD_GROUPS, type FieldGroup, type View, VIEWS } from '@platform/kernel';
import { countBand, type GroupContent, maskCase } from './case-view';

const called = { handle: 'umbria.abcdefghijklmnopqrstuvwxyz', codename: 'Airone 4K7' };
const companies = { of: () => ({ handle: 'umbria.company', codename: 'Quercia 2B9' }) };
const places = { band: () => 'PG', region: () => 'umbria' };
const SECRET = 'vault:umbria:secret-reference';
const held: Record<string, GroupContent> = {
  REF: { content: { region: 'umbria', language: 'fr' }, refs: {} },
  ID: { content: {}, refs: { given_name: SECRET } },
  CON: { content: {}, refs: { phone: SECRET } },
  EXP: { content: { indicators: ['EX01', 'EX02', 'CD01', 'CD02'], indication: 'exploited', account: 'x' }, refs: { account: SECRET } },
  NEED: { content: { needs: ['legal'] }, refs: {} },
  TERR: { content: { comune: '054013', from: '2025-09-01' }, refs: {} },
  LEG: { content: { permit: ['none'] }, refs: {} },
  PLAN: { content: { phase: 'Proximity' }, refs: {} },
};
const views = (given: Partial<Record<FieldGroup, View>>): Record<FieldGroup, View> =>
  Object.fromEntries(FIELD_GROUPS.map((group) => [group, given[group] ?? 'none'])) as Record<FieldGroup, View>;
const shown = (given: Partial<Record<FieldGroup, View>>) => maskCase(called, views(given), held, companies, places).groups;

describe('the view of a case', () => {
  it('does not even name a group that may not be seen', () => {
    expect(Object.keys(shown({ REF: 'full', NEED: 'codes' }))).toEqual(['REF', 'NEED']);
  });

  it('tells that a value exists, never the value nor its reference', () => {
    expect(shown({ ID: 'full' }).ID).toEqual({ view: 'full', codename: 'Airone 4K7', revealable: ['given_name'] });
    const all = JSON.stringify(shown(Object.fromEntries(FIELD_GROUPS.map((group) => [group, 'full']))));
    expect(all).not.toContain(SECRET);
  });

  it('shows a pseudonym instead of a person below full', () => {
    expect(shown({ ID: 'codes' }).ID).toEqual({ view: 'codes', codename: 'Airone 4K7' });
  });

  it('bands what is counted and generalises where', () => {
    expect(shown({ EXP: 'banded', TERR: 'banded' })).toEqual({
      EXP: { view: 'banded', indicators: '4-9' },
      TERR: { view: 'banded', province: 'PG' },
    });
  });

  it('shows codes without the account they come from', () => {
    expect(shown({ EXP: 'codes' }).EXP).toEqual({ view: 'codes', indicators: ['EX01', 'EX02', 'CD01', 'CD02'], indication: 'exploited' });
  });

  it('says the phase to whoever may see codes of the plan, and not to those who see a band of it', () => {
    expect(shown({ PLAN: 'codes' }).PLAN).toEqual({ view: 'codes', phase: 'Proximity' });
    expect(shown({ PLAN: 'banded' }).PLAN).toEqual({ view: 'banded' });
  });

  it('tells of what was written about exploitation and the plan only to whoever sees them in full, and never the words', () => {
    const strategy = { PLAN: { content: { phase: 'Emersion' }, refs: { territory: SECRET, obstacles: SECRET } }, EXP: held.EXP };
    const of = (view: View) => maskCase(called, views({ PLAN: view, EXP: view }), strategy, companies, places).groups;
    expect(of('full').PLAN).toEqual({ view: 'full', phase: 'Emersion', revealable: ['obstacles', 'territory'] });
    expect(of('full').EXP).toMatchObject({ revealable: ['account'] });
    for (const less of ['codes', 'banded'] as const) expect(JSON.stringify(of(less))).not.toContain('revealable');
  });

  it('says of a sealed group below full only whether something is recorded', () => {
    expect(shown({ LEG: 'banded' }).LEG).toEqual({ view: 'banded', recorded: true });
    expect(shown({ HEA: 'banded' }).HEA).toEqual({ view: 'banded', recorded: false });
  });

  it('shows nothing of one case where only aggregates may be seen, except the region', () => {
    expect(shown({ NEED: 'aggregate', EXP: 'aggregate', TERR: 'aggregate' })).toEqual({ TERR: { view: 'aggregate', region: 'umbria' } });
  });

  it('never shows more than the groups it was allowed, for any views', () => {
    const any = fc.record(
      Object.fromEntries(FIELD_GROUPS.map((group) => [group, fc.constantFrom(...VIEWS)])) as Record<FieldGroup, fc.Arbitrary<View>>,
    );
    fc.assert(
      fc.property(any, (given) => {
        const groups = shown(given);
        for (const group of FIELD_GROUPS) if (given[group] === 'none') expect(groups[group]).toBeUndefined();
        expect(JSON.stringify(groups)).not.toContain(SECRET);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('makes the same bytes of the same case (A16, A21)', () => {
    const once = JSON.stringify(maskCase(called, views({ REF: 'full', EXP: 'banded', TERR: 'banded' }), held, companies, places));
    for (let n = 0; n < 1000; n++)
      expect(JSON.stringify(maskCase(called, views({ TERR: 'banded', EXP: 'banded', REF: 'full' }), held, companies, places))).toBe(once);
  });

  it.each([
    [0, '0'],
    [1, '1-3'],
    [3, '1-3'],
    [4, '4-9'],
    [9, '4-9'],
    [10, '10+'],
  ])('puts %i into the band %s', (n, band) => {
    expect(countBand(n)).toBe(band);
  });
});
