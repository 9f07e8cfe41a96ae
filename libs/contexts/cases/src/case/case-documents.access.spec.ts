import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadPolicy, type ReadQuestion, viewsFor } from '@platform/access';
import * as fc from 'fast-check';
import { FIELD_GROUPS, type FieldGroup, type View, VIEWS } from '@platform/kernel';
import { type GroupContent, maskCase } from './case-view';
import { DOCUMENT_GROUPS, type DocumentGroup, type HeldDocument } from './document-reference';

const read = (name: string): string => readFileSync(path.join(__dirname, name), 'utf8');
const policy = loadPolicy(read('case.policy.yaml'));
const linesOf = (title: string): string[][] =>
  (read('access-table.csv').split(`\n[${title}]\n`)[1]?.split('\n[')[0] ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(','));
const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
const kindsOf = new Map(linesOf('kinds').map(([row = '', kinds]) => [row, words(kinds)]));
const disciplinesOf = new Map(linesOf('disciplines').map(([column = '', names]) => [column, words(names)]));
const purposeOf = new Map(linesOf('purposes').map(([relation = '', allowed]) => [relation, words(allowed)[0] ?? '']));

const called = { handle: 'umbria.abcdefghijklmnopqrstuvwxyz', codename: 'Airone 4K7' };
const nowhere = { of: () => undefined };
const places = { band: () => '', region: () => '' };
const VAULT = 'vault:umbria:secret-reference';
const document = (group: DocumentGroup): HeldDocument => ({
  ...{ group, number: 1, kind: 'other', received: '2031-02-01', keeper: 'organisation-of-the-keeper', registerRef: VAULT },
  fingerprintRef: VAULT,
});
const CONTENT: Partial<Record<FieldGroup, GroupContent>> = {
  REF: { content: { region: 'umbria' }, refs: {} },
  LEG: { content: { permit: ['none'] }, refs: {} },
  EXP: { content: { indicators: ['EX01'] }, refs: {} },
};
const withDocuments = (groups: readonly DocumentGroup[]): Partial<Record<FieldGroup, GroupContent>> => ({
  ...CONTENT,
  ...Object.fromEntries(groups.map((group) => [group, { content: {}, refs: {}, ...CONTENT[group], documents: [document(group)] }])),
});
const show = (views: Readonly<Record<FieldGroup, View>>, groups: readonly DocumentGroup[] = DOCUMENT_GROUPS) =>
  maskCase(called, views, withDocuments(groups), nowhere, places).groups;

describe('a reference to a document', () => {
  it('is shown by exactly the cells of the signed table that say "full", for every kind, relation, discipline and service', () => {
    let cells = 0;
    let seen = 0;
    for (const [row = '', relation = '', column = '', ...letters] of linesOf('cells'))
      for (const kind of kindsOf.get(row) ?? [])
        for (const discipline of column === 'any' ? [...disciplinesOf.values()].flat() : (disciplinesOf.get(column) ?? []))
          for (const serviceFamily of ['health', 'legal', 'other'] as const)
            for (const group of DOCUMENT_GROUPS) {
              const purpose = purposeOf.get(relation) ?? '';
              const grant = { live: true, groups: relation === 'break-glass' ? [group] : FIELD_GROUPS, purpose };
              const question = {
                ...{ kind, relation, disciplines: [discipline], serviceFamily, grant, purpose, phase: 'Emersion', acr: 2 },
                ...{ recused: false, sealedGroups: [] },
              } as ReadQuestion;
              const shown = show(viewsFor(policy, question).views)[group]?.documents;
              const cell = letters[FIELD_GROUPS.indexOf(group)];
              expect([row, relation, discipline, serviceFamily, group, shown !== undefined]).toEqual([
                ...[row, relation, discipline, serviceFamily, group],
                cell === 'F' || cell === `F/${serviceFamily}`,
              ]);
              cells++;
              if (shown !== undefined) seen++;
            }
    expect(cells).toBeGreaterThan(5000);
    expect(seen).toBeGreaterThan(500);
  });

  it('changes not one byte of what is shown to whoever sees its group less than in full, for any views', () => {
    const any = fc.record(
      Object.fromEntries(FIELD_GROUPS.map((group) => [group, fc.constantFrom(...VIEWS)])) as Record<FieldGroup, fc.Arbitrary<View>>,
    );
    fc.assert(
      fc.property(any, fc.subarray([...DOCUMENT_GROUPS]), (views, recorded) => {
        const visible = recorded.filter((group) => views[group] === 'full');
        expect(JSON.stringify(show(views, recorded))).toBe(JSON.stringify(show(views, visible)));
        for (const group of DOCUMENT_GROUPS)
          expect([group, show(views, recorded)[group]?.documents !== undefined]).toEqual([group, visible.includes(group)]);
      }),
      { seed: 62, numRuns: 500 },
    );
  });

  it('says what and where in full view, and neither the register code nor the fingerprint nor where they lie', () => {
    const all = Object.fromEntries(FIELD_GROUPS.map((group) => [group, 'full'])) as Record<FieldGroup, View>;
    expect(show(all).HEA).toEqual({
      view: 'full',
      documents: [
        {
          ...{ reference: 'HEA-1', kind: 'other', dated: null, received: '2031-02-01', keeper: 'organisation-of-the-keeper' },
          ...{ fingerprint: true, withdrawn: null },
        },
      ],
    });
    expect(JSON.stringify(show(all))).not.toContain(VAULT);
  });
});
