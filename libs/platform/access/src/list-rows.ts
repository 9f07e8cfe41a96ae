import { type Actor, FIELD_GROUPS, type FieldGroup } from '@platform/kernel';
import type { ListAuthority } from './compile-sql';
import { type ReadDecision, type ReadQuestion, viewsFor, widest } from './decide-read';
import type { Policy } from './policy';
import { isWord, RELATIONS, SERVICE_FAMILIES } from './words';

/** A row of `compileBases`, as Postgres answers it. */
export interface BasesRow {
  readonly case_id: string;
  readonly region: string;
  readonly phase: string;
  readonly sealed_groups: readonly string[];
  readonly responsible: boolean;
  readonly bases: readonly {
    readonly relation: string;
    readonly grant?: string;
    readonly groups?: readonly string[];
    readonly purpose?: string;
    readonly service?: string;
  }[];
}

/** One question for each basis of a row. The rows hold live grants of people who are not recused only: the query saw to that. */
export const questionsOf = (
  by: ListAuthority & { readonly actor: Pick<Actor, 'kind' | 'disciplines' | 'acr'> },
  row: BasesRow,
): readonly ReadQuestion[] =>
  row.bases.map((basis) => ({
    kind: by.actor.kind,
    relation: isWord(RELATIONS, basis.relation) ? basis.relation : 'none',
    disciplines: by.actor.disciplines,
    ...(isWord(SERVICE_FAMILIES, basis.service) ? { serviceFamily: basis.service } : {}),
    ...(basis.grant === undefined ? {} : { grant: { live: true, groups: known(basis.groups ?? []), purpose: basis.purpose ?? '' } }),
    purpose: by.purpose,
    phase: row.phase,
    acr: by.actor.acr,
    recused: false,
    sealedGroups: known(row.sealed_groups),
    responsible: row.responsible,
  }));

const known = (words: readonly string[]): readonly FieldGroup[] => words.filter((word): word is FieldGroup => isWord(FIELD_GROUPS, word));

/** What the person may see of a row's case, over everything their access rests on. */
export const viewsOfRow = (policy: Policy, by: ListAuthority, row: BasesRow): ReadDecision =>
  widest(questionsOf(by, row).map((question) => viewsFor(policy, question)));
