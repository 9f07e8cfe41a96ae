import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ceilingFor, hide, permit } from '@platform/access';
import { CODE_LISTS, generalise } from '@platform/codes';
import { Act, Code, ContextController, DateOnly, type Exchange, Flag, Http, newStreamId, OpaqueTokens, Slug } from '@platform/http';
import { notFound, regionOf, type View } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { nextPage, PageQuery, pageStart } from '../paging';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { Running } from '../running';
import { type DynamicRow, Dynamics } from './dynamics.projection';
import { CorroborateDynamic, ObserveDynamic, territorialDynamicDecider } from './territorial-dynamic.decider';

export class DynamicBody {
  @Slug({ optional: true, pattern: '^[0-9]{6}$', description: 'Six-digit ISTAT code; or the border zone' }) comune?: string;
  @Slug({ optional: true, pattern: '^borderZone-[0-9a-f-]{36}$' }) zone?: string;
  @DateOnly() from!: string;
  @DateOnly({ description: 'Last day of the season' }) to!: string;
  @Code(CODE_LISTS['territorial-pattern'].codes.map((one) => one.code)) pattern!: string;
}
export class DynamicsQuery extends PageQuery {
  @Slug({ optional: true, pattern: '^[a-z][a-z0-9-]{1,39}$' }) region?: string;
  @Flag({ optional: true, query: true, description: 'Seasons that are over' }) past?: boolean;
}

/** What happens in territories, told to the whole network: no person and no company in it. */
@ContextController('dynamics', 'Territorial dynamics')
export class TerritorialDynamicController {
  constructor(
    private readonly running: Running,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly rows: Dynamics,
    private readonly policies: PolicyBook,
    private readonly principals: Principals,
    private readonly reading: Reading,
    private readonly tokens: OpaqueTokens,
  ) {}

  @Post()
  @Act('ObserveDynamic')
  async observe(@Http() http: Exchange, @Body() body: DynamicBody): Promise<{ handle: string }> {
    const id = newStreamId('territorialDynamic', http.by.commandId);
    const accepted = await this.running.run(http, http.by, new ObserveDynamic(id, { ...body }));
    const { handle } = await this.handles.of(regionOf(accepted.log), id, http.by.actor.organisation);
    http.created('/api/dynamics');
    return { handle };
  }

  /** As finely as the caller's kind of organisation may know places. */
  @Get()
  @Act('ListDynamics')
  async list(@Http() http: Exchange, @Query() query: DynamicsQuery): Promise<{ items: object[]; next?: string }> {
    const { by } = http;
    const { limit = 100, after, region, past = false } = query;
    const start = pageStart(this.tokens, 'dynamic-page', after);
    const policy = await this.policies.inForce(by.actor.region);
    const view = ceilingFor(policy, by.actor.kind).TERR;
    const grounds = { policy: policy.hash, reasons: [view === 'none' ? 'kind.no-territory' : 'territory.network'] };
    const judgement = view === 'none' ? hide(grounds) : permit(grounds);
    const question = { act: 'ListDynamics', noun: 'territorialDynamic', region: by.actor.region, judgement, cases: [] };
    return this.reading.show(by, { ...question, groups: ['TERR'] }, async () => {
      const read = (tx: Parameters<Dynamics['list']>[0]): Promise<DynamicRow[]> => this.rows.list(tx, region, past, start, limit);
      const rows = await this.principals.fresh(by, by.actor.region, read, ['dynamics']);
      const called = new Map<string, string>();
      for (const one of new Set(rows.map((row) => row.region)))
        for (const [stream, { handle }] of await this.handles.all(
          one,
          rows.filter((row) => row.region === one).map((row) => row.dynamic),
          by.actor.organisation,
        ))
          called.set(stream, handle);
      const items = rows.map((row) => ({
        handle: called.get(row.dynamic),
        ...placed(row, view),
        etag: http.etagOf(row.dynamic, row.revision),
      }));
      return { items, ...nextPage(this.tokens, 'dynamic-page', rows.length === limit ? rows.at(-1)?.dynamic : undefined) };
    });
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

/** A place in full, as a province, or as the region alone. */
export function placed({ region, comune, zone, from, to, pattern, status, corroboratedBy }: DynamicRow, view: View): object {
  const place =
    view === 'full'
      ? { comune: comune || null, zone: zone || null }
      : view === 'aggregate' || comune === ''
        ? {}
        : { province: generalise(comune)?.code ?? null };
  return { region, ...place, from, to, pattern, status, corroboratedBy: corroboratedBy || null };
}
