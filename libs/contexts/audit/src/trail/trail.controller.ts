import { Readable } from 'node:stream';
import { Get, Param, ParseIntPipe, Query, StreamableFile } from '@nestjs/common';
import { type Effect } from '@platform/auditing';
import { Config } from '@platform/config';
import { Act, Code, ContextController, Count, Handle, By, Instant, Slug } from '@platform/http';
import { type Authority, FIELD_GROUPS, type FieldGroup, invalid } from '@platform/kernel';
import { AuditTrail, type PublishedCheckpoint, type Proof, type ShownEntry, type TrailCut, type TrailPage } from './audit-trail';

const REGION = '^[a-z][a-z0-9-]{1,39}$';
const INDEX = { min: 0, max: Number.MAX_SAFE_INTEGER, query: true } as const;

export class RegionQuery {
  @Slug({ optional: true, pattern: REGION, description: "Whose trail; the caller's own region unless told" }) region?: string;
}
export class SearchQuery extends RegionQuery {
  @Instant({ optional: true, description: 'At or after, by the clock of whoever decided' }) from?: string;
  @Instant({ optional: true, description: 'Before' }) to?: string;
  @Handle({ optional: true, description: 'Case, as the trail calls it' }) case?: string;
  @Slug({
    optional: true,
    pattern: '^(system|anonymous|[a-z][a-z0-9-]{1,39}\\.[a-z2-7]{26})$',
    description: 'Who acted, as the trail calls them',
  })
  actor?: string;
  @Slug({ optional: true, pattern: '^[A-Z][A-Za-z]{1,59}$', description: 'Command or query, e.g. ReadCase' }) act?: string;
  @Code(['permitted', 'denied', 'refused'], { optional: true }) effect?: Effect;
  @Code(FIELD_GROUPS, { optional: true, description: 'Field group that was shown' }) group?: FieldGroup;
  @Count({ ...INDEX, optional: true, description: '`next` of the page before' }) before?: number;
  @Count({ min: 1, max: 200, optional: true, query: true }) limit?: number;
}
export class CutQuery extends RegionQuery {
  @Count({ ...INDEX, optional: true, description: 'Entry to cut at; or give a time' }) index?: number;
  @Instant({ optional: true, description: 'Instant to cut at; or give an index' }) time?: string;
  @Slug({ optional: true, pattern: '^[a-z]{1,40}@[a-z][a-z0-9-]{1,39}$', description: 'Only this log, e.g. cases@umbria' }) log?: string;
}
export class InclusionQuery extends RegionQuery {
  @Count(INDEX) index!: number;
  @Count({ ...INDEX, min: 1 }) size!: number;
}
export class ConsistencyQuery extends RegionQuery {
  @Count(INDEX) from!: number;
  @Count({ ...INDEX, min: 1 }) size!: number;
}

@ContextController('audit', 'Audit trail')
export class TrailController {
  constructor(
    private readonly trail: AuditTrail,
    private readonly config: Config,
  ) {}

  /** Entries of the trail, newest first. The search is an entry itself. */
  @Get('entries')
  @Act('SearchTrail')
  search(@By() by: Authority, @Query() { region = by.actor.region, ...question }: SearchQuery): Promise<TrailPage> {
    return this.trail.search(by, { region, ...question });
  }

  @Get('entries/:index')
  @Act('ReadTrailEntry')
  entry(
    @By() by: Authority,
    @Param('index', ParseIntPipe) index: number,
    @Query() { region = by.actor.region }: RegionQuery,
  ): Promise<ShownEntry> {
    return this.trail.entry(by, region, index);
  }

  /** Where each log of the region stood at an entry or an instant: what a replay needs. */
  @Get('cut')
  @Act('CutTrail')
  cut(@By() by: Authority, @Query() { region = by.actor.region, index, time, log }: CutQuery): Promise<TrailCut> {
    if ((index === undefined) === (time === undefined)) throw invalid('cut.where', '/index', 'Give an index or a time, not both.');
    return this.trail.cut(by, region, index === undefined ? { time: time ?? '' } : { index }, log);
  }

  /** The newest signed checkpoint, for whoever is signed in. Keep a copy somewhere else. */
  @Get('checkpoint')
  @Act('ReadCheckpoint')
  checkpoint(@By() by: Authority, @Query() { region = by.actor.region }: RegionQuery): Promise<PublishedCheckpoint> {
    return this.trail.checkpoint(region);
  }

  @Get('proofs/inclusion')
  @Act('ProveTrail')
  inclusion(@By() by: Authority, @Query() { region = by.actor.region, index, size }: InclusionQuery): Promise<Proof> {
    return this.trail.inclusion(by, region, index, size);
  }

  @Get('proofs/consistency')
  @Act('ProveTrail')
  consistency(@By() by: Authority, @Query() { region = by.actor.region, from, size }: ConsistencyQuery): Promise<Proof> {
    return this.trail.consistency(by, region, from, size);
  }

  /** The whole trail with its checkpoint and key, in one file that `verify.mjs` checks without any server. */
  @Get('bundle')
  @Act('ExportTrail')
  async bundle(@By() by: Authority, @Query() { region = by.actor.region }: RegionQuery): Promise<StreamableFile> {
    const lines = await this.trail.bundle(by, region, this.config.DEMO);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: 'application/x-ndjson',
      disposition: `attachment; filename="audit-${region}.bundle"`,
    });
  }
}
