import { createHash } from 'node:crypto';
import type { Discipline, FieldGroup, OrganisationKind, Phase, Purpose, Role, View } from '@platform/kernel';
import { canonicalJson } from '@platform/tlog';
import type { Bound, Condition, Relation, Standing } from './words';

/** Why a rule is what it is, in the two languages people read it in. */
export interface Because {
  readonly it: string;
  readonly en: string;
}

/** One cell of the table: `show`, or where a condition is named, `show` while it holds and `otherwise` while it does not. */
export interface Cell {
  readonly show: View;
  readonly when?: Condition;
  readonly otherwise: View;
}
export type Cells = Readonly<Record<FieldGroup, Cell>>;

/** Ceiling of the kinds of organisation that share a row; `relations` are the ways in which they may ever reach a case. */
export interface KindRow {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly OrganisationKind[];
  readonly relations: readonly Relation[];
  readonly cells: Cells;
  readonly because: Because;
}

export interface RelationRow {
  readonly id: string;
  readonly name: Relation;
  readonly cells: Cells;
  /** Which other ceilings lower this row. */
  readonly boundBy: readonly Bound[];
  /** Whether the relation rests on a live grant. */
  readonly grant: 'required' | 'none';
  /** A grant of this relation that names more groups than this opens nothing. */
  readonly groupsAtMost?: number;
  /** How long an emergency access lasts; what is usual, when absent. */
  readonly minutes?: number;
  readonly purposes: readonly Purpose[];
  readonly phases: readonly Phase[];
  /** Strength of sign-in for everything but REF, which needs 1. */
  readonly acr: number;
  readonly because: Because;
}

/** Outside the custodian team, whoever has none of these disciplines sees at most `others` of the group. */
export interface DisciplineLimit {
  readonly id: string;
  readonly group: FieldGroup;
  readonly disciplines: readonly Discipline[];
  readonly others: View;
  readonly because: Because;
}

/** Who still sees a sealed group: the responsible worker in the custodian team, or nobody. */
export interface Seal {
  readonly id: string;
  readonly readers: 'responsible' | 'nobody';
  readonly because: Because;
}

/** The reading half of a policy. */
export interface ReadRules {
  readonly kinds: readonly KindRow[];
  readonly relations: readonly RelationRow[];
  readonly limits: readonly DisciplineLimit[];
  readonly seal: Seal;
}

/** Who may issue a command: one of the roles, in one of the standings; or the deciding service itself. Roles never open a field. */
export interface CommandRule {
  readonly id: string;
  readonly noun: string;
  readonly command: string;
  readonly roles: readonly Role[];
  readonly standings: readonly Standing[];
  readonly acr: number;
  readonly system: boolean;
  /** Any, when absent. */
  readonly purposes?: readonly Purpose[];
  /** Any, when absent. */
  readonly kinds?: readonly OrganisationKind[];
  readonly because: Because;
}

/** A loaded policy: permit-only data without order; what no rule permits is denied. */
export interface Policy {
  readonly name: string;
  readonly version: string;
  /** Absent in policies that only say who may command. */
  readonly reading?: ReadRules;
  readonly commands: readonly CommandRule[];
  /** The policy this one narrows: it may show and allow no more than that, whatever it says. */
  readonly under?: Policy;
  /** SHA-256 of the canonical JSON (RFC 8785) of everything above, hex. */
  readonly hash: string;
}
export type Rules = Omit<Policy, 'hash'>;

/** SHA-256 of the canonical JSON of the rules: independent of the document's layout, comments and order of keys. */
export const policyHash = ({ name, version, reading, commands, under }: Rules): string =>
  createHash('sha256')
    .update(canonicalJson({ name, version, ...(reading ? { reading } : {}), commands, ...(under ? { under: under.hash } : {}) }))
    .digest('hex');

/** Seals rules into a policy: frozen, so that no code can widen them after they were loaded. */
export const sealPolicy = (rules: Rules): Policy => frozen({ ...rules, hash: policyHash(rules) });

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
};

export const rowOfKind = (policy: Policy, kind: string): KindRow | undefined =>
  policy.reading?.kinds.find((row) => (row.kinds as readonly string[]).includes(kind));
/** What an emergency access lasts where a region says nothing, and what it may say. */
export const EMERGENCY_MINUTES = { least: 15, usual: 60, most: 240 } as const;
/** How long an emergency access opened now lasts: the region's own choice, which no other layer lowers. */
export const emergencyMinutes = (policy: Policy): number => rowOfRelation(policy, 'break-glass')?.minutes ?? EMERGENCY_MINUTES.usual;

export const rowOfRelation = (policy: Policy, relation: string): RelationRow | undefined =>
  policy.reading?.relations.find((row) => row.name === relation);

/** A policy and every ceiling above it. What is permitted is permitted by each of them. */
export const layersOf = (policy: Policy): readonly Policy[] => [policy, ...(policy.under ? layersOf(policy.under) : [])];

/** Words that every layer lists for a relation, e.g. its purposes. */
export const inEveryLayer = <W>(policy: Policy, words: (layer: Policy) => readonly W[]): readonly W[] =>
  layersOf(policy)
    .map(words)
    .reduce((common, listed) => common.filter((word) => listed.includes(word)));
