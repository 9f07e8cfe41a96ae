import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ceilingFor,
  type GrantInHand,
  loadPolicy,
  type ReadQuestion,
  RELATIONS,
  SERVICE_FAMILIES,
  type Views,
  viewsFor,
} from '@platform/access';
import { DISCIPLINES, FIELD_GROUPS, type FieldGroup, ORGANISATION_KINDS, PHASES, PURPOSES, type View } from '@platform/kernel';

const read = (name: string): string => readFileSync(path.join(__dirname, name), 'utf8');
const policy = loadPolicy(read('case.policy.yaml'));

/** The hand-written table, section by section. */
const sections = new Map<string, string[][]>();
for (const line of read('access-table.csv').split('\n')) {
  const title = /^\[(.+)\]$/.exec(line)?.[1];
  if (title) sections.set(title, []);
  else if (line !== '' && !line.startsWith('#')) [...sections.values()].at(-1)?.push(line.split(','));
}
const section = (name: string): string[][] => sections.get(name) ?? [];
const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
const mapOf = (name: string): Map<string, string[]> => new Map(section(name).map(([key = '', ...rest]) => [key, rest]));

const LETTER: Record<string, View> = { F: 'full', P: 'codes', B: 'banded', A: 'aggregate', '-': 'none' };
const rowOf = new Map(section('kinds').flatMap(([row = '', kinds]) => words(kinds).map((kind) => [kind, row] as const)));
const cells = new Map(section('cells').map(([kind, relation, discipline, ...row]) => [`${kind}|${relation}|${discipline}`, row]));
const grants = mapOf('grants');
const purposes = mapOf('purposes');
const phases = mapOf('phases');
const signIn = mapOf('sign-in');
const seal = mapOf('seal');

const DISCIPLINE_CLASSES = {
  none: ['educator', 'coordinator'],
  health: ['psychologist'],
  lawyer: ['lawyer', 'supervisor'],
  labour: ['labour_expert'],
} as const;
type DisciplineClass = keyof typeof DISCIPLINE_CLASSES;

/** What a token of the table says under the facts of a question. */
const token = (text: string, facts: { service: string; accepted: boolean; signatory: boolean }): View => {
  const [, letter = '-', condition, otherwise = '-'] = /^([FPBA-])(?:\/([a-z]+)(?::([FPBA-]))?)?$/.exec(text) ?? [];
  const holds = {
    health: facts.service === 'health',
    legal: facts.service === 'legal',
    accepted: facts.accepted,
    signatory: facts.signatory,
  };
  return LETTER[condition === undefined || holds[condition as keyof typeof holds] ? letter : otherwise] ?? 'none';
};

/** The expectation: the table read by rules of its own, sharing nothing with the policy or its evaluator. */
function expected(question: ReadQuestion, discipline: DisciplineClass, group: FieldGroup): View {
  const { relation, grant } = question;
  const row =
    cells.get(`${rowOf.get(question.kind)}|${relation}|${discipline}`) ?? cells.get(`${rowOf.get(question.kind)}|${relation}|any`);
  if (!row || question.recused) return 'none';
  if (!words(purposes.get(relation)?.[0]).includes(question.purpose)) return 'none';
  if (question.phase === 'Closed' && phases.get(relation)?.[0] !== 'yes') return 'none';
  const strength = signIn.get(String(question.acr))?.[0];
  if (strength !== 'everything' && !(strength === 'REF' && group === 'REF')) return 'none';
  const [needed, most] = grants.get(relation) ?? [];
  if (needed === 'yes' && !grant) return 'none';
  if (grant && (!grant.live || grant.purpose !== question.purpose || grant.groups.length > Number(most))) return 'none';
  if (grant && group !== 'REF' && !grant.groups.includes(group)) return 'none';
  if (question.sealedGroups.includes(group) && !(question.responsible && seal.get(relation)?.[0] === 'responsible worker')) return 'none';
  const facts = { service: question.serviceFamily ?? '', accepted: false, signatory: false };
  return token(row[FIELD_GROUPS.indexOf(group)] ?? '', facts);
}

const oneOfEachRow = [...new Set(rowOf.values())].map((row) => [...rowOf.entries()].find(([, name]) => name === row)?.[0] ?? '');
const grantStates = (purpose: string): (GrantInHand | undefined)[] => {
  const all: GrantInHand = { live: true, groups: FIELD_GROUPS, purpose };
  return [
    undefined,
    all,
    { ...all, live: false },
    { ...all, purpose: purpose === 'audit' ? 'joint_case' : 'audit' },
    { ...all, groups: ['HEA'] },
    { ...all, groups: ['ID', 'NEED', 'TERR', 'EXP'] },
    { ...all, groups: [] },
  ];
};

const asked: ReadQuestion = {
  kind: 'anti_trafficking_project',
  relation: 'custodian-team',
  disciplines: [],
  purpose: 'direct_assistance',
  phase: 'Emersion',
  acr: 2,
  recused: false,
  sealedGroups: [],
};
const classes = Object.keys(DISCIPLINE_CLASSES) as DisciplineClass[];

let cellsCompared = 0;
const differences: string[] = [];
function compare(question: ReadQuestion, discipline: DisciplineClass): void {
  const { views } = viewsFor(policy, question);
  for (const group of FIELD_GROUPS) {
    cellsCompared++;
    const wanted = expected(question, discipline, group);
    if (views[group] !== wanted && differences.length < 10) {
      differences.push(`${group}: policy ${views[group]}, table ${wanted}: ${JSON.stringify({ ...question, discipline })}`);
    }
  }
}
beforeEach(() => void differences.splice(0));
afterAll(() =>
  console.info(`access table of a case: ${cellsCompared.toLocaleString('en')} cells compared, policy ${policy.hash.slice(0, 12)}`),
);

