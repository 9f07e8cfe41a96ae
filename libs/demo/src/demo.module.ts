import { Body, Controller, Get, HttpCode, Inject, Module, Optional, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { Config, SetupToken } from '@platform/config';
import { Code, Instant, Public } from '@platform/http';
import { Clock, DomainError, notFound, refused } from '@platform/kernel';
import { DemoClock, FirstChoice, folders } from '@platform/runtime';
import { SignIn } from '@platform/sign-in';
import { type Filling, FILLINGS, Loading, type LoadingState } from './loading';
import { type Persona, PERSONAS } from './personas';

class ClockBody {
  @Instant({ optional: true }) at?: string;
}
class FillingBody {
  @Code(FILLINGS, { description: 'The people of the story alone, or the whole of the invented data.' }) what!: Filling;
}

interface DemoState {
  readonly demo: boolean;
  /** An empty installation that may still become the story's. */
  readonly offered: boolean;
  readonly notice: string;
  readonly setup: string | null;
  readonly invented: LoadingState;
  /** Who can be played: invented people, by the name the sign-in page shows. */
  readonly personas: readonly Persona[];
}

/** Doors that exist in demo mode, and the one that leads there from an empty installation; all of them on loopback only. */
@ApiExcludeController()
@Controller('demo')
class DemoController {
  readonly #loading: Loading;

  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly token: SetupToken,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Optional() private readonly choice?: FirstChoice,
  ) {
    this.#loading = new Loading(() => this.signIn.origin, config.DATA_DIR, folders(config.DATA_DIR).keys);
  }

  /** Whether these are invented data or may become so, how far they are loaded, and the token while nothing is set up. */
  @Get()
  @Public()
  state(): DemoState {
    const { DEMO: demo } = this.config;
    if (!demo && !this.#offered) throw notFound('route');
    const setup = demo ? (this.token.value ?? null) : null;
    const personas = demo ? Object.values(PERSONAS) : [];
    return { demo, offered: !demo, notice: 'DATI INVENTATI', setup, invented: this.#loading.state, personas };
  }

  /** Gives an empty installation to the story. The service starts again in demo mode, at the same address. */
  @Post('story')
  @HttpCode(202)
  @Public()
  story(@Req() request: Request): void {
    if (this.config.DEMO) return;
    if (!this.choice || !this.#offered) throw notFound('route');
    this.#ownPageOnly(request);
    const { choice } = this;
    // After the answer has left: what follows closes the connection.
    request.res?.once('close', () => choice.choose());
  }

  /** Fills an empty instance in demo mode. */
  @Post('data')
  @HttpCode(202)
  @Public()
  fill(@Body() { what }: FillingBody, @Req() request: Request): void {
    if (!this.config.DEMO) throw notFound('route');
    this.#ownPageOnly(request);
    if (this.token.value === undefined) throw refused('demo.not-empty', 'This instance holds invented data already.');
    this.#loading.begin(what);
  }

  /** Holds the service's clock at an instant, or lets it go. */
  @Post('clock')
  @HttpCode(204)
  @Public()
  hold(@Body() body: ClockBody): void {
    if (!this.config.DEMO || !(this.clock instanceof DemoClock)) throw notFound('route');
    this.clock.hold(body.at);
  }

  get #offered(): boolean {
    return this.choice !== undefined && FirstChoice.offered(this.config, this.token);
  }

  /** Nobody is signed in yet, so no session's token protects these doors from a page of another site. */
  #ownPageOnly(request: Request): void {
    const [origin, site] = [request.get('Origin'), request.get('Sec-Fetch-Site')];
    if ((origin !== undefined && origin !== this.signIn.origin) || (site !== undefined && site !== 'same-origin'))
      throw new DomainError('session.cross-site', 'forbidden', 'The request comes from another site.');
  }
}

@Module({ controllers: [DemoController] })
export class DemoModule {}
