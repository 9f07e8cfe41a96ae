import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CODE_LISTS } from '@platform/codes';
import { Act, Code, ContextController, DateOnly, type Exchange, Flag, Http, newStreamId, OpaqueTokens, Slug } from '@platform/http';
import { notFound, regionOf } from '@platform/kernel';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { nextPage, PageQuery, pageStart } from '../paging';
import { Running } from '../running';
import { DYNAMIC_STATUSES, type DynamicStatus } from './dynamics.projection';
import { DynamicsReading, type DynamicView } from './dynamics-reading';
import { CorroborateDynamic, ObserveDynamic, territorialDynamicDecider } from './territorial-dynamic.decider';

const PATTERNS = CODE_LISTS['territorial-pattern'].codes.map((one) => one.code);
const REGION = '^[a-z][a-z0-9-]{1,39}$';
/** A list whose pages are continued in another order needs another name: the tokens of the former one end. */
const PAGE = 'dynamics-by-day';

export class DynamicBody {
  @Slug({ optional: true, pattern: '^[0-9]{6}$', description: 'Six-digit ISTAT code; or the border zone' }) comune?: string;
  @Slug({ optional: true, pattern: '^borderZone-[0-9a-f-]{36}$' }) zone?: string;
  @DateOnly() from!: string;
  @DateOnly({ description: 'Last day of the season' }) to!: string;
  @Code(PATTERNS) pattern!: string;
}
export class DynamicsQuery extends PageQuery {
  @Slug({ optional: true, pattern: REGION, description: 'Region whose people saw it' }) region?: string;
  @Slug({ optional: true, pattern: REGION, description: 'Region it lies in' }) territory?: string;
  @Code(PATTERNS, { optional: true }) pattern?: string;
  @Code(DYNAMIC_STATUSES, { optional: true, description: 'Instead of all that are not over' }) status?: DynamicStatus;
  @Flag({ optional: true, query: true, description: 'Seasons that are over: as `status=Stale`' }) past?: boolean;
}

/** What happens in territories, told to the whole network: no person and no company in it. */
@ContextController('dynamics', 'Territorial dynamics')
export class TerritorialDynamicController {
  constructor(
    private readonly running: Running,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly dynamics: DynamicsReading,
    private readonly tokens: OpaqueTokens,
  ) {}

  @Post()
  @Act('ObserveDynamic')
  async observe(@Http() http: Exchange, @Body() body: DynamicBody): Promise<{ handle: string }> {
    const id = newStreamId('territorialDynamic', http.by.commandId);
    const accepted = await this.running.run(http, http.by, new ObserveDynamic(id, { ...body }));
    const { handle } = await this.handles.of(regionOf(accepted.log), id, http.by.actor.organisation);
    http.created(`/api/dynamics/${handle}`);
    return { handle };
  }

  /** As finely as the caller's kind of organisation may know places; the latest to begin first. */
  @Get()
  @Act('ListDynamics')
  async list(@Http() http: Exchange, @Query() query: DynamicsQuery): Promise<{ items: object[]; next?: string }> {
    const { limit = 100, after, region, territory, pattern, past = false, status = past ? 'Stale' : undefined } = query;
    const asked = { region, territory, pattern, statuses: status && [status] };
    const { items, last } = await this.dynamics.list(http.by, http.atLeast(), asked, pageStart(this.tokens, PAGE, after), limit);
    return {
      items: items.map(({ view, stream, revision }) => ({ ...view, etag: http.etagOf(stream, revision) })),
      ...nextPage(this.tokens, PAGE, last),
    };
  }

  @Get(':handle')
  @Act('ReadDynamic')
  async read(@Http() http: Exchange, @Param('handle') handle: string): Promise<DynamicView> {
    const { view, stream, revision } = await this.dynamics.one(http.by, http.atLeast(), handle);
    http.tag(stream, revision);
    return view;
  }

  /** Another region saw it too. */
  @Post(':handle/corroboration')
  @HttpCode(204)
  @Act('CorroborateDynamic')
  async corroborate(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const id = await this.handles.stream(handle, 'territorialDynamic', http.by.actor);
    const folded = await this.log.fold(territorialDynamicDecider, id);
    if (!folded?.state) throw notFound('territorialDynamic');
    await this.running.run(http, http.matching(id, folded.at.revision), new CorroborateDynamic(id));
  }
}
