import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadPolicy, mayCommand, RELATIONS, type Standing, STANDINGS } from '@platform/access';
import { ORGANISATION_KINDS, type OrganisationKind, PURPOSES, type Role, ROLES, systemActor } from '@platform/kernel';

const read = (name: string): string => readFileSync(path.join(__dirname, name), 'utf8');
const policy = loadPolicy(read('case.policy.yaml'));
const table = read('access-table.csv');
const linesOf = (title: string): string[][] =>
  (table.split(`\n[${title}]\n`)[1]?.split('\n[')[0] ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(','));
const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '' && word !== '-');

const LETTERS = 'omclkhniuadx';
const LETTER_ROLES = [
  'operator',
  'case_manager',
  'coordinator',
  'legal_adviser',
  'cultural_mediator',
  'helpdesk_expert',
  'mentor',
  'inspector',
  'union_officer',
  'auditor',
  'dpo',
  'administrator',
];
const kindsOf = new Map(linesOf('kinds').map(([row = '', kinds]) => [row, words(kinds)]));
/** Kind and relation pairs that the table knows, for standings that are relations to a case. */
const mayStand = new Set(linesOf('cells').flatMap(([row = '', relation]) => (kindsOf.get(row) ?? []).map((kind) => `${kind}|${relation}`)));

interface Expected {
  readonly roles: readonly string[];
  readonly standings: readonly string[];
  readonly acr: number;
  readonly system: boolean;
  readonly purposes: readonly string[];
  readonly kinds: readonly string[];
}
const expected = new Map(
  linesOf('commands').map(([command = '', roles = '', standings, acr, system, purposes, kinds]): [string, Expected] => [
    command,
    {
      roles: [...roles].filter((letter) => letter !== '-').map((letter) => LETTER_ROLES[LETTERS.indexOf(letter)] ?? letter),
      standings: words(standings),
      acr: Number(acr),
      system: system === 'S',
      purposes: words(purposes),
      kinds: words(kinds).flatMap((row) => kindsOf.get(row) ?? []),
    },
  ]),
);

const may = (
  command: string,
  {
    role,
    standing,
    acr = 3,
    purpose = 'emergency',
    kind = 'anti_trafficking_project',
    recused = false,
  }: { role: Role; standing: Standing; acr?: number; purpose?: string; kind?: OrganisationKind; recused?: boolean },
) =>
  mayCommand(policy, {
    ...{ command, standings: [standing], purpose, recused },
    actor: { member: 'member-1', session: 'session-1', kind, roles: [role], acr },
  });

describe('commands about cases', () => {
  it('are those of the signed table', () => {
    expect(policy.commands.map((rule) => rule.command).sort()).toEqual([...expected.keys()].sort());
  });

  it('may be issued by exactly the roles in exactly the standings of the table, signed in strongly enough, never when recused', () => {
    let cells = 0;
    const wrong: string[] = [];
    for (const [command, rule] of expected) {
      for (const role of ROLES) {
        for (const standing of STANDINGS) {
          for (const acr of [1, 2, 3]) {
            for (const recused of [false, true]) {
              cells++;
              // An inspector's kind where only inspectors may: kinds have a sentence of their own.
              const kind = (rule.kinds.includes('anti_trafficking_project') ? undefined : rule.kinds[0]) as OrganisationKind | undefined;
              const stands =
                !(RELATIONS as readonly string[]).includes(standing) || mayStand.has(`${kind ?? 'anti_trafficking_project'}|${standing}`);
              const wanted = !recused && acr >= rule.acr && rule.roles.includes(role) && rule.standings.includes(standing) && stands;
              const found = may(command, { role, standing, acr, recused, ...(kind ? { kind } : {}) }).effect === 'permitted';
              if (found !== wanted) wrong.push(`${command} ${role} ${standing} acr ${acr} recused ${recused}: ${found}`);
            }
          }
        }
      }
    }
    console.info(`command table of a case: ${cells.toLocaleString('en')} cells compared`);
    expect(wrong).toEqual([]);
  }, 60_000);

  it('are bound to the purposes and the kinds of organisation of the table', () => {
    const wrong: string[] = [];
    for (const [command, rule] of expected) {
      const [role, standing] = [rule.roles[0] as Role | undefined, rule.standings[0] as Standing | undefined];
      if (!role || !standing) continue;
      for (const kind of ORGANISATION_KINDS) {
        for (const purpose of PURPOSES) {
          const stands = !(RELATIONS as readonly string[]).includes(standing) || mayStand.has(`${kind}|${standing}`);
          const wanted =
            stands &&
            (rule.kinds.length === 0 || rule.kinds.includes(kind)) &&
            (rule.purposes.length === 0 || rule.purposes.includes(purpose));
          if ((may(command, { role, standing, kind, purpose }).effect === 'permitted') !== wanted)
            wrong.push(`${command} ${kind} ${purpose}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('are open to the service itself exactly where the table says so', () => {
    const asSystem = (command: string) =>
      mayCommand(policy, { command, actor: systemActor('umbria'), standings: [], purpose: 'direct_assistance', recused: false }).effect;
    for (const [command, rule] of expected) expect([command, asSystem(command)]).toEqual([command, rule.system ? 'permitted' : 'denied']);
  });

  it('do not make a case visible to those who may not know of it', () => {
    const denied = (standing: Standing, recused = false) => may('CloseCase', { role: 'operator', standing, recused });
    expect(denied('custodian-team')).toMatchObject({ effect: 'denied', visible: true, reasons: ['role.not-allowed'] });
    for (const standing of ['same-region', 'other-region', 'other-organisation'] as const) {
      expect(denied(standing)).toMatchObject({ effect: 'denied', visible: false });
    }
    expect(denied('custodian-team', true)).toMatchObject({ visible: false });
    expect(may('NoSuchCommand', { role: 'coordinator', standing: 'custodian-team' })).toMatchObject({ effect: 'denied', visible: false });
  });

  it('say which role carried them', () => {
    const actor = { member: 'm', session: 's', kind: 'anti_trafficking_project', roles: ['operator', 'case_manager'], acr: 2 } as const;
    expect(
      mayCommand(policy, { command: 'CloseCase', actor, standings: ['custodian-team'], purpose: 'direct_assistance', recused: false }),
    ).toMatchObject({
      ...{ effect: 'permitted', role: 'case_manager', reasons: ['C-CASE.CloseCase'], policy: policy.hash },
    });
  });

  it('are never an administrator’s, a mentor’s or a helpdesk expert’s', () => {
    for (const rule of policy.commands)
      for (const role of ['administrator', 'mentor', 'helpdesk_expert'] as const) expect(rule.roles).not.toContain(role);
  });
});
