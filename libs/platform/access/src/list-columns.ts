import { DomainError, type FieldGroup, type View } from '@platform/kernel';

/** What a list may be narrowed by. `responsible: 'me'` = the cases this person is responsible for. */
export interface ListFilters {
  readonly region?: string;
  readonly urgent?: boolean;
  readonly phase?: string;
  readonly responsible?: 'me';
  /** Code of a need. */
  readonly need?: string;
  /** Stream of a company dossier. */
  readonly company?: string;
  /** Six-digit ISTAT code. */
  readonly comune?: string;
}
export type ListSort = 'updated_at' | 'opened_on';

/** A column takes part in a query only where its field group may be read at this view or better. */
export interface ListColumn {
  readonly group: FieldGroup;
  readonly needs: View;
  /** Stands in the narrow key view, too: routing only. */
  readonly key: boolean;
}

/** The phase and the dates of the path say what the plan says: they count as PLAN. */
export const FILTER_COLUMNS: Readonly<
  Record<keyof ListFilters, ListColumn & { readonly sql: (parameter: string) => string; readonly type: string }>
> = {
  region: { group: 'REF', needs: 'full', key: true, type: 'text', sql: (p) => `c.region = ${p}` },
  urgent: { group: 'REF', needs: 'full', key: true, type: 'boolean', sql: (p) => `c.urgent = ${p}` },
  phase: { group: 'PLAN', needs: 'codes', key: true, type: 'text', sql: (p) => `c.phase = ${p}` },
  responsible: { group: 'PLAN', needs: 'full', key: true, type: 'text', sql: (p) => `c.responsible = ${p}` },
  need: { group: 'NEED', needs: 'codes', key: false, type: 'text', sql: (p) => `${p} = any (c.needs)` },
  company: { group: 'COMP', needs: 'codes', key: false, type: 'text', sql: (p) => `${p} = any (c.companies)` },
  comune: { group: 'TERR', needs: 'full', key: false, type: 'text', sql: (p) => `c.comune = ${p}` },
};

export const SORT_COLUMNS: Readonly<Record<ListSort, { readonly sql: string; readonly type: string; readonly column?: ListColumn }>> = {
  // For the case's own team. Whoever sees a case by a grant sees when that moved which the grant shows: see `changed-at.ts`.
  updated_at: { sql: 'c.updated_at', type: 'timestamptz' },
  opened_on: { sql: 'c.opened_on', type: 'date', column: { group: 'PLAN', needs: 'codes', key: true } },
};

/** Columns of the key view: what routes a row, no content. */
export const KEY_COLUMNS = [
  'case_id',
  'region',
  'custodian',
  'team',
  'phase',
  'opened_on',
  'updated_at',
  'responsible',
  'sealed_groups',
  'recused',
  'urgent',
] as const;

/** What a list may ask of a case besides its identifier: routing, and what it can be narrowed by. */
export const LIST_COLUMNS = [
  ...KEY_COLUMNS.filter((column) => column !== 'case_id'),
  'needs',
  'companies',
  'comune',
  'changed_at',
] as const;

/** The filters that are really set. @throws DomainError for one that does not exist */
export function filtersIn(filters: ListFilters): readonly (readonly [keyof ListFilters, string | boolean])[] {
  return Object.entries(filters as Record<string, unknown>)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const column = Object.hasOwn(FILTER_COLUMNS, name) ? FILTER_COLUMNS[name as keyof ListFilters] : undefined;
      if (!column || typeof value !== (column.type === 'boolean' ? 'boolean' : 'string')) {
        throw new DomainError('list.unknown-filter', 'invalid', 'There is no such filter.', [
          { pointer: `/${name}`, message: 'no such filter' },
        ]);
      }
      return [name as keyof ListFilters, value as string | boolean] as const;
    });
}