describe('the access policy of a case', () => {
  it('agrees with the signed table for every kind row, relation, discipline, service, grant, purpose, phase and field group', () => {
    for (const kind of oneOfEachRow) {
      for (const relation of RELATIONS) {
        for (const discipline of classes) {
          for (const purpose of PURPOSES) {
            for (const grant of grantStates(purpose)) {
              for (const phase of PHASES) {
                for (const serviceFamily of SERVICE_FAMILIES) {
                  const question = { ...asked, kind, relation, disciplines: DISCIPLINE_CLASSES[discipline], purpose, phase, serviceFamily };
                  compare(grant ? { ...question, grant } : question, discipline);
                }
              }
            }
          }
        }
      }
    }
    expect(differences).toEqual([]);
  }, 180_000);

  it('agrees with it for every single kind of organisation, strength of sign-in, seal, responsibility and recusal', () => {
    for (const kind of ORGANISATION_KINDS) {
      for (const relation of RELATIONS) {
        const [purpose = ''] = words(purposes.get(relation)?.[0]);
        const groups: readonly FieldGroup[] = relation === 'break-glass' ? ['CON'] : FIELD_GROUPS;
        for (const discipline of classes) {
          for (const acr of [0, 1, 2, 3]) {
            for (const sealedGroups of [[], ['PROT'], ['PROT', 'CON', 'NEED']] as FieldGroup[][]) {
              for (const responsible of [false, true]) {
                for (const recused of [false, true]) {
                  const question = {
                    ...asked,
                    kind,
                    relation,
                    disciplines: DISCIPLINE_CLASSES[discipline],
                    purpose,
                    acr,
                    sealedGroups,
                    responsible,
                    recused,
                  };
                  compare({ ...question, grant: { live: true, groups, purpose } }, discipline);
                }
              }
            }
          }
        }
      }
    }
    expect(differences).toEqual([]);
  }, 180_000);

  it('agrees with it for every single discipline', () => {
    const classOf = new Map(section('disciplines').flatMap(([column = '', names]) => words(names).map((name) => [name, column] as const)));
    expect([...classOf.keys()].sort()).toEqual([...DISCIPLINES].sort());
    for (const kind of oneOfEachRow) {
      for (const relation of RELATIONS) {
        const [purpose = ''] = words(purposes.get(relation)?.[0]);
        const grant = { live: true, groups: relation === 'break-glass' ? (['HEA'] as const) : FIELD_GROUPS, purpose };
        for (const discipline of DISCIPLINES) {
          for (const serviceFamily of SERVICE_FAMILIES) {
            compare(
              { ...asked, kind, relation, disciplines: [discipline], purpose, grant, serviceFamily },
              classOf.get(discipline) as DisciplineClass,
            );
          }
        }
      }
    }
    expect(differences).toEqual([]);
  });

  it('opens at most the one group named when the glass was broken, and never identity or the protected place', () => {
    for (const kind of oneOfEachRow) {
      for (const group of FIELD_GROUPS) {
        const grant = { live: true, groups: [group], purpose: 'emergency' };
        const question: ReadQuestion = { ...asked, kind, relation: 'break-glass', purpose: 'emergency', grant };
        compare(question, 'none');
        const { views } = viewsFor(policy, question);
        expect([views.ID, views.PROT]).toEqual(['none', 'none']);
      }
    }
    expect(differences).toEqual([]);
  });

  it('gives each kind the ceiling of the table, which bounds alerts and statistics too', () => {
    const table = mapOf('ceilings');
    const wrong: string[] = [];
    for (const kind of ORGANISATION_KINDS) {
      for (const signatory of [false, true]) {
        for (const accepted of [false, true]) {
          for (const serviceFamily of SERVICE_FAMILIES) {
            const found: Views = ceilingFor(policy, kind, { signatory, accepted, serviceFamily });
            const row = table.get(rowOf.get(kind) ?? '') ?? [];
            FIELD_GROUPS.forEach((group, n) => {
              cellsCompared++;
              const wanted = token(row[n] ?? '', { service: serviceFamily, accepted, signatory });
              if (found[group] !== wanted) wrong.push(`${kind} ${group}: ${found[group]}, table ${wanted}`);
            });
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets inspectors, unions, employers’ associations, police, prosecutors and prefectures reach no case in any relation', () => {
    for (const kind of ORGANISATION_KINDS.filter((name) =>
      ['inspectorate', 'trade-union', 'employers', 'authority', 'nothing'].includes(rowOf.get(name) ?? ''),
    )) {
      for (const relation of RELATIONS) {
        for (const purpose of PURPOSES) {
          const { views } = viewsFor(policy, {
            ...asked,
            kind,
            relation,
            purpose,
            acr: 3,
            grant: { live: true, groups: FIELD_GROUPS, purpose },
          });
          expect(Object.values(views).every((view) => view === 'none')).toBe(true);
        }
      }
    }
  });

  it('has a table whose rows are complete and whose letters are known', () => {
    expect([...rowOf.keys()].sort()).toEqual([...ORGANISATION_KINDS].sort());
    for (const row of [...section('cells').map((line) => line.slice(3)), ...section('ceilings').map((line) => line.slice(1))]) {
      expect(row).toHaveLength(FIELD_GROUPS.length);
      expect(row.every((text) => /^[FPBA-](\/(health|legal|accepted|signatory)(:[FPBA-])?)?$/.test(text))).toBe(true);
    }
  });
});
