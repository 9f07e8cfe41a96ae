import { FIELD_GROUPS, type FieldGroup, type View } from '@platform/kernel';
import { atLeast, SERVICE_FAMILIES, type ServiceFamily, type Views } from './words';

/**
 * What of a field group a change can be of: its codes, or what a full view alone shows (values of the vault, references to documents). A case's row
 * keeps when each last changed, so that whoever sees a part of a case learns of changes in that part and of no others.
 */
export interface Part {
  readonly group: FieldGroup;
  readonly what: 'codes' | 'whole';
}

/** Where the instant of a part stands in `changed_at`; from 1, as Postgres counts. */
export const placeOf = ({ group, what }: Part): number => 2 * FIELD_GROUPS.indexOf(group) + (what === 'codes' ? 1 : 2);
export const PLACES = 2 * FIELD_GROUPS.length;

/**
 * The least view that shows codes as they stand. Less than that is a band or "something is recorded": it may move with a change, and mostly does
 * not, so that a change of it is found by the next reading and told by no date.
 */
const SHOWS_CODES: Readonly<Record<FieldGroup, View>> = {
  ...{ REF: 'banded', ID: 'full', CON: 'full', PROT: 'full', HEA: 'full', LEG: 'full', FAM: 'full' },
  ...{ EXP: 'codes', OFF: 'full', NEED: 'banded', PLAN: 'codes', COMP: 'banded', TERR: 'full' },
};

/** The parts of a group that this view shows each change of. */
export const partsShown = (group: FieldGroup, view: View): readonly Part[] => [
  ...(atLeast(view, SHOWS_CODES[group]) ? [{ group, what: 'codes' } as const] : []),
  ...(view === 'full' ? [{ group, what: 'whole' } as const] : []),
];

export const allPartsShown = (views: Views): readonly Part[] => FIELD_GROUPS.flatMap((group) => partsShown(group, views[group]));

/** When something last changed that is seen through these views; undefined where that is not known. */
export function lastChangeIn(views: Views, changedAt: readonly (Date | null)[]): Date | undefined {
  const times = allPartsShown(views).flatMap((part) => changedAt[placeOf(part) - 1] ?? []);
  return times.reduce<Date | undefined>((latest, time) => (latest === undefined || latest < time ? time : latest), undefined);
}

/**
 * The same of a row `c` of `sec.granted_cases`, as SQL: of the groups that its grant names and that are not sealed.
 * @param viewBy how a group is seen by a grant that names it, for a service of this family
 */
export function latestShown(viewBy: (group: FieldGroup, family: ServiceFamily) => View): string {
  const terms = FIELD_GROUPS.flatMap((group) => {
    const families = new Map<number, ServiceFamily[]>();
    for (const family of SERVICE_FAMILIES)
      for (const place of partsShown(group, viewBy(group, family)).map(placeOf))
        families.set(place, [...(families.get(place) ?? []), family]);
    return [...families].map(([place, of]) => {
      const some = of.length < SERVICE_FAMILIES.length;
      if (group === 'REF' && !some) return `c.changed_at[${place}]`;
      const asked = some ? ` and c.service_family in (${of.map((one) => `'${one}'`).join()})` : '';
      return `case when '${group}' = any (c.groups) and not ('${group}' = any (c.sealed_groups))${asked} then c.changed_at[${place}] end`;
    });
  });
  return `greatest(${['null::timestamptz', ...terms].join()})`;
}
