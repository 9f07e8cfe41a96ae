import { FIELD_GROUPS, type FieldGroup, VIEWS, type View } from '@platform/kernel';
import type { Cell, CommandQuestion, Policy, ReadQuestion, Views } from '../src';

/** The same policy read a second time, without CASL and without sharing a line: loops over the data, nothing else. */
export function plainViews(policy: Policy, question: ReadQuestion): Views {
  const views = {} as Record<FieldGroup, View>;
  for (const group of FIELD_GROUPS) views[group] = VIEWS[plainLevel(policy, question, group)] ?? 'none';
  return views;
}

function plainLevel(policy: Policy, q: ReadQuestion, group: FieldGroup): number {
  const above = policy.under ? plainLevel(policy.under, q, group) : VIEWS.length;
  const { reading } = policy;
  if (!reading) return 0;
  const relation = reading.relations.find((row) => row.name === q.relation);
  const kind = reading.kinds.find((row) => row.kinds.some((name) => name === q.kind));
  if (!relation || !kind || !kind.relations.some((name) => name === relation.name)) return 0;
  if (q.recused) return 0;
  if (!relation.purposes.some((purpose) => purpose === q.purpose)) return 0;
  if (!relation.phases.some((phase) => phase === q.phase)) return 0;
  if (q.acr < 1 || (group !== 'REF' && q.acr < relation.acr)) return 0;
  if (relation.grant === 'required' && !q.grant) return 0;
  if (q.grant) {
    if (!q.grant.live || q.grant.purpose !== q.purpose) return 0;
    if (q.grant.groups.length > (relation.groupsAtMost ?? FIELD_GROUPS.length)) return 0;
    if (group !== 'REF' && !q.grant.groups.includes(group)) return 0;
  }
  if (q.sealedGroups.includes(group)) {
    if (reading.seal.readers === 'nobody' || relation.name !== 'custodian-team' || !q.responsible) return 0;
  }
  const limit = reading.limits.find((rule) => rule.group === group);
  const skilled = limit !== undefined && limit.disciplines.some((discipline) => q.disciplines.includes(discipline));
  const read = (cell: Cell): number => {
    let holds = true;
    if (cell.when === 'health') holds = q.serviceFamily === 'health';
    if (cell.when === 'legal') holds = q.serviceFamily === 'legal';
    if (cell.when === 'accepted') holds = q.relation !== 'referral-stage-0' && q.relation !== 'referral-stage-1';
    if (cell.when === 'discipline') holds = skilled;
    if (cell.when === 'signatory') holds = false;
    return VIEWS.indexOf(holds ? cell.show : cell.otherwise);
  };
  let level = Math.min(above, read(relation.cells[group]));
  if (relation.boundBy.includes('kind')) level = Math.min(level, read(kind.cells[group]));
  if (relation.boundBy.includes('discipline') && limit && !skilled) level = Math.min(level, VIEWS.indexOf(limit.others));
  return level;
}

export function plainMayCommand(policy: Policy, q: CommandQuestion): boolean {
  if (policy.under && !plainMayCommand(policy.under, q)) return false;
  const rule = policy.commands.find((each) => each.command === q.command);
  if (!rule) return false;
  if (rule.purposes && !rule.purposes.some((purpose) => purpose === q.purpose)) return false;
  if (q.actor.member === 'system' && q.actor.session === 'system') return rule.system;
  if (q.recused || q.actor.acr < rule.acr) return false;
  if (rule.kinds && !rule.kinds.some((kind) => kind === q.actor.kind)) return false;
  const mine = policy.reading?.kinds.find((row) => row.kinds.some((kind) => kind === q.actor.kind));
  const relations: readonly string[] = policy.reading?.relations.map((row) => row.name) ?? [];
  return q.standings.some(
    (standing) =>
      rule.standings.includes(standing) &&
      (!relations.includes(standing) || (mine?.relations.some((relation) => relation === standing) ?? false)) &&
      q.actor.roles.some((role) => rule.roles.includes(role)),
  );
}
