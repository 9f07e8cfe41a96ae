import { createHash } from 'node:crypto';
import { type Actor, DomainError, FIELD_GROUPS, type FieldGroup, type View } from '@platform/kernel';
import { latestShown } from './changed-at';
import { viewsFor } from './decide-read';
import { FILTER_COLUMNS, filtersIn, type ListColumn, type ListFilters, type ListSort, SORT_COLUMNS } from './list-columns';
import { inEveryLayer, layersOf, type Policy, rowOfRelation } from './policy';
import { type Part, partsOf, type RegionPolicies } from './region-policies';
import { atLeast, type Relation, SERVICE_FAMILIES, type ServiceFamily } from './words';

/** Who asks, for what, as of which instant of the deciding clock (ISO 8601 UTC). */
export interface ListAuthority {
  readonly actor: Pick<Actor, 'member' | 'kind' | 'disciplines' | 'acr'> & Partial<Pick<Actor, 'teams'>>;
  readonly purpose: string;
  readonly at: string;
  /** What grants rest on is not known well enough now: only the team's own cases count, in rows, filters, order and totals alike. */
  readonly withoutGrants?: boolean;
}
export interface ListPage {
  readonly filters?: ListFilters;
  readonly sort?: ListSort;
  /** 1 to 200. */
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: { readonly key: string; readonly caseId: string };
  /** Branch scans read the narrow key view instead of the table under row security, where filters and order allow it. */
  readonly keyView?: boolean;
}
/** A prepared statement: the name is the digest of the text, so the same shape of query is planned once per connection. */
export interface SqlQuery {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Ways to a case that a database row can state. Offices (DPO, auditor) and offers have no list of cases. */
const HOME: readonly Relation[] = ['custodian-team', 'same-team'];
const BY_GRANT: readonly Relation[] = ['interregional-team', 'referral-stage-1', 'referral-accepted', 'break-glass'];

/** One page of keys `{case_id, key}`, newest first; undefined when nothing at all could be in it. */
export function compileList(policies: Policy | RegionPolicies, by: ListAuthority, page: ListPage): SqlQuery | undefined {
  if (!Number.isInteger(page.limit) || page.limit < 1 || page.limit > 200)
    throw new DomainError('list.limit', 'invalid', 'A page has 1 to 200 rows.');
  const shape = new Shape(policies, by, page);
  const order = `order by key desc, case_id desc limit ${page.limit}`;
  const branches = shape.branches(order);
  if (branches.length === 0) return undefined;
  // Keys become text once the page is known.
  return shape.query(
    `select p.case_id, p.key::text as key from (select u.case_id, u.key from (${branches.join(' union ')}) u ${order}) p order by p.key desc, p.case_id desc`,
  );
}

/** How many cases the same question finds: one row `{count}`. */
export function compileCount(policies: Policy | RegionPolicies, by: ListAuthority, filters: ListFilters = {}): SqlQuery | undefined {
  const shape = new Shape(policies, by, { filters, limit: 1 });
  const branches = shape.branches('');
  if (branches.length === 0) return undefined;
  return shape.query(`select count(*)::int as count from (select case_id from (${branches.join(' union ')}) u) n`);
}

/**
 * What a person's access to some cases rests on: one row `{case_id, region, phase, sealed_groups, responsible, bases}` for each case that is in their
 * list. Detail and list use it alike, so that they cannot disagree.
 */
export function compileBases(policies: Policy | RegionPolicies, by: ListAuthority, caseIds: readonly string[]): SqlQuery | undefined {
  const shape = new Shape(policies, by, { limit: 1 }, caseIds);
  const branches = shape.branches('');
  if (branches.length === 0) return undefined;
  return shape.query(
    `select c.case_id, c.region, c.phase, c.sealed_groups, c.responsible = ${shape.member} as responsible, jsonb_agg(b.basis order by b.basis) as bases ` +
      `from (select u.case_id, jsonb_array_elements(u.basis) as basis from (${branches.join(' union all ')}) u) b ` +
      'join cases.case_list c on c.case_id = b.case_id group by c.case_id',
  );
}

/** So many teams have a page among the first of their rows, a fraction of a page each. */
const ENOUGH_TEAMS = 6;

/** Builds the branches of one query. Parameters are numbered in the order they are met, so equal shapes have equal texts. */
class Shape {
  readonly #values: unknown[] = [];
  readonly member: string;
  readonly #once = new Map<string, string>();
  readonly #table: string;
  readonly #sort: (typeof SORT_COLUMNS)[ListSort];
  readonly #filters: ReturnType<typeof filtersIn>;
  readonly #conditions: string;
  /** The row the page before ended with, as two parameters. */
  readonly #after: readonly [key: string, caseId: string] | undefined;
  readonly #parts: readonly Part[];

