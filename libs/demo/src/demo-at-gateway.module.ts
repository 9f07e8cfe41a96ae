import { Body, Controller, Get, HttpCode, Inject, Module, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { Config } from '@platform/config';
import { Code, Instant, Public } from '@platform/http';
import { Peers } from '@platform/internal';
import { Clock, DomainError, notFound, refused } from '@platform/kernel';
import { DemoClock, folders } from '@platform/runtime';
import { SignIn } from '@platform/sign-in';
import { type Filling, FILLINGS, Loading, type LoadingState } from './loading';

class ClockBody {
  @Instant({ optional: true }) at?: string;
}
class FillingBody {
  @Code(FILLINGS, { description: 'The people of the story alone, or the whole of the invented data.' }) what!: Filling;
}

interface DemoState {
  readonly demo: true;
  readonly offered: false;
  readonly notice: string;
  readonly setup: string | null;
  readonly invented: LoadingState;
}

/** The demo's doors where services are separate processes: what concerns all of them is asked of each, before the answer. */
@ApiExcludeController()
@Controller('demo')
class DemoAtGatewayController {
  readonly #loading: Loading;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Config) config: Config,
    @Inject(Peers) private readonly peers: Peers,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {
    this.#loading = new Loading(() => this.signIn.origin, config.DATA_DIR, folders(config.DATA_DIR).keys);
  }

  @Get()
  @Public()
  async state(): Promise<DemoState> {
    this.#demoOnly();
    return { demo: true, offered: false, notice: 'DATI INVENTATI', setup: await this.#setup(), invented: this.#loading.state };
  }

  /** Fills an empty installation. */
  @Post('data')
  @HttpCode(202)
  @Public()
  async fill(@Body() { what }: FillingBody, @Req() request: Request): Promise<void> {
    this.#demoOnly();
    const [origin, site] = [request.get('Origin'), request.get('Sec-Fetch-Site')];
    if ((origin !== undefined && origin !== this.signIn.origin) || (site !== undefined && site !== 'same-origin'))
      throw new DomainError('session.cross-site', 'forbidden', 'The request comes from another site.');
    if ((await this.#setup()) === null) throw refused('demo.not-empty', 'This instance holds invented data already.');
    this.#loading.begin(what);
  }

  /** Holds the clock of every process at an instant, or lets it go. */
  @Post('clock')
  @HttpCode(204)
  @Public()
  async hold(@Body() { at }: ClockBody): Promise<void> {
    const clock = this.#demoOnly();
    await Promise.all(this.peers.all().map((peer) => peer.post('/internal/clock', at === undefined ? {} : { at })));
    clock.hold(at);
  }

  async #setup(): Promise<string | null> {
    const [regions] = this.peers.all('regions');
    if (!regions) throw new DomainError('service.away', 'unavailable', 'The part of the service that is set up first is away.', [], 2);
    return (await regions.post<{ token: string | null }>('/internal/setup-token')).token;
  }

  #demoOnly(): DemoClock {
    if (!(this.clock instanceof DemoClock)) throw notFound('route');
    return this.clock;
  }
}

@Module({ controllers: [DemoAtGatewayController] })
export class DemoAtGatewayModule {}
