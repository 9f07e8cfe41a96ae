import { Body, Get, Param, Post } from '@nestjs/common';
import { permit, showsAnything } from '@platform/access';
import { CODE_LISTS } from '@platform/codes';
import { Act, Code, code, ContextController, type Exchange, Http, ListOf, Slug } from '@platform/http';
import { FIELD_GROUPS, type FieldGroup, notFound, type Purpose, PURPOSES } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { Handles } from '../handles';
import { Principals, unavailable } from '../principals.projection';
import { CasePreviews, type Preview } from './case-preview';
import { CaseReading, type Decided } from './case-reading';
import { CaseRows } from './case-rows.projection';
import type { CaseView } from './case-view';

export class PreviewBody {
  @Slug({ pattern: '^organisation-[0-9a-f-]{36}$' }) receiver!: string;
  @Code(CODE_LISTS.service.codes.map((one) => one.code)) service!: string;
  @Code(CODE_LISTS.urgency.codes.map((one) => one.code)) urgency!: string;
  @Slug({ pattern: '^[a-z]{2,3}$' }) language!: string;
  @Code(PURPOSES) purpose!: Purpose;
  @ListOf(code(FIELD_GROUPS), { min: 1, max: 13, description: 'To be granted after acceptance' }) groups!: FieldGroup[];
  @ListOf(code(FIELD_GROUPS), { min: 1, max: 13, description: 'Covered by the consent to the assessment' }) assessed!: FieldGroup[];
}

/** Cases that go together: the halves several regions hold of one situation, each under its own policy. */
export interface SharedView {
  readonly team: string;
  /** `link` is what the halves have in common; it says nothing else. */
  readonly situations: readonly { readonly link: string; readonly halves: readonly (CaseView & { readonly region: string })[] }[];
}

@ContextController('', 'Cases')
export class CaseSharingController {
  constructor(
    private readonly previews: CasePreviews,
    private readonly principals: Principals,
    private readonly cases: CaseReading,
    private readonly rows: CaseRows,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  /** Exactly what a receiver would get, now and after acceptance, and what never. The receiver's pseudonym is allocated by it. */
  @Post('cases/:handle/previews')
  @Act('PreviewReferral')
  preview(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: PreviewBody): Promise<Preview> {
    return this.previews.preview(http.by, handle, body);
  }

  /** The interregional team's view: only cases that were expressly shared with it, side by side by their link. */
  @Get('teams/:team/cases')
  @Act('ReadSharedCases')
  async shared(@Http() http: Exchange, @Param('team') team: string): Promise<SharedView> {
    const by = { ...http.by, purpose: 'joint_case' };
    if (!by.actor.teams.includes(team)) throw notFound('team');
    // The halves lie in several regions' logs: none of them may be behind.
    if (!(await this.principals.caughtUp(200))) throw unavailable('case.not-caught-up', 'What may be shown is being brought up to date.');
    return this.principals.as(by, async (tx) => {
      const shared = await this.rows.sharedWith(tx, team, by.at);
      const decided: (Decided & { links: readonly string[] })[] = [];
      for (const { caseId, links } of shared) {
        const one = await this.cases.decide(tx, by, caseId);
        if (one.label && showsAnything(one.decision)) decided.push({ ...one, links });
      }
      const groups = FIELD_GROUPS.filter((group) => decided.some((one) => one.groups.includes(group)));
      const policy = decided[0]?.judgement.policy ?? (await this.cases.policyHash(by.actor.region));
      const reasons = decided.length > 0 ? [...new Set(decided.flatMap((one) => one.judgement.reasons))] : ['share.none'];
      const judgement = permit({ policy, reasons, facts: decided.flatMap((one) => one.judgement.facts) });
      const regions = [...new Set([by.actor.region, ...decided.map((one) => one.label.region)])];
      // Each region's trail names its own cases, and all of them stand before anything leaves.
      let answer: SharedView = { team, situations: [] };
      for (const region of regions) {
        const cases = decided.filter((one) => one.label.region === region).map((one) => one.label.caseId);
        answer = await this.reading.show(by, { act: 'ReadSharedCases', noun: 'team', region, judgement, groups, cases }, async () => {
          if (region !== regions.at(-1)) return answer;
          const halves: { links: readonly string[]; half: CaseView & { region: string } }[] = [];
          for (const one of decided) {
            const view = await this.cases.view(tx, one.label, one.decision, team);
            halves.push({ links: one.links.length > 0 ? one.links : [view.handle], half: { ...view, region: one.label.region } });
          }
          const links = [...new Set(halves.flatMap((one) => one.links))];
          return {
            team,
            situations: links.map((link) => ({ link, halves: halves.filter((one) => one.links.includes(link)).map((one) => one.half) })),
          };
        });
      }
      return answer;
    });
  }
}
