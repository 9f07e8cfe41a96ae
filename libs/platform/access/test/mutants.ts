import { DISCIPLINES, FIELD_GROUPS, PHASES, PURPOSES, ROLES, VIEWS } from '@platform/kernel';
import {
  BOUNDS,
  type Cell,
  type Cells,
  type CommandRule,
  type KindRow,
  type Policy,
  type ReadRules,
  type RelationRow,
  RELATIONS,
  sealPolicy,
  STANDINGS,
} from '../src';

/** A policy with one clause changed, and where. */
export interface Mutant {
  readonly place: string;
  readonly policy: Policy;
}

const toggled = <W>(words: readonly W[], word: W): readonly W[] =>
  words.includes(word) ? words.filter((one) => one !== word) : [...words, word];
const stepped = (cell: Cell): Cell[] => {
  const at = VIEWS.indexOf(cell.show);
  const shows = [VIEWS[at + 1], VIEWS[at - 1]].filter((view) => view !== undefined);
  const conditioned: Cell[] = cell.when ? [{ show: cell.show, otherwise: 'none' }] : [{ ...cell, when: 'health' }];
  return [
    ...shows.map((show): Cell => (show === 'none' ? { show, otherwise: 'none' } : { ...cell, show, otherwise: 'none' })),
    ...(cell.show === 'none' ? [] : conditioned),
  ];
};
const cellsChanged = (cells: Cells): [string, Cells][] =>
  FIELD_GROUPS.flatMap((group) => stepped(cells[group]).map((cell) => [group, { ...cells, [group]: cell }] as [string, Cells]));

const kindsChanged = (row: KindRow): [string, KindRow][] => [
  ...cellsChanged(row.cells).map(([group, cells]) => [group, { ...row, cells }] as [string, KindRow]),
  ...RELATIONS.map((relation) => [relation, { ...row, relations: toggled(row.relations, relation) }] as [string, KindRow]),
];
const relationsChanged = (row: RelationRow): [string, RelationRow][] => [
  ...cellsChanged(row.cells).map(([group, cells]) => [group, { ...row, cells }] as [string, RelationRow]),
  ...PURPOSES.map((purpose) => [purpose, { ...row, purposes: toggled(row.purposes, purpose) }] as [string, RelationRow]),
  ...PHASES.map((phase) => [phase, { ...row, phases: toggled(row.phases, phase) }] as [string, RelationRow]),
  ...BOUNDS.map((bound) => [bound, { ...row, boundBy: toggled(row.boundBy, bound) }] as [string, RelationRow]),
  ['grant', { ...row, grant: row.grant === 'none' ? 'required' : 'none' }],
  ['groups', { ...row, groupsAtMost: row.groupsAtMost === 1 ? 2 : 1 }],
  ...[1, 2, 3].filter((acr) => acr !== row.acr).map((acr) => [`acr ${acr}`, { ...row, acr }] as [string, RelationRow]),
];
const commandsChanged = (rule: CommandRule): [string, CommandRule][] => [
  ...ROLES.map((role) => [role, { ...rule, roles: toggled(rule.roles, role) }] as [string, CommandRule]),
  ...STANDINGS.map((standing) => [standing, { ...rule, standings: toggled(rule.standings, standing) }] as [string, CommandRule]),
  ['system', { ...rule, system: !rule.system }],
  ['acr', { ...rule, acr: rule.acr === 2 ? 3 : 2 }],
];

const replaced = <T>(all: readonly T[], n: number, one: T): T[] => all.map((each, at) => (at === n ? one : each));

/** Every clause of the reading half, one step wider and one step narrower. */
export function readMutants(policy: Policy): Mutant[] {
  const { name, version, commands, reading } = policy;
  if (!reading) return [];
  const { kinds, relations, limits } = reading;
  const made = (place: string, changed: Partial<ReadRules>): Mutant => ({
    place,
    policy: sealPolicy({ name, version, commands, reading: { ...reading, ...changed } }),
  });
  return [
    ...kinds.flatMap((row, n) =>
      kindsChanged(row).map(([what, changed]) => made(`kind ${row.name} ${what}`, { kinds: replaced(kinds, n, changed) })),
    ),
    ...relations.flatMap((row, n) =>
      relationsChanged(row).map(([what, changed]) => made(`relation ${row.name} ${what}`, { relations: replaced(relations, n, changed) })),
    ),
    ...limits.flatMap((limit, n) => [
      ...VIEWS.filter((view) => view !== limit.others).map((others) =>
        made(`limit ${limit.group} ${others}`, { limits: replaced(limits, n, { ...limit, others }) }),
      ),
      ...DISCIPLINES.map((word) =>
        made(`limit ${limit.group} ${word}`, { limits: replaced(limits, n, { ...limit, disciplines: toggled(limit.disciplines, word) }) }),
      ),
      made(`limit ${limit.group} absent`, { limits: limits.filter((each) => each !== limit) }),
    ]),
    made('seal', { seal: { ...reading.seal, readers: 'nobody' } }),
  ];
}

/** Every clause of the commands, one word more and one word less. */
export function commandMutants(policy: Policy): Mutant[] {
  const { name, version, commands, reading } = policy;
  return commands.flatMap((rule, n) =>
    commandsChanged(rule).map(([what, changed]) => ({
      place: `command ${rule.command} ${what}`,
      policy: sealPolicy({ name, version, ...(reading ? { reading } : {}), commands: replaced(commands, n, changed) }),
    })),
  );
}
