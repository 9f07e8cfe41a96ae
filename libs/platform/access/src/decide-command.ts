import { type Actor, type Fact, isSystem, type Role } from '@platform/kernel';
import { COMMAND_TYPE, commandAbilityOf } from './compile-ability';
import { deny, type Grounds, hide, type Judgement, permit } from './judgement';
import { type Policy, rowOfKind } from './policy';
import { discloses, isWord, RELATIONS, type Standing, STANDINGS } from './words';

/** May this actor issue this command, standing so to what it is about? */
export interface CommandQuestion {
  readonly command: string;
  readonly actor: Pick<Actor, 'member' | 'session' | 'kind' | 'roles' | 'acr'>;
  /** Every standing the actor really has to the record; resting on live grants only. */
  readonly standings: readonly Standing[];
  readonly purpose: string;
  /** The case has recused this person. */
  readonly recused: boolean;
  /** Act by which somebody standing so would read the record: who may not do that, however they sign in, is not told that there is one. */
  readonly readBy?: string | undefined;
}

/** A judgement about a command, with the role that carried it. */
export interface CommandJudgement extends Judgement {
  readonly role?: Role;
}

/**
 * Decides a command: one role in one standing that the policy names together, signed in strongly enough. Who may not know that the record
 * exists is answered as if it did not.
 */
export function mayCommand(policy: Policy, question: CommandQuestion, facts: readonly Fact[] = []): CommandJudgement {
  const own = ownJudgement(policy, question, facts);
  if (!policy.under || own.effect === 'denied') return own;
  const above = mayCommand(policy.under, question, facts);
  return { ...(above.effect === 'denied' ? above : own), policy: policy.hash };
}

function ownJudgement(policy: Policy, question: CommandQuestion, facts: readonly Fact[]): CommandJudgement {
  const { actor, command } = question;
  const rule = policy.commands.find((known) => known.command === command);
  const grounds = (...reasons: string[]): Grounds => ({ policy: policy.hash, reasons, facts });
  if (!rule) return hide(grounds('command.unknown'));
  const ability = commandAbilityOf(policy);
  const asked = { type: COMMAND_TYPE, purpose: question.purpose, recused: question.recused, acr: actor.acr, kind: actor.kind };
  if (isSystem(actor)) {
    return ability.can(command, { ...asked, system: true }) ? permit(grounds(rule.id)) : deny(grounds('command.not-for-the-system'));
  }
  const standings = (Array.isArray(question.standings) ? question.standings : []).filter(
    (standing): standing is Standing => isWord(STANDINGS, standing) && mayStand(policy, actor.kind, standing),
  );
  for (const standing of standings) {
    for (const role of actor.roles) {
      if (ability.can(command, { ...asked, system: false, role, standing })) return { ...permit(grounds(rule.id)), role };
    }
  }
  const codes = [
    question.recused !== false && 'member.recused',
    !actor.roles.some((role) => rule.roles.includes(role)) && 'role.not-allowed',
    !standings.some((standing) => rule.standings.includes(standing)) && 'standing.missing',
    !(actor.acr >= rule.acr) && 'acr.too-low',
    rule.purposes !== undefined && !(rule.purposes as readonly string[]).includes(question.purpose) && 'purpose.not-allowed',
    rule.kinds !== undefined && !(rule.kinds as readonly string[]).includes(actor.kind) && 'kind.not-allowed',
  ].filter((code) => code !== false);
  const visible = question.recused === false && standings.some(discloses) && mayRead(policy, question);
  return (visible ? deny : hide)(grounds(...(codes.length > 0 ? codes : ['command.not-permitted'])));
}

function mayRead(policy: Policy, { readBy, ...question }: CommandQuestion): boolean {
  if (readBy === undefined) return true;
  return mayCommand(policy, { ...question, command: readBy, actor: { ...question.actor, acr: 3 } }).effect === 'permitted';
}

/** A kind of organisation can only stand in the relations its row names; standings that are no relations are not bound. */
const mayStand = (policy: Policy, kind: string, standing: Standing): boolean =>
  !policy.reading || !isWord(RELATIONS, standing) || (rowOfKind(policy, kind)?.relations.includes(standing) ?? false);
