import {
  type Cell,
  type CommandRule,
  CONDITIONS,
  type Condition,
  EMERGENCY_MINUTES,
  type Policy as AccessPolicy,
  type ReadRules,
} from '@platform/access';
import { FIELD_GROUPS, ORGANISATION_KINDS, PURPOSES, VIEWS } from '@platform/kernel';
import type { DiffLine, Direction } from './policy';

/** One thing a policy says, comparable with what another says in the same place: `opens` for each way the world may be. */
interface Statement {
  readonly word: string;
  readonly opens: (holding: Condition | undefined) => number;
}
type Statements = Map<string, Statement>;

const rank = (word: string, opens: number): Statement => ({ word, opens: () => opens });
const PRESENT = rank('allowed', 1);
const ABSENT = rank('none', 0);
const cell = ({ show, when, otherwise }: Cell): Statement => ({
  word: when ? `${show}-if-${when}-else-${otherwise}` : show,
  opens: (holding) => VIEWS.indexOf(when === undefined || when === holding ? show : otherwise),
});

/**
 * What a policy opens that another did not, and what it closes, one line for each cell of its tables. A cell that opens more in some case and
 * less in another widens. Against no policy, everything a policy permits widens.
 */
export function differenceOf(before: AccessPolicy | undefined, after: AccessPolicy): DiffLine[] {
  const [old, now] = [before ? statementsOf(before, after) : new Map<string, Statement>(), statementsOf(after, before)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((place) => {
    const [was, is] = [old.get(place) ?? ABSENT, now.get(place) ?? ABSENT];
    const direction = directionOf(was, is);
    return direction ? [{ cell: place, direction, before: was.word, after: is.word }] : [];
  });
}

function directionOf(was: Statement, is: Statement): Direction | undefined {
  // At most one condition matters on either side; none of them holding is a case of its own.
  const changes = [undefined, ...CONDITIONS].map((holding) => is.opens(holding) - was.opens(holding));
  if (changes.some((change) => change > 0)) return 'WIDENS';
  return changes.some((change) => change < 0) ? 'NARROWS' : undefined;
}

function statementsOf({ reading, commands }: AccessPolicy, other: AccessPolicy | undefined): Statements {
  const all: Statements = new Map();
  if (reading) readingInto(all, reading);
  for (const rule of commands) {
    whoInto(all, rule);
    // Of a command that only one of them knows, who may issue it says everything: nobody signs each purpose and kind of a new command.
    if (other?.commands.some(({ command }) => command === rule.command)) howInto(all, rule);
  }
  return all;
}

function readingInto(all: Statements, { kinds, relations, limits, seal }: ReadRules): void {
  for (const row of kinds) {
    for (const kind of row.kinds) {
      for (const group of FIELD_GROUPS) all.set(`kind.${kind}.${group}`, cell(row.cells[group]));
      for (const relation of row.relations) all.set(`kind.${kind}.may.${relation}`, PRESENT);
    }
  }
  for (const row of relations) {
    const at = `relation.${row.name}`;
    for (const group of FIELD_GROUPS) all.set(`${at}.${group}`, cell(row.cells[group]));
    for (const purpose of row.purposes) all.set(`${at}.purpose.${purpose}`, PRESENT);
    for (const phase of row.phases) all.set(`${at}.phase.${phase}`, PRESENT);
    // A bound that is not named is one that binds no more.
    for (const bound of ['kind', 'discipline'] as const) if (!row.boundBy.includes(bound)) all.set(`${at}.unbound.${bound}`, PRESENT);
    all.set(`${at}.acr`, rank(`acr-${row.acr}`, 4 - row.acr));
    all.set(`${at}.grant`, row.grant === 'required' ? rank('required', 0) : rank('not-required', 1));
    const most = row.groupsAtMost ?? FIELD_GROUPS.length;
    all.set(`${at}.groups-at-most`, rank(`${most}`, most));
  }
  const minutes = relations.find(({ name }) => name === 'break-glass')?.minutes ?? EMERGENCY_MINUTES.usual;
  all.set('relation.break-glass.minutes', rank(`${minutes}`, minutes));
  for (const group of FIELD_GROUPS) {
    const limit = limits.find((each) => each.group === group);
    all.set(`limit.${group}.others`, cell({ show: limit?.others ?? 'full', otherwise: 'none' }));
    for (const discipline of limit?.disciplines ?? []) all.set(`limit.${group}.${discipline}`, PRESENT);
  }
  all.set('seal.readers', seal.readers === 'responsible' ? rank('responsible', 1) : rank('nobody', 0));
}

function whoInto(all: Statements, { command, roles, standings, system }: CommandRule): void {
  const at = `command.${command}`;
  for (const role of roles) for (const standing of standings) all.set(`${at}.${role}.${standing}`, PRESENT);
  if (system) all.set(`${at}.system`, PRESENT);
}

function howInto(all: Statements, { command, acr, purposes, kinds }: CommandRule): void {
  const at = `command.${command}`;
  all.set(`${at}.acr`, rank(`acr-${acr}`, 4 - acr));
  for (const purpose of purposes ?? PURPOSES) all.set(`${at}.for.${purpose}`, PRESENT);
  for (const kind of kinds ?? ORGANISATION_KINDS) all.set(`${at}.by.${kind}`, PRESENT);
}
