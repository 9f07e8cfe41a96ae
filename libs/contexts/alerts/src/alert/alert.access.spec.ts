import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { loadPolicy, mayCommand, type Standing, STANDINGS } from '@platform/access';
import { ORGANISATION_KINDS, type Role, ROLES, systemActor } from '@platform/kernel';
import { person } from '@platform/testing';
import { PolicyBook } from '../policy-book';

const book = new PolicyBook();
const policy = loadPolicy(readFileSync(path.join(__dirname, 'alert.policy.yaml'), 'utf8'));
const WRITERS: readonly Role[] = ['case_manager', 'coordinator', 'legal_adviser'];
const READERS: readonly Role[] = ['inspector', 'union_officer', 'operator', 'coordinator'];

/** By hand: command, roles, standing, whether the service itself may. */
const TABLE: readonly (readonly [string, readonly Role[], Standing | undefined, boolean])[] = [
  ['DraftAlert', WRITERS, 'own-organisation', false],
  ['ScreenAlert', WRITERS, 'issuer', false],
  ['HoldAlert', WRITERS, 'issuer', true],
  ['ReleaseAlert', WRITERS, 'issuer', false],
  ['RejectAlert', ['coordinator'], 'issuer', false],
  ['IssueAlert', ['coordinator'], 'issuer', false],
  ['CloseAlert', ['case_manager', 'coordinator'], 'issuer', true],
  ['WithdrawAlert', ['coordinator'], 'issuer', false],
  ['ExpireAlert', [], undefined, true],
  ['DeliverAlert', [], undefined, true],
  ['AcknowledgeAlert', READERS, 'recipient', false],
  ['AnswerAlert', READERS, 'recipient', false],
  ['WithdrawDelivery', [], undefined, true],
  ['ExpireDelivery', [], undefined, true],
  ['Subscribe', READERS, 'own-organisation', false],
  ['PauseSubscription', READERS, 'recipient', false],
  ['ResumeSubscription', READERS, 'recipient', false],
  ['EndSubscription', READERS, 'recipient', true],
  ['ListAlerts', WRITERS, 'own-organisation', false],
  ['ReadAlert', WRITERS, 'issuer', false],
  ['PreviewAlert', WRITERS, 'issuer', false],
  ['ListDeliveries', READERS, 'own-organisation', false],
  ['ReadDelivery', READERS, 'recipient', false],
  ['RevealCompany', ['inspector', 'union_officer'], 'recipient', false],
  ['ListSubscriptions', READERS, 'own-organisation', false],
];
const ISSUING_KINDS = [
  ...['anti_trafficking_project', 'social_cooperative', 'association'],
  ...['anti_violence_centre', 'church_body', 'international_organisation'],
];
const may = (command: string, role: Role, standing: Standing, more: Partial<ReturnType<typeof person>> = {}) =>
  mayCommand(policy, {
    command,
    actor: person({ roles: [role], ...more }),
    standings: [standing],
    purpose: 'direct_assistance',
    recused: false,
  });

describe('who may do what with alerts', () => {
  it('is all that the policy says', () =>
    expect(policy.commands.map(({ command }) => command).sort()).toEqual(TABLE.map(([command]) => command).sort()));

  it.each(TABLE)('is, for %s, as written by hand', (command, roles, standing, system) => {
    const permitted = ROLES.flatMap((role) =>
      STANDINGS.filter((each) => may(command, role, each).effect === 'permitted').map((each) => [role, each]),
    );
    expect(permitted.sort()).toEqual(roles.map((role) => [role, standing]).sort());
    const bySystem = mayCommand(policy, {
      command,
      actor: systemActor('umbria'),
      standings: [],
      purpose: 'direct_assistance',
      recused: false,
    });
    expect(bySystem.effect === 'permitted').toBe(system);
  });

  it.each(TABLE.filter(([, roles]) => roles.length > 0))('asks, for %s, for a second factor', (command, roles, standing) => {
    expect(may(command, roles[0] ?? 'operator', standing ?? 'issuer', { acr: 1 }).effect).toBe('denied');
  });

  it('lets only those draft an alert who may hold cases', () => {
    const kinds = ORGANISATION_KINDS.filter(
      (kind) => may('DraftAlert', 'coordinator', 'own-organisation', { kind }).effect === 'permitted',
    );
    expect([...kinds].sort()).toEqual([...ISSUING_KINDS].sort());
  });

  it('never tells colleagues of a side who may not read it that there is anything, however they sign in', () => {
    const told = (role: Role, standing: Standing, command: string, acr: number): boolean => {
      const actor = person({ roles: [role], acr });
      const by = { actor, purpose: 'direct_assistance', at: '', request: '', commandId: '', causation: null, correlation: '' };
      return book.judge(command, by, [standing]).visible;
    };
    for (const acr of [1, 2, 3])
      for (const command of ['ReadAlert', 'IssueAlert'])
        for (const role of ROLES) expect([role, told(role, 'issuer', command, acr)]).toEqual([role, WRITERS.includes(role)]);
    for (const role of ROLES) expect([role, told(role, 'recipient', 'AnswerAlert', 1)]).toEqual([role, READERS.includes(role)]);
  });

  it('never tells whoever has no standing that there is anything', () => {
    for (const [command] of TABLE)
      expect(mayCommand(policy, { command, actor: person(), standings: [], purpose: 'direct_assistance', recused: false }).visible).toBe(
        false,
      );
  });
});