  constructor(
    policies: Policy | RegionPolicies,
    private readonly by: ListAuthority,
    private readonly page: ListPage,
    private readonly caseIds?: readonly string[],
  ) {
    this.member = this.#parameter(by.actor.member, 'text');
    this.#sort = SORT_COLUMNS[page.sort ?? 'updated_at'];
    this.#filters = filtersIn(page.filters ?? {});
    this.#table = page.keyView && this.#columns().every((column) => column.key) ? 'sec.case_keys' : 'cases.case_list';
    this.#after = page.after && [this.#parameter(page.after.key, this.#sort.type), this.#parameter(page.after.caseId, 'text')];
    this.#conditions = this.#conditionsOf();
    this.#parts = partsOf(policies, page.filters?.region);
  }

  query(text: string): SqlQuery {
    return { name: `list_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text, values: this.#values };
  }

  branches(order: string): string[] {
    return this.#parts.flatMap(({ policy, regions }) => {
      const home = HOME.filter((relation) => this.#takesPart(policy, relation));
      const granted = this.by.withoutGrants ? [] : BY_GRANT.filter((relation) => this.#takesPart(policy, relation));
      if (home.length + granted.length === 0) return [];
      const conditions = `${this.#conditions}${this.#within(regions)}`;
      return [
        ...(home.length > 0 ? [this.#home(policy, home, conditions, order)] : []),
        ...(granted.length > 0 ? [this.#granted(policy, granted, home, conditions, order)] : []),
      ];
    });
  }

  #within(regions: Part['regions']): string {
    if (regions === 'all') return '';
    if ('only' in regions) return ` and c.region = ${this.#parameter(regions.only, 'text')}`;
    return ` and c.region <> all (${this.#parameter(regions.allBut, 'text[]')})`;
  }

  // Made when first used: Postgres refuses a parameter that the text does not name.
  get #at(): string {
    return this.#shared('at', this.by.at, 'timestamptz');
  }
  get #purpose(): string {
    return this.#shared('purpose', this.by.purpose, 'text');
  }
  #shared(name: string, value: unknown, type: string): string {
    const known = this.#once.get(name) ?? this.#parameter(value, type);
    this.#once.set(name, known);
    return known;
  }

  #parameter(value: unknown, type: string): string {
    this.#values.push(value);
    return `$${this.#values.length}::${type}`;
  }

  #columns(): readonly ListColumn[] {
    return [...this.#filters.map(([name]) => FILTER_COLUMNS[name]), ...(this.#sort.column ? [this.#sort.column] : [])];
  }

  /**
   * A relation takes part only if it shows anything, and if it may read every group the query filters or sorts by: masking afterwards would
   * tell by presence, count and order what it hides.
   */
  #takesPart(policy: Policy, relation: Relation): boolean {
    return [undefined, ...this.#columns()].every((column) =>
      SERVICE_FAMILIES.every((serviceFamily) => {
        const group: FieldGroup = column?.group ?? 'REF';
        return atLeast(this.#viewBy(policy, relation, group, serviceFamily), column?.needs ?? 'aggregate');
      }),
    );
  }

