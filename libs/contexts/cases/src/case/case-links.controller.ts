import { Get, Param } from '@nestjs/common';
import { Act, ContextController, type Exchange, Http } from '@platform/http';
import type { Authority } from '@platform/kernel';
import { regionOfHandle } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { Principals, type Tx } from '../principals.projection';
import type { OpenedCase } from './case';
import { CaseReading, type Decided, forThoseInCharge, found, hasInCharge } from './case-reading';
import { CaseRows } from './case-rows.projection';

/** What a case has in common with others. `link` is random and says nothing; `cases` are those the caller has in charge as well. */
export interface CaseLink {
  readonly link: string;
  readonly reason: OpenedCase['links'][number]['reason'];
  readonly cases: readonly { readonly handle: string; readonly codename: string }[];
}

/** Which cases belong together. */
@ContextController('cases', 'Cases')
export class CaseLinksController {
  constructor(
    private readonly reading: Reading,
    private readonly cases: CaseReading,
    private readonly rows: CaseRows,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly log: CaseLog,
  ) {}

  /**
   * For the custodian's own team. Another case is named only to whoever has that one in charge too: of one they are recused from, of another
   * team's and of another region's half nothing is told here, not even how many there are.
   */
  @Get(':handle/links')
  @Act('ReadCaseLinks')
  async links(@Http() { by }: Exchange, @Param('handle') handle: string): Promise<{ items: CaseLink[] }> {
    const caseId = await this.handles.find(handle, by.actor);
    return this.principals.fresh(by, regionOfHandle(handle) ?? by.actor.region, async (tx) => {
      const decided = await this.cases.decide(tx, by, caseId);
      const { judgement, label } = decided;
      const inCharge = hasInCharge(by, decided);
      const others = inCharge && label ? await this.#others(tx, by, label.caseId) : [];
      const facts = [...judgement.facts, ...others.flatMap((other) => other.decided.judgement.facts)];
      const cases = label ? [label.caseId, ...others.map((other) => other.decided.label.caseId)] : [];
      const question = {
        act: 'ReadCaseLinks',
        noun: 'case',
        region: label?.region ?? by.actor.region,
        cases,
        groups: [],
        judgement: { ...forThoseInCharge(by, decided), facts },
      };
      return this.reading.show(by, question, async () => {
        const own = found(decided).label;
        const held = await this.log.case(own.caseId);
        const ids = others.map((other) => other.decided.label.caseId);
        const called = await this.handles.all(own.region, ids, by.actor.organisation);
        const items = (held?.state.links ?? []).map(({ linkId, reason }) => ({
          link: linkId,
          reason,
          cases: others.flatMap(({ decided: other, links }) => {
            const pseudonym = links.includes(linkId) ? called.get(other.label.caseId) : undefined;
            return pseudonym ? [{ handle: pseudonym.handle, codename: pseudonym.codename }] : [];
          }),
        }));
        return { items };
      });
    });
  }

  /** Each is decided on its own, as if it had been asked for by its handle. */
  async #others(tx: Tx, by: Authority, caseId: string): Promise<{ decided: Decided; links: readonly string[] }[]> {
    const others: { decided: Decided; links: readonly string[] }[] = [];
    for (const { caseId: other, links } of await this.rows.linkedTo(tx, caseId)) {
      const decided = await this.cases.decide(tx, by, other);
      if (hasInCharge(by, decided)) others.push({ decided, links });
    }
    return others;
  }
}
