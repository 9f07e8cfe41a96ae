import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Pipeline } from '@platform/commanding';
import { Act, Code, ContextController, type Exchange, Http, newStreamId, Slug } from '@platform/http';
import { type Authority, notFound } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { Awaiting } from '../awaiting';
import { judged } from '../rulebook';
import { Running } from '../running';
import { Streams } from '../streams';
import { RegionAccess } from './region.access';
import { REGION_SUSPENSIONS, type RegionSuspension } from './region';
import { ActivateRegion, ReactivateRegion, RegisterRegion, SuspendRegion } from './region.decider';
import { RegionRegister, type RegionRow } from './region-register.projection';
import { regionSlice } from './region-slice';

const ORGANISATION = '^organisation-[0-9a-f-]{36}$';

export class RegisterRegionBody {
  @Slug({ pattern: '^[a-z][a-z0-9-]{1,39}$' }) region!: string;
}
export class ActivateRegionBody {
  @Slug({ pattern: ORGANISATION, description: 'Takes charge of people where nobody else does' }) custodian!: string;
  @Slug({ pattern: ORGANISATION, description: 'Answers for the data' }) controller!: string;
}
export class SuspendRegionBody {
  @Code(REGION_SUSPENSIONS) reason!: RegionSuspension;
}
type Shown = Omit<RegionRow, 'id' | 'revision'> & { readonly etag: string };

@ContextController('regions', 'Regions')
export class RegionController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: RegionAccess,
    private readonly register: RegionRegister,
    private readonly streams: Streams,
    private readonly reading: Reading,
    private readonly awaiting: Awaiting,
    private readonly vaults: Vaults,
  ) {}

  @Get()
  @Act('ReadDirectory')
  async list(@Http() http: Exchange): Promise<{ items: Shown[] }> {
    await this.awaiting.caughtUp(http, RegionRegister.consumer);
    const { actor } = http.by;
    const judgement = judged('ReadDirectory', { organisations: [actor.organisation] }, http.by);
    const question = { act: 'ReadDirectory', noun: 'region', region: actor.region, judgement, cases: [], groups: [] };
    return this.reading.show(http.by, question, async () => ({
      items: (await this.register.list()).map(({ id, revision, ...row }) => ({ ...row, etag: http.etagOf(id, revision) })),
    }));
  }

  /** A region begins with a vault of its own. */
  @Post()
  @Act('RegisterRegion')
  async registerRegion(@Http() http: Exchange, @Body() { region }: RegisterRegionBody): Promise<{ region: string }> {
    const command = new RegisterRegion(newStreamId('region', region), region);
    await this.pipeline.before(regionSlice, this.access, command.by(http.by));
    await this.vaults.open(region);
    await this.running.run(http, http.by, command);
    http.created(`/api/regions/${region}`);
    return { region };
  }

  @Post(':region/activation')
  @HttpCode(204)
  @Act('ActivateRegion')
  async activate(
    @Http() http: Exchange,
    @Param('region') region: string,
    @Body() { custodian, controller }: ActivateRegionBody,
  ): Promise<void> {
    const { id, by } = await this.#at(http, region);
    await this.running.run(http, by, new ActivateRegion(id, custodian, controller));
  }

  @Post(':region/suspension')
  @HttpCode(204)
  @Act('SuspendRegion')
  async suspend(@Http() http: Exchange, @Param('region') region: string, @Body() { reason }: SuspendRegionBody): Promise<void> {
    const { id, by } = await this.#at(http, region);
    await this.running.run(http, by, new SuspendRegion(id, reason));
  }

  @Post(':region/reactivation')
  @HttpCode(204)
  @Act('ReactivateRegion')
  async reactivate(@Http() http: Exchange, @Param('region') region: string): Promise<void> {
    const { id, by } = await this.#at(http, region);
    await this.running.run(http, by, new ReactivateRegion(id));
  }

  async #at(http: Exchange, region: string): Promise<{ id: string; by: Authority }> {
    const found = await this.streams.region(region);
    if (!found) throw notFound('region');
    const { stream, revision } = found.at;
    return { id: stream, by: http.matching(stream, revision) };
  }
}