  /** How the person sees a group in this relation, where a grant that is needed names it and nothing is sealed. */
  #viewBy(policy: Policy, relation: Relation, group: FieldGroup, serviceFamily: ServiceFamily): View {
    const { kind, disciplines, acr } = this.by.actor;
    const { purpose } = this.by;
    const person = { kind, disciplines, acr, purpose, recused: false };
    const grant = BY_GRANT.includes(relation) ? { grant: { live: true, groups: [group], purpose } } : {};
    const phase = phasesOf(policy, relation)[0] ?? '';
    const { views } = viewsFor(policy, { ...person, ...grant, relation, serviceFamily, phase, sealedGroups: [] });
    return views[group];
  }

  #conditionsOf(): string {
    const filters = this.#filters.map(([name, value]) => {
      const column = FILTER_COLUMNS[name];
      return column.sql(name === 'responsible' ? this.member : this.#parameter(value, column.type));
    });
    const ids = this.caseIds ? [`c.case_id = any (${this.#parameter(this.caseIds, 'text[]')})`] : [];
    return [...filters, ...ids, `not (${this.member} = any (c.recused))`].join(' and ');
  }

  /** The groups a query touches must not be sealed on the row, unless this person is the one whom the seal lets through. */
  #unsealed(policy: Policy, relation: Relation): string {
    const groups = [...new Set(this.#columns().map((column) => column.group))];
    if (groups.length === 0) return '';
    const list = groups.map((group) => `'${group}'`).join(', ');
    const lets = relation === 'custodian-team' && layersOf(policy).every((layer) => layer.reading?.seal.readers === 'responsible');
    return ` and (not (c.sealed_groups && array[${list}])${lets ? ` or c.responsible = ${this.member}` : ''})`;
  }

  /** Membership in the case's team: one bounded scan per team; custodians and partners share it, because they share its driver. */
  #home(policy: Policy, relations: readonly Relation[], conditions: string, order: string): string {
    const after = this.#after ? ` and (${this.#sort.sql}, c.case_id) < (${this.#after.join()})` : '';
    const seats = `from (${this.#me()}) me join cases.directory_seat seat on seat.member = me.member and ${this.#seated()}`;
    const basis = this.caseIds ? `, jsonb_build_array(jsonb_build_object('relation', ${HOME_RELATION})) as basis` : '';
    const scan = (rows: string, from = ''): string =>
      `${seats} cross join lateral (select c.case_id, ${this.#sort.sql} as key${basis} ` +
      `from ${this.#table} c where c.team = seat.team and (${this.#atHome(policy, relations)}) and ${conditions}${after}${from} ${rows}) h`;
    return `(select h.case_id, h.key${this.caseIds ? ', h.basis' : ''} ${scan(order, this.#notBelowThePage(scan))} ${order})`;
  }

  /**
   * For members of many teams, of whose rows a full page each would be read to show one page: a few of each team are enough to know a key that the
   * page cannot end below. Where these are fewer than a page, there is no such key and all is read as before.
   */
  #notBelowThePage(scan: (rows: string) => string): string {
    const limit = this.page.limit;
    const few = Math.ceil(limit / ENOUGH_TEAMS);
    if (this.caseIds || (this.by.actor.teams?.length ?? 0) <= ENOUGH_TEAMS || few < 2) return '';
    const first = scan(`order by key desc, case_id desc limit ${few}`);
    const key = `(select h.key ${first} order by h.key desc offset ${limit - 1} limit 1)`;
    // A value of its own, for what stands beside it in a condition would be asked of every row behind row security, and never of the index.
    return ` and ${this.#sort.sql} >= (select coalesce(${key}, '-infinity'))`;
  }

  /** What the case must be for its team's members. */
  #atHome(policy: Policy, relations: readonly Relation[]): string {
    const one = (relation: Relation): string => {
      const phases = this.#shared(`phases of ${relation} in ${policy.hash}`, phasesOf(policy, relation), 'text[]');
      const custodian = relation === 'custodian-team' ? '=' : '<>';
      return `(c.custodian ${custodian} me.organisation and c.phase = any (${phases})${this.#unsealed(policy, relation)})`;
    };
    return relations.map(one).join(' or ');
  }

  /** Live grants and the cases they open, one row a case however many grants there are. */
  #granted(policy: Policy, relations: readonly Relation[], home: readonly Relation[], conditions: string, order: string): string {
    const groups = [...new Set(this.#columns().map((column) => column.group))].filter(
      (group) => group !== 'REF' && FIELD_GROUPS.includes(group),
    );
    const live = [
      'c.ended_at is null',
      `c.expires_at > ${this.#at}`,
      `c.purpose = ${this.#purpose}`,
      ...groups.map((group) => `'${group}' = any (c.groups)`),
      "c.phase <> 'Closed'",
      `(${relations.map((relation) => this.#opens(policy, relation)).join(' or ')})`,
      conditions,
    ];
    const key = `max(${this.#sort.column ? this.#sort.sql : this.#seenAt(policy, relations, home)})`;
    const after = this.#after ? ` having (${key}, c.case_id) < (${this.#after.join()})` : '';
    return (
      `(select c.case_id, ${key} as key${this.caseIds ? `, jsonb_agg(${GRANT_BASIS}) as basis` : ''} ` +
      `from (${this.#me()}) me cross join sec.granted_cases c where ${live.join(' and ')} group by c.case_id${after} ${order})`
    );
  }

  /** When that of a case last changed which a grant shows. In the list of the case's own team it stands at its own time, and at no second one. */
  #seenAt(policy: Policy, relations: readonly Relation[], home: readonly Relation[]): string {
    const shown = relations.map(
      (relation) => `when '${relation}' then ${latestShown((group, family) => this.#viewBy(policy, relation, group, family))}`,
    );
    const seen = `coalesce(case c.relation ${shown.join(' ')} end, c.opened_on::timestamptz)`;
    if (home.length === 0) return seen;
    const seats = `array (select seat.team from cases.directory_seat seat where seat.member = ${this.member} and ${this.#seated()})`;
    return `case when c.team = any (${seats}) and (${this.#atHome(policy, home)}) then c.updated_at else ${seen} end`;
  }

  /** What a grant of this relation must fulfil besides being live. */
  #opens(policy: Policy, relation: Relation): string {
    const most = Math.min(...layersOf(policy).map((layer) => rowOfRelation(layer, relation)?.groupsAtMost ?? FIELD_GROUPS.length));
    const holder =
      relation === 'interregional-team'
        ? `c.holder_team = any (array (select seat.team from cases.directory_seat seat where seat.member = ${this.member} and ${this.#seated()}))`
        : `c.holder = ${this.member}`;
    return [
      `(c.relation = '${relation}' and ${holder}`,
      ...(most < FIELD_GROUPS.length ? [`cardinality(c.groups) <= ${most}`] : []),
      // Breaking the glass rests on its own event; everything else on a consent or a legal basis of this case.
      ...(relation === 'break-glass' ? [] : [`c.basis_live and (c.basis_expires_at is null or c.basis_expires_at > ${this.#at})`]),
      `c.phase = any (${this.#parameter(phasesOf(policy, relation), 'text[]')})${this.#unsealed(policy, relation)})`,
    ].join(' and ');
  }

  /** A visitor's seat ends by itself. */
  #seated(): string {
    return `(seat.until is null or seat.until > ${this.#at})`;
  }

  /** The person, as long as they and their organisation are active. */
  #me(): string {
    return (
      'select m.member, m.organisation from cases.directory_member m join cases.directory_organisation o on o.organisation = m.organisation ' +
      `where m.member = ${this.member} and m.active and o.active`
    );
  }
}

const phasesOf = (policy: Policy, relation: Relation): readonly string[] =>
  inEveryLayer(policy, (layer) => rowOfRelation(layer, relation)?.phases ?? []);

const HOME_RELATION = "case when c.custodian = me.organisation then 'custodian-team' else 'same-team' end";
const GRANT_BASIS =
  "jsonb_build_object('relation', c.relation, 'grant', c.grant_id, 'groups', c.groups, 'purpose', c.purpose, 'service', c.service_family)";
