import { Injectable } from '@nestjs/common';
import {
  type BasesRow,
  compileBases,
  compileCount,
  compileList,
  hide,
  lastChangeIn,
  type ListFilters,
  type ListSort,
  permit,
  policyOf,
  type Views,
  viewsOfRow,
} from '@platform/access';
import { type Authority, type FieldGroup, type View } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { CaseReading } from './case-reading';
import { CaseRows, type ListedCase } from './case-rows.projection';
import { homeRelation } from './case-standing';
import type { CaseView } from './case-view';

export interface ListWish {
  readonly filters: ListFilters;
  readonly sort: ListSort;
  readonly limit: number;
  readonly after?: { readonly key: string; readonly caseId: string };
}
export interface CaseListItem extends CaseView {
  /** Of what the caller may see of it, for the custodian's own people of anything; empty where that is not known any more. */
  readonly updatedOn: string;
}
export interface CaseListAnswer {
  readonly items: readonly CaseListItem[];
  readonly total: number;
  readonly next?: { readonly key: string; readonly caseId: string };
}

/** What of a case stands in a list. */
const LISTED: readonly FieldGroup[] = ['REF', 'ID', 'NEED', 'TERR', 'EXP'];

/** The day on which something last changed that the caller may see. */
function updatedOn({ actor }: Authority, label: ListedCase, views: Views): string {
  const all = homeRelation(actor, label) === 'custodian-team';
  // A row written before it was kept when which part changed: in the read model until it is rebuilt.
  return (all ? label.updatedAt : lastChangeIn(views, label.changedAt))?.toISOString().slice(0, 10) ?? '';
}

/** The caller's cases: same policy, same decision and same view as the detail, for every row that is shown. */
@Injectable()
export class CaseListing {
  constructor(
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly rows: CaseRows,
    private readonly handles: Handles,
    private readonly caseReading: CaseReading,
    private readonly reading: Reading,
  ) {}

  async list(by: Authority, wish: ListWish): Promise<CaseListAnswer> {
    const policies = await this.policies.everywhere();
    // Grants lie in the logs of other regions too: what was revoked there a moment ago must not be in the list.
    const caughtUp = await this.principals.caughtUp();
    return this.principals.fresh(by, by.actor.region, async (tx) => {
      // On old news a grant adds no row, and counts in no filter, order or total either.
      const withoutGrants = !caughtUp || !this.principals.grantsCountIn(tx);
      const authority = { actor: by.actor, purpose: by.purpose, at: by.at, withoutGrants };
      const keys = await this.rows.run<{ case_id: string; key: string }>(
        tx,
        compileList(policies, authority, { ...wish, limit: wish.limit }),
      );
      const total = (await this.rows.run<{ count: number }>(tx, compileCount(policies, authority, wish.filters)))[0]?.count ?? 0;
      const bases = new Map(
        (
          await this.rows.run<BasesRow>(
            tx,
            compileBases(
              policies,
              authority,
              keys.map((row) => row.case_id),
            ),
          )
        ).map((row) => [row.case_id, row]),
      );
      const labels = await this.rows.labels(tx, [...bases.keys()]);
      const shown = keys.filter(({ case_id }) => bases.has(case_id));
      const facts = shown.flatMap(({ case_id }) => {
        const label = labels.get(case_id);
        return label ? [{ stream: case_id, revision: label.revision }] : [];
      });
      const grounds = { policy: policyOf(policies, by.actor.region).hash, reasons: ['list.need-to-know'], facts };
      const judgement = by.actor.roles.length > 0 ? permit(grounds) : hide(grounds);
      const question = { act: 'ListCases', noun: 'case', region: by.actor.region, judgement, groups: LISTED };
      return this.reading.show(by, { ...question, cases: shown.map((row) => row.case_id) }, async () => {
        const items: CaseListItem[] = [];
        for (const { case_id } of shown) {
          const [row, label] = [bases.get(case_id), labels.get(case_id)];
          if (!row || !label) continue;
          const decision = viewsOfRow(policyOf(policies, label.region), authority, row);
          const views = Object.fromEntries(
            Object.entries(decision.views).map(([group, view]) => [group, LISTED.includes(group as FieldGroup) ? view : 'none']),
          ) as Record<FieldGroup, View>;
          const view = await this.caseReading.line(tx, label, { ...decision, views }, by.actor.organisation);
          items.push({ ...view, updatedOn: updatedOn(by, label, decision.views) });
        }
        const last = keys.at(-1);
        return { items, total, ...(last && keys.length === wish.limit ? { next: { key: last.key, caseId: last.case_id } } : {}) };
      });
    });
  }
}
