import { NOTHING } from './words';
import { casePolicy } from '../test/case-database';
import { mayCommand } from './decide-command';
import { type ReadQuestion, viewsFor } from './decide-read';
import { type Conditions, type Permit, strictAbility } from './strict-ability';

const permit = (conditions: Conditions, action: readonly string[] = ['read'], subject = 'Thing'): Permit => ({
  action,
  subject,
  conditions,
});
const can = (conditions: Conditions, instance: object): boolean =>
  strictAbility([permit(conditions)]).can('read', { type: 'Thing', ...instance });

describe('a strict ability', () => {
  it('permits what matches', () => {
    expect(can({ level: { lte: 2 } }, { level: 2 })).toBe(true);
    expect(can({ team: { in: ['a', 'b'] }, acr: { gte: 2 }, open: { eq: true } }, { team: 'b', acr: 3, open: true })).toBe(true);
  });

  // Every one of these is permitted by CASL as it comes.
  it.each([
    ['a comparison with nothing', { level: { lte: 2 } }, {}],
    ['a comparison with null', { level: { lte: 2 } }, { level: null }],
    ['a comparison with a text', { level: { lte: 2 } }, { level: 'high' }],
    ['a comparison with NaN', { level: { lte: 2 } }, { level: NaN }],
    ['a comparison with an object', { level: { lte: 2 } }, { level: {} }],
    ['a comparison with a list', { level: { lte: 2 } }, { level: [1, 4] }],
    ['equality with a list', { team: { eq: 'a' } }, { team: ['a', 'z'] }],
    ['membership of a list', { team: { in: ['a'] } }, { team: ['a'] }],
    ['a number as text', { acr: { gte: 2 } }, { acr: '3' }],
    ['truth as text', { live: { eq: true } }, { live: 'true' }],
    ['truth as number', { live: { eq: true } }, { live: 1 }],
    ['an inherited attribute', { live: { eq: true } }, Object.create({ live: true }) as object],
  ] as [string, Conditions, object][])('denies %s', (_, conditions, instance) => expect(can(conditions, instance)).toBe(false));

  it('knows no types, no wildcards and no instance without a type', () => {
    const ability = strictAbility([permit({ live: { eq: true } })]);
    for (const asked of [
      'Thing',
      null,
      undefined,
      [],
      ['Thing'],
      { live: true },
      { type: ['Thing'], live: true },
      { type: 'all', live: true },
    ]) {
      expect(ability.can('read', asked as never)).toBe(false);
    }
    for (const action of ['manage', 'all', '', undefined, ['read']])
      expect(ability.can(action as never, { type: 'Thing', live: true })).toBe(false);
  });

  it.each([
    ['manages everything', permit({ a: { eq: 1 } }, ['manage'])],
    ['speaks of all things', permit({ a: { eq: 1 } }, ['read'], 'all')],
    ['has no condition', permit({})],
    ['tests in a way nobody knows', permit({ a: { ne: 1 } as never })],
    ['tests twice', permit({ a: { gte: 1, lte: 2 } })],
    ['compares with a list', permit({ a: { eq: ['x'] } as never })],
    ['compares with NaN', permit({ a: { lte: NaN } })],
  ])('is not made of a permit that %s', (_, faulty) => expect(() => strictAbility([faulty])).toThrow());
});

describe('a question that is not what it should be', () => {
  const good: ReadQuestion = {
    ...{ kind: 'anti_trafficking_project', relation: 'custodian-team', disciplines: [], purpose: 'direct_assistance' },
    ...{ phase: 'Emersion', acr: 2, recused: false, sealedGroups: [] },
  };
  const grant = { live: true, groups: ['ID'], purpose: 'direct_assistance' };

  it.each([
    ...['kind', 'relation', 'disciplines', 'purpose', 'phase', 'acr', 'recused', 'sealedGroups'].flatMap((field) => [
      [`${field} missing`, { ...good, [field]: undefined }],
      [`${field} null`, { ...good, [field]: null }],
      [`${field} in a list`, { ...good, [field]: [good[field as keyof ReadQuestion]] }],
    ]),
    ['recused as text', { ...good, recused: 'false' }],
    ['an acr that is no number', { ...good, acr: NaN }],
    ['an unknown discipline', { ...good, disciplines: ['wizard'] }],
    ['an unknown sealed group', { ...good, sealedGroups: ['PROT '] }],
    ['a grant whose life is a text', { ...good, grant: { ...grant, live: 'true' } }],
    ['a grant whose groups are a text', { ...good, grant: { ...grant, groups: 'ID' } }],
    ['a relation with something added', { ...good, relation: 'custodian-team:ID' }],
    ['a relation of the prototype', { ...good, relation: 'constructor' }],
  ] as [string, ReadQuestion][])('shows nothing: %s', (_, question) => {
    expect(viewsFor(casePolicy, good).views.ID).toBe('full');
    expect(viewsFor(casePolicy, question).views).toEqual(NOTHING);
  });

  it('permits no command either', () => {
    const actor = { member: 'm', session: 's', kind: 'anti_trafficking_project', roles: ['coordinator'], acr: 2 } as const;
    const question = { command: 'CloseCase', actor, standings: ['custodian-team'], purpose: 'direct_assistance', recused: false } as const;
    expect(mayCommand(casePolicy, question).effect).toBe('permitted');
    const wrong = [
      { recused: undefined },
      { recused: 'false' },
      { standings: 'custodian-team' },
      { standings: [['custodian-team']] },
      { command: 'constructor' },
      { actor: { ...actor, acr: '2' } },
    ];
    for (const change of wrong) expect(mayCommand(casePolicy, { ...question, ...change } as never).effect).toBe('denied');
  });
});
