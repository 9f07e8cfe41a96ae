import { Controller, type DynamicModule, HttpCode, Module, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Internal, InternalDoor } from '@platform/internal';
import { invalid, isRegion } from '@platform/kernel';
import type { SpoolPosition } from '../spool-reader';
import { SpoolSource } from '../spool-source';
import type { Harvest, SourcePlace } from '../trail-source';

export interface SpoolAnswer {
  readonly harvests: readonly Harvest[];
  /** Spools of the region that cannot be read on. */
  readonly damaged: readonly { readonly producer: string; readonly at: SpoolPosition; readonly why: string }[];
}

const MOST = 1_000;
const PLACE = /^\d{1,9}:\d{1,15}$/;

/** Lets the audit service take this service's spools, and nobody else. */
@InternalDoor()
@Controller('internal/spools')
class SpoolController {
  constructor(private readonly source: SpoolSource) {}

  @Post('harvest')
  @HttpCode(200)
  @Internal('audit')
  async harvest(@Req() request: Request): Promise<SpoolAnswer> {
    const { region, places } = asked(request);
    const { limit } = request.body as { limit?: unknown };
    const most = typeof limit === 'number' && Number.isSafeInteger(limit) && limit > 0 ? Math.min(limit, MOST) : MOST;
    const harvests = await this.source.harvest(region, new Map(places.map((place) => [place.producer, place])), most);
    const damaged = [...this.source.damaged.values()].filter(({ producer }) => this.source.damaged.has(`${producer}/${region}`));
    return { harvests, damaged: damaged.map(({ producer, at, message }) => ({ producer, at, why: message })) };
  }

  @Post('taken')
  @HttpCode(204)
  @Internal('audit')
  async taken(@Req() request: Request): Promise<void> {
    const { region, places } = asked(request);
    await this.source.taken(region, places);
  }
}

/** Places of spools only: those of stores look different and are passed over. @throws DomainError `audit.malformed-places` (400) */
function asked(request: Request): { region: string; places: SourcePlace[] } {
  const { region, places } = request.body as { region?: unknown; places?: unknown };
  if (typeof region !== 'string' || !isRegion(region) || !Array.isArray(places)) throw malformed();
  return { region, places: places.map(placeOf).filter(({ position }) => PLACE.test(position)) };
}

function placeOf(given: unknown): SourcePlace {
  const { producer, seq, position } = (given ?? {}) as Partial<Record<keyof SourcePlace, unknown>>;
  if (typeof producer !== 'string' || typeof position !== 'string' || !Number.isSafeInteger(seq)) throw malformed();
  return { producer, seq: seq as number, position };
}

const malformed = (): Error => invalid('audit.malformed-places', '/places', 'These are no places in spools.');

@Module({})
export class SpoolModule {
  static of(source: SpoolSource): DynamicModule {
    return { module: SpoolModule, controllers: [SpoolController], providers: [{ provide: SpoolSource, useValue: source }] };
  }
}
