import { casePolicy, casePolicyText } from '../test/case-database';
import { loadPolicy, narrow, policyFrom } from './load-policy';
import { emergencyMinutes } from './policy';
import { FaultyPolicy } from './strict-reader';
import { parse } from 'yaml';

/** The document with one text replaced; the text must be there. */
const changed = (from: string | RegExp, to: string): string => {
  const text = casePolicyText.replace(from, to);
  if (text === casePolicyText) throw new Error('the document does not hold what the spec replaces');
  return text;
};

describe('a policy document', () => {
  it.each([
    ['an unknown organisation kind', changed('[labour_inspectorate,', '[labour_police,'), 'unknown word "labour_police"'],
    ['an unknown relation', changed('  same-team:\n', '  neighbour-team:\n'), 'unknown word "neighbour-team"'],
    ['an unknown key', changed('    grant: none\n', '    grant: none\n    gift: none\n'), 'unknown word "gift"'],
    ['an unknown condition', changed('F?health F?legal', 'F?wealth F?legal'), 'unknown word "wealth"'],
    ['an unknown letter', changed('F?signatory:B B', 'F?signatory:C B'), 'no cell'],
    [
      'a missing cell',
      changed("'F   P  -   -    -   B   -   P   -   P    P    P    F'", "'F   P  -   -    -   B   -   P   -   P    P    P'"),
      '13 cells are expected, 12 found',
    ],
    ['a missing kind', changed(/,\n +foreign_partner,/, ','), '"foreign_partner" stands in 0 rows'],
    ['a kind in two rows', changed('[trade_union]', '[trade_union, prosecutor]'), '"prosecutor" stands in 2 rows'],
    ['another order of columns', changed('columns: REF ID', 'columns: ID REF'), 'must be REF ID'],
    ['a word twice', changed('purposes: [audit]', 'purposes: [audit, audit]'), 'stands twice'],
    ['a text where a number belongs', changed('    acr: 1\n', "    acr: '1'\n"), 'a whole number'],
    ['a strength of sign-in that does not exist', changed('    acr: 1\n', '    acr: 0\n'), 'a whole number from 1 to 3'],
    ['an emergency access shorter than any help', changed('groups_at_most: 1\n', 'groups_at_most: 1\n    minutes: 14\n'), 'from 15 to 240'],
    ['an emergency access of half a day', changed('groups_at_most: 1\n', 'groups_at_most: 1\n    minutes: 241\n'), 'from 15 to 240'],
    ['minutes of what lasts as long as its grant', changed('id: R-REF1\n', 'id: R-REF1\n    minutes: 60\n'), 'only emergency access'],
    ['a rule id twice', changed('id: R-TEAM', 'id: R-CUST'), '"R-CUST" stands twice'],
    [
      'a rule without a reason',
      changed(/because: \{ it: 'Presa in carico', en: 'Taking charge' \}/, "because: { it: 'Presa in carico' }"),
      '"en" is missing',
    ],
    [
      'a command nobody may issue',
      changed('ExpireContact: { roles: [], as: [], system: true }', 'ExpireContact: { roles: [], as: [] }'),
      'nobody may issue it',
    ],
    [
      'roles in no standing',
      changed('SuspendCase: { roles: [case_manager, coordinator], as: [custodian-team] }', 'SuspendCase: { roles: [operator], as: [] }'),
      'go together',
    ],
    ['a condition that takes away', changed('F?signatory:B B', 'B?signatory:F B'), 'less than what holds under the condition'],
    [
      'a discipline for a group that names none',
      changed("cells: 'F   P  -   -    F?discipline", "cells: 'F   P?discipline  -   -    F?discipline"),
      'no discipline is named',
    ],
    ['half of the reading rules', changed(/\nseal:\n(?: {2}.*\n)+/, '\n'), 'reading needs all of'],
    ['a key twice', changed('version:', "version: '0'\nversion:"), 'unique'],
    ['something that is not YAML', '{', 'document'],
    ['nothing', '', 'a mapping is expected'],
  ])('is refused with %s', (_, text, problem) => {
    const load = () => loadPolicy(text);
    expect(load).toThrow(FaultyPolicy);
    expect(load).toThrow(problem);
  });

  it('has one hash whatever its layout, comments and order of keys, and another for any other rule', () => {
    const document = parse(casePolicyText) as Record<string, unknown>;
    const backwards = Object.fromEntries(Object.entries(document).reverse());
    expect(policyFrom(JSON.parse(JSON.stringify(backwards))).hash).toBe(casePolicy.hash);
    expect(loadPolicy(`# a remark\n${casePolicyText}`).hash).toBe(casePolicy.hash);
    expect(loadPolicy(changed("version: '1'", "version: '2'")).hash).not.toBe(casePolicy.hash);
    expect(casePolicy.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says how long an emergency access lasts, which a region’s own may for itself', () => {
    expect(emergencyMinutes(casePolicy)).toBe(60);
    for (const minutes of [15, 240]) {
      const own = parse(casePolicyText) as { relations: { 'break-glass': { minutes?: number } } };
      own.relations['break-glass'].minutes = minutes;
      expect(emergencyMinutes(narrow(casePolicy, own))).toBe(minutes);
    }
  });

  it('cannot be changed after it was loaded', () => {
    expect(() => (casePolicy.reading?.relations[0]?.purposes as string[]).push('audit')).toThrow();
    expect(() => Object.assign(casePolicy.reading?.seal ?? {}, { readers: 'nobody' })).toThrow();
  });

  it('may speak of commands only, and then shows nothing', () => {
    const commands = loadPolicy("policy: notices\nversion: '1'\ncommands: {}");
    expect(commands.reading).toBeUndefined();
  });

  it('is a region’s only for the same nouns', () => {
    expect(() => narrow(casePolicy, { policy: 'notices', version: '1', commands: {} })).toThrow('does not narrow');
    expect(narrow(casePolicy, parse(casePolicyText)).under).toBe(casePolicy);
  });
});
