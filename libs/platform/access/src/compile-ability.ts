import { FIELD_GROUPS, type FieldGroup, VIEWS } from '@platform/kernel';
import type { Cell, CommandRule, Policy, ReadRules, RelationRow } from './policy';
import { type Conditions, type Permit, type StrictAbility, strictAbility } from './strict-ability';
import { upTo } from './words';

/** The ceilings a view is the lowest of. Each is asked about by itself. */
export const CEILINGS = ['kind', 'relation', 'discipline', 'grant', 'seal'] as const;
export type Ceiling = (typeof CEILINGS)[number];
/** Type of the instance a ceiling is asked about: one field group in one relation, so that only the few permits that can matter are looked at. */
export const ceilingType = (ceiling: Ceiling, group: FieldGroup, relation: string): string => `${ceiling}:${group}:${relation}`;
export const COMMAND_TYPE = 'command';

const ALL = upTo(VIEWS[VIEWS.length - 1] ?? 'none');

/** Conditions of the table, as attributes of the instance. */
const HOLDS: Readonly<Record<NonNullable<Cell['when']>, Conditions>> = {
  health: { service: { eq: 'health' } },
  legal: { service: { eq: 'legal' } },
  accepted: { accepted: { eq: true } },
  discipline: { discipline: { eq: true } },
  signatory: { signatory: { eq: true } },
};

/** A ceiling that does not lower this relation. */
const unbound = (subject: string, row: RelationRow): Permit => ({ action: ALL, subject, conditions: { relation: { eq: row.name } } });

const cellPermits = (subject: string, cell: Cell, given: Conditions): Permit[] => [
  { action: upTo(cell.show), subject, conditions: { ...given, ...(cell.when ? HOLDS[cell.when] : {}) } },
  ...(cell.when ? [{ action: upTo(cell.otherwise), subject, conditions: given }] : []),
];

function kindPermits({ kinds }: ReadRules, row: RelationRow, group: FieldGroup): Permit[] {
  const subject = ceilingType('kind', group, row.name);
  if (!row.boundBy.includes('kind')) return [unbound(subject, row)];
  return kinds.flatMap((kind) => cellPermits(subject, kind.cells[group], { kind: { in: kind.kinds } }));
}

/** What must hold before a relation shows anything: who may stand in it, for what, when, how signed in, and on which grant. */
function gate(row: RelationRow, kinds: ReadRules['kinds'], group: FieldGroup): Conditions {
  return {
    relation: { eq: row.name },
    kind: { in: kinds.filter((kind) => kind.relations.includes(row.name)).flatMap((kind) => kind.kinds) },
    purpose: { in: row.purposes },
    phase: { in: row.phases },
    acr: { gte: group === 'REF' ? 1 : row.acr },
    recused: { eq: false },
    ...(row.grant === 'required' ? { grant: { eq: 'live' } } : {}),
    ...(row.groupsAtMost === undefined ? {} : { grantSize: { lte: row.groupsAtMost } }),
  };
}

function disciplinePermits({ limits }: ReadRules, row: RelationRow, group: FieldGroup): Permit[] {
  const subject = ceilingType('discipline', group, row.name);
  const limit = limits.find((rule) => rule.group === group);
  if (!limit || !row.boundBy.includes('discipline')) return [unbound(subject, row)];
  return [
    { action: ALL, subject, conditions: { discipline: { eq: true } } },
    { action: upTo(limit.others), subject, conditions: { relation: { eq: row.name } } },
  ];
}

/** A grant that is there lowers every relation, also one that needs none. REF goes with a live grant without being named in it. */
const grantPermits = (row: RelationRow, group: FieldGroup): Permit[] => {
  const subject = ceilingType('grant', group, row.name);
  const used: Conditions = { grant: { eq: 'live' }, samePurpose: { eq: true } };
  return [
    { action: ALL, subject, conditions: { grant: { eq: 'none' } } },
    { action: ALL, subject, conditions: group === 'REF' ? used : { ...used, granted: { eq: true } } },
  ];
};

function sealPermits({ seal }: ReadRules, row: RelationRow, group: FieldGroup): Permit[] {
  const subject = ceilingType('seal', group, row.name);
  const open: Permit = { action: ALL, subject, conditions: { sealed: { eq: false } } };
  if (seal.readers === 'nobody' || row.name !== 'custodian-team') return [open];
  return [open, { action: ALL, subject, conditions: { sealed: { eq: true }, responsible: { eq: true } } }];
}

const commandPermit = (rule: CommandRule): Permit[] => {
  const given: Conditions = { ...(rule.purposes ? { purpose: { in: rule.purposes } } : {}) };
  return [
    {
      action: [rule.command],
      subject: COMMAND_TYPE,
      conditions: {
        ...given,
        system: { eq: false },
        recused: { eq: false },
        role: { in: rule.roles },
        standing: { in: rule.standings },
        acr: { gte: rule.acr },
        ...(rule.kinds ? { kind: { in: rule.kinds } } : {}),
      },
    },
    ...(rule.system ? [{ action: [rule.command], subject: COMMAND_TYPE, conditions: { ...given, system: { eq: true } } }] : []),
  ];
};

const readPermits = (reading: ReadRules): Permit[] =>
  reading.relations.flatMap((row) =>
    FIELD_GROUPS.flatMap((group) => [
      ...cellPermits(ceilingType('relation', group, row.name), row.cells[group], gate(row, reading.kinds, group)),
      ...kindPermits(reading, row, group),
      ...disciplinePermits(reading, row, group),
      ...grantPermits(row, group),
      ...sealPermits(reading, row, group),
    ]),
  );

/** Makes an ability once per policy. */
const once = (permitsOf: (policy: Policy) => readonly Permit[]): ((policy: Policy) => StrictAbility) => {
  const made = new WeakMap<Policy, StrictAbility>();
  return (policy) => {
    const known = made.get(policy) ?? strictAbility(permitsOf(policy).filter((permit) => permit.action.length > 0));
    made.set(policy, known);
    return known;
  };
};

/** What may be seen, as CASL permits over one field group in one relation each. */
export const readingAbilityOf = once((policy) => (policy.reading ? readPermits(policy.reading) : []));
/** Who may issue which command, as CASL permits. */
export const commandAbilityOf = once((policy) => policy.commands.flatMap(commandPermit));
