import { Get, Query } from '@nestjs/common';
import { CODE_LISTS } from '@platform/codes';
import { Act, Code, ContextController, Count, type Exchange, Flag, Handle, Http, OpaqueTokens, Slug, Text } from '@platform/http';
import { invalid, PHASES } from '@platform/kernel';
import { Handles } from '../handles';
import { type CaseListItem, CaseListing, type ListWish } from './case-listing';

export class CaseListQuery {
  @Slug({ optional: true, pattern: '^[a-z][a-z0-9-]{1,39}$' }) region?: string;
  @Flag({ optional: true, query: true }) urgent?: boolean;
  @Code(PHASES, { optional: true }) phase?: string;
  @Code(['me'], { optional: true }) responsible?: 'me';
  @Code(CODE_LISTS.need.codes.map((one) => one.code), { optional: true }) need?: string;
  @Handle({ optional: true }) company?: string;
  @Slug({ optional: true, pattern: '^[0-9]{6}$' }) comune?: string;
  @Code(['updated_at', 'opened_on'], { optional: true }) sort?: 'updated_at' | 'opened_on';
  @Count({ min: 1, max: 200, optional: true, query: true }) limit?: number;
  @Text({ max: 2000, optional: true, description: 'Where the page before ended' }) after?: string;
}

@ContextController('cases', 'Cases')
export class CaseListController {
  constructor(
    private readonly listing: CaseListing,
    private readonly handles: Handles,
    private readonly tokens: OpaqueTokens,
  ) {}

  /** The caller's cases, newest first. What they may not read takes no part in filters, order or counts. */
  @Get()
  @Act('ListCases')
  async list(
    @Http() http: Exchange,
    @Query() query: CaseListQuery,
  ): Promise<{ items: readonly CaseListItem[]; total: number; next?: string }> {
    const { sort = 'updated_at', limit = 50, after, company, ...rest } = query;
    const filters = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const dossier = company === undefined ? undefined : await this.handles.stream(company, 'companyDossier', http.by.actor);
    const start = after === undefined ? undefined : this.#open(after);
    const answer = await this.listing.list(http.by, {
      filters: { ...filters, ...(dossier === undefined ? {} : { company: dossier }) },
      sort,
      limit,
      ...(start ? { after: start } : {}),
    });
    const next = answer.next && this.tokens.seal('case-page', Buffer.from(JSON.stringify(answer.next)));
    return { items: answer.items, total: answer.total, ...(next === undefined ? {} : { next }) };
  }

  #open(token: string): ListWish['after'] {
    const text = this.tokens.open('case-page', token)?.toString('utf8');
    if (text === undefined) throw invalid('request.page', '/after', 'This is no page of this service.');
    return JSON.parse(text) as NonNullable<ListWish['after']>;
  }
}
