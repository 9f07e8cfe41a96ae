import { DISCIPLINES, FIELD_GROUPS, type FieldGroup, ORGANISATION_KINDS, PHASES, PURPOSES, ROLES } from '@platform/kernel';
import { parse } from 'yaml';
import {
  type Because,
  type Cell,
  type Cells,
  type CommandRule,
  type DisciplineLimit,
  EMERGENCY_MINUTES,
  type KindRow,
  type Policy,
  type ReadRules,
  type RelationRow,
  type Rules,
  type Seal,
  sealPolicy,
} from './policy';
import { FaultyPolicy, Node } from './strict-reader';
import { atLeast, BOUNDS, CONDITIONS, isWord, LETTERS, RELATIONS, STANDINGS } from './words';

const ID = /^[A-Z]{1,3}-[A-Z0-9]{1,8}$/;
const ROW_NAME = /^[a-z][a-z-]{1,39}$/;
const READING = ['columns', 'kinds', 'relations', 'limits', 'seal'] as const;

/**
 * Loads a policy document. Unknown words, missing cells and wrong types are errors, never defaults.
 * @param text YAML
 * @throws FaultyPolicy naming the place
 */
export function loadPolicy(text: string): Policy {
  let document: unknown;
  try {
    document = parse(text, { strict: true, uniqueKeys: true, maxAliasCount: 0 });
  } catch (error) {
    throw new FaultyPolicy('document', error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not YAML');
  }
  return policyFrom(document);
}

/**
 * The same from a parsed document (an object as stored in JSON).
 * @throws FaultyPolicy naming the place
 */
export function policyFrom(document: unknown): Policy {
  const root = new Node('policy', document).mapping(['policy', 'version', 'commands'], READING);
  const { columns, kinds, relations, limits, seal } = root;
  const told = READING.filter((name) => root[name] !== undefined);
  if (told.length > 0 && told.length < READING.length) throw new FaultyPolicy('policy', `reading needs all of ${READING.join(', ')}`);
  const rules: Rules = {
    name: root.policy.matching(ROW_NAME),
    version: root.version.text(),
    ...(columns && kinds && relations && limits && seal ? { reading: readRules({ columns, kinds, relations, limits, seal }) } : {}),
    commands: root.commands.entries().flatMap(([noun, node]) => commandRules(noun, node)),
  };
  refuseTwice(rules);
  return sealPolicy(rules);
}

/**
 * A region's own policy under a ceiling. It can only narrow: whatever it says, every view is the lower and every command needs both.
 * @param regional a policy document of the same form, for the same nouns
 * @throws FaultyPolicy
 */
export function narrow(ceiling: Policy, regional: unknown): Policy {
  const { name, version, reading, commands } = policyFrom(regional);
  if (name !== ceiling.name) throw new FaultyPolicy('policy', `"${name}" does not narrow "${ceiling.name}"`);
  return sealPolicy({ name, version, ...(reading ? { reading } : {}), commands, under: ceiling });
}

function readRules(node: Record<(typeof READING)[number], Node>): ReadRules {
  if (node.columns.text().split(/\s+/).join(' ') !== FIELD_GROUPS.join(' ')) throw node.columns.fault(`must be ${FIELD_GROUPS.join(' ')}`);
  const limits = node.limits.list().map(disciplineLimit);
  const limited = limits.map((limit) => limit.group);
  const kinds = node.kinds.entries().map(([name, row]) => kindRow(name, row, limited));
  const relations = node.relations.entries().map(([name, row]) => relationRow(name, row, limited));
  for (const kind of ORGANISATION_KINDS) {
    const rows = kinds.filter((row) => row.kinds.includes(kind)).length;
    if (rows !== 1) throw node.kinds.fault(`"${kind}" stands in ${rows} rows, not in one`);
  }
  for (const relation of RELATIONS)
    if (!relations.some((row) => row.name === relation)) throw node.relations.fault(`"${relation}" is missing`);
  return { kinds, relations, limits, seal: sealRule(node.seal) };
}

function kindRow(name: string, node: Node, limited: readonly FieldGroup[]): KindRow {
  const row = node.mapping(['id', 'kinds', 'relations', 'cells', 'because']);
  if (!ROW_NAME.test(name)) throw node.fault('a row is named in lower case');
  return {
    id: row.id.matching(ID),
    name,
    kinds: row.kinds.words(ORGANISATION_KINDS),
    relations: row.relations.words(RELATIONS),
    cells: cells(row.cells, limited),
    because: because(row.because),
  };
}

function relationRow(name: string, node: Node, limited: readonly FieldGroup[]): RelationRow {
  const row = node.mapping(['id', 'cells', 'bound_by', 'grant', 'purposes', 'phases', 'acr', 'because'], ['groups_at_most', 'minutes']);
  if (row.minutes && name !== 'break-glass') throw row.minutes.fault('only emergency access lasts minutes');
  return {
    id: row.id.matching(ID),
    name: new Node(node.where, name).word(RELATIONS),
    cells: cells(row.cells, limited),
    boundBy: row.bound_by.words(BOUNDS),
    grant: row.grant.word(['required', 'none']),
    ...(row.groups_at_most ? { groupsAtMost: row.groups_at_most.integer(1, FIELD_GROUPS.length) } : {}),
    ...(row.minutes ? { minutes: row.minutes.integer(EMERGENCY_MINUTES.least, EMERGENCY_MINUTES.most) } : {}),
    purposes: row.purposes.words(PURPOSES),
    phases: row.phases.words(PHASES),
    acr: row.acr.integer(1, 3),
    because: because(row.because),
  };
}

/** A printed row: one token for each group, in the order of `columns`: `F`, or `F?health`, or `F?signatory:B`. */
function cells(node: Node, limited: readonly FieldGroup[]): Cells {
  const tokens = node.text().trim().split(/\s+/);
  if (tokens.length !== FIELD_GROUPS.length) throw node.fault(`${FIELD_GROUPS.length} cells are expected, ${tokens.length} found`);
  return Object.fromEntries(FIELD_GROUPS.map((group, n) => [group, cell(node, group, tokens[n] ?? '', limited)])) as Cells;
}

function cell(node: Node, group: FieldGroup, token: string, limited: readonly FieldGroup[]): Cell {
  const [, shown, when, other] = /^([A-Z-])(?:\?([a-z]+)(?::([A-Z-]))?)?$/.exec(token) ?? [];
  const show = shown === undefined ? undefined : LETTERS[shown];
  const otherwise = other === undefined ? 'none' : LETTERS[other];
  if (!show || !otherwise) throw node.fault(`${group}: "${token}" is no cell`);
  if (when === undefined) return { show, otherwise: 'none' };
  if (atLeast(otherwise, show)) throw node.fault(`${group}: what holds otherwise is less than what holds under the condition`);
  if (!isWord(CONDITIONS, when)) throw node.fault(`${group}: unknown word "${when}"`);
  if (when === 'discipline' && !limited.includes(group)) throw node.fault(`${group}: no discipline is named for this group`);
  return { show, when, otherwise };
}

function disciplineLimit(node: Node): DisciplineLimit {
  const limit = node.mapping(['id', 'group', 'disciplines', 'others', 'because']);
  const others = LETTERS[limit.others.text()];
  if (!others) throw limit.others.fault('F, P, B, A or - is expected');
  return {
    id: limit.id.matching(ID),
    group: limit.group.word(FIELD_GROUPS),
    disciplines: limit.disciplines.words(DISCIPLINES),
    others,
    because: because(limit.because),
  };
}

function sealRule(node: Node): Seal {
  const seal = node.mapping(['id', 'readers', 'because']);
  return { id: seal.id.matching(ID), readers: seal.readers.word(['responsible', 'nobody']), because: because(seal.because) };
}

function commandRules(noun: string, node: Node): readonly CommandRule[] {
  const { id, acr, because: why, may } = node.mapping(['id', 'acr', 'because', 'may']);
  if (!/^[A-Z][A-Za-z]+$/.test(noun)) throw node.fault('a noun is named as in the state machines');
  return may.entries().map(([command, rule]) => {
    if (!/^[A-Z][A-Za-z]+$/.test(command)) throw rule.fault('a command is named as in the state machines');
    const { roles, as, acr: own, purposes, kinds, system } = rule.mapping(['roles', 'as'], ['acr', 'purposes', 'kinds', 'system']);
    const found: CommandRule = {
      id: `${id.matching(ID)}.${command}`,
      noun,
      command,
      roles: roles.words(ROLES),
      standings: as.words(STANDINGS),
      acr: (own ?? acr).integer(1, 3),
      system: system?.flag() ?? false,
      ...(purposes ? { purposes: purposes.words(PURPOSES) } : {}),
      ...(kinds ? { kinds: kinds.words(ORGANISATION_KINDS) } : {}),
      because: because(why),
    };
    if ((found.roles.length === 0) !== (found.standings.length === 0)) throw rule.fault('roles and standings go together');
    if (found.roles.length === 0 && !found.system) throw rule.fault('nobody may issue it');
    return found;
  });
}

function because(node: Node): Because {
  const { it, en } = node.mapping(['it', 'en']);
  return { it: it.text(), en: en.text() };
}

function refuseTwice({ reading, commands }: Rules): void {
  const rows = reading ? [...reading.kinds, ...reading.relations, ...reading.limits, reading.seal] : [];
  const names = [...rows.map((row) => row.id), ...commands.map((rule) => rule.id), ...commands.map((rule) => rule.command)];
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw new FaultyPolicy('policy', `"${twice}" stands twice`);
  const groups = reading?.limits.map((limit) => limit.group) ?? [];
  if (new Set(groups).size !== groups.length) throw new FaultyPolicy('policy.limits', 'a group is limited twice');
}
