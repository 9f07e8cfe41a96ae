import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { loadPolicy, mayCommand, type Standing, STANDINGS } from '@platform/access';
import { type Role, ROLES, systemActor } from '@platform/kernel';
import { person } from '@platform/testing';

const policy = loadPolicy(readFileSync(path.join(__dirname, 'referral.policy.yaml'), 'utf8'));
const WORK: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'legal_adviser'];
const DECIDE: readonly Role[] = ['case_manager', 'coordinator', 'legal_adviser'];
const TOLD: readonly Role[] = [...WORK, 'dpo'];
const READ: readonly Role[] = [...WORK, 'cultural_mediator'];

/** By hand: command, roles, standings, whether the service itself may, strength of sign-in. */
const TABLE: readonly (readonly [string, readonly Role[], readonly Standing[], boolean, number])[] = [
  ['DraftReferral', WORK, ['custodian-team'], false, 2],
  ['OfferReferral', DECIDE, ['sender'], false, 2],
  ['OpenReferralSummary', WORK, ['receiver'], false, 2],
  ['AskClarification', WORK, ['receiver'], false, 2],
  ['GiveClarification', WORK, ['sender'], false, 2],
  ['AcceptReferral', DECIDE, ['receiver'], false, 2],
  ['DiscloseIdentity', [], [], true, 2],
  ['StartService', WORK, ['receiver'], false, 2],
  ['ReportServiceOutcome', WORK, ['receiver'], false, 2],
  ['CloseReferral', DECIDE, ['sender'], false, 2],
  ['CloseReferralUnanswered', [], [], true, 2],
  ['DeclineReferral', WORK, ['receiver'], false, 2],
  ['ProposeRedirect', WORK, ['receiver'], false, 2],
  ['RedirectReferral', DECIDE, ['sender'], false, 2],
  ['WithdrawReferral', WORK, ['sender'], true, 2],
  ['ExpireReferral', [], [], true, 2],
  ['ReturnReferral', DECIDE, ['receiver'], false, 2],
  ['ReadReferral', READ, ['sender', 'receiver'], false, 1],
  ['ListReferrals', READ, ['own-organisation'], false, 1],
  ['ReadClarifications', WORK, ['sender', 'receiver'], false, 2],
  ['SendNotice', [], [], true, 1],
  ['AcknowledgeNotice', TOLD, ['recipient'], false, 1],
  ['LapseNotice', [], [], true, 1],
  ['ListNotices', TOLD, ['own-organisation'], false, 1],
  ['ReadOwnLetters', READ, ['own-act'], false, 1],
  ['ChangeOwnLetters', READ, ['own-act'], false, 1],
  ['TellByLetter', [], [], true, 1],
];
const may = (command: string, role: Role, standing: Standing, acr = 2) => {
  const actor = person({ roles: [role], acr });
  return mayCommand(policy, { command, actor, standings: [standing], purpose: 'direct_assistance', recused: false });
};

describe('who may do what with referrals and notices', () => {
  it('is all that the policy says', () =>
    expect(policy.commands.map(({ command }) => command).sort()).toEqual(TABLE.map(([command]) => command).sort()));

  it.each(TABLE)('is, for %s, as written by hand', (command, roles, standings, system) => {
    const permitted = ROLES.flatMap((role) =>
      STANDINGS.filter((each) => may(command, role, each).effect === 'permitted').map((each) => `${role} ${each}`),
    );
    expect(permitted.sort()).toEqual(roles.flatMap((role) => standings.map((standing) => `${role} ${standing}`)).sort());
    const bySystem = mayCommand(policy, {
      command,
      actor: systemActor('umbria'),
      standings: [],
      purpose: 'direct_assistance',
      recused: false,
    });
    expect(bySystem.effect === 'permitted').toBe(system);
  });

  it.each(TABLE.filter(([, roles]) => roles.length > 0))(
    'asks, for %s, for the sign-in written by hand',
    (command, roles, standings, _system, acr) => {
      const [role, standing] = [roles[0] ?? 'operator', standings[0] ?? 'sender'];
      expect([1, 2].map((given) => may(command, role, standing, given).effect === 'permitted')).toEqual([acr <= 1, true]);
    },
  );

  it('never tells whoever has no standing that there is anything', () => {
    for (const [command] of TABLE)
      expect(mayCommand(policy, { command, actor: person(), standings: [], purpose: 'direct_assistance', recused: false }).visible).toBe(
        false,
      );
  });
});
