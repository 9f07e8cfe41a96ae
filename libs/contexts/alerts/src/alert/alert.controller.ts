import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Act, ContextController, Count, type Exchange, Http, newStreamId } from '@platform/http';
import { regionOf } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { AlertLog } from '../alert-log';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { Running } from '../running';
import * as bodies from './alert-bodies';
import { AlertBoard, BOARD, type BoardLine } from './alert-board.projection';
import * as commands from './alert-commands';
import { alertDecider } from './alert.decider';
import { type AlertPreview, AlertReading, type AlertView, type RecipientLine } from './alert-reading';

export class AlertListQuery {
  @Count({ min: 1, max: 200, optional: true, query: true }) limit?: number;
}
export interface BoardItem extends Omit<BoardLine, 'alert' | 'dossier' | 'revision'> {
  readonly handle: string;
  readonly codename: string;
  readonly etag: string;
}

/** What an organisation tells inspectors, unions and others about companies and territories. */
@ContextController('alerts', 'Alerts')
export class AlertController {
  constructor(
    private readonly running: Running,
    private readonly log: AlertLog,
    private readonly board: AlertBoard,
    private readonly alerts: AlertReading,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  @Post()
  @Act('DraftAlert')
  async draft(@Http() http: Exchange, @Body() body: bodies.DraftAlertBody): Promise<{ handle: string; codename: string }> {
    const { actor, commandId } = http.by;
    const { subject, ...rest } = body;
    const ref = subject.company === undefined ? undefined : await this.handles.stream(subject.company, 'companyDossier', actor);
    const id = newStreamId('alert', commandId);
    const draft = { ...rest, subject: { kind: subject.kind, ...(ref === undefined ? {} : { ref }) } };
    const accepted = await this.running.run(http, http.by, new commands.DraftAlert(id, draft));
    const { handle, codename } = await this.handles.of(regionOf(accepted.log), id, actor.organisation);
    http.created(`/api/alerts/${handle}`);
    return { handle, codename };
  }

  /** The caller's organisation's own alerts, newest first. */
  @Get()
  @Act('ListAlerts')
  async list(@Http() http: Exchange, @Query() { limit = 100 }: AlertListQuery): Promise<{ items: BoardItem[] }> {
    const { by } = http;
    await this.principals.after(http.atLeast(), BOARD);
    const lines = await this.principals.as(by, (tx) => this.board.list(tx, by.actor.organisation, limit));
    const judgement = this.policies.judge('ListAlerts', by, ['own-organisation']);
    return this.reading.show(
      by,
      { act: 'ListAlerts', noun: 'alert', region: by.actor.region, judgement, cases: [], groups: ['COMP', 'TERR'] },
      async () => {
        const streams = lines.map(({ region, alert }) => ({ region, stream: alert }));
        const called = await this.handles.all(streams, by.actor.organisation);
        const items = lines.map(({ alert, revision, region, subject, comune, area, sector, status, heldFor, expires }) => ({
          handle: called.get(alert)?.handle ?? '',
          codename: called.get(alert)?.codename ?? '',
          etag: http.etagOf(alert, revision),
          ...{ region, subject, comune, area, sector, status, heldFor, expires },
        }));
        return { items };
      },
    );
  }

  @Get(':handle')
  @Act('ReadAlert')
  async read(@Http() http: Exchange, @Param('handle') handle: string): Promise<AlertView> {
    const { view, folded } = await this.alerts.show(http.by, handle);
    http.tag(folded.at.stream, folded.at.revision);
    return view;
  }

  /** What each kind of recipient would be told of it now. */
  @Get(':handle/previews')
  @Act('PreviewAlert')
  async previews(@Http() http: Exchange, @Param('handle') handle: string): Promise<{ items: AlertPreview[] }> {
    return { items: await this.alerts.previews(http.by, handle) };
  }

  @Get(':handle/deliveries')
  @Act('ReadAlert')
  async deliveries(@Http() http: Exchange, @Param('handle') handle: string): Promise<{ items: RecipientLine[] }> {
    return { items: await this.alerts.recipients(http.by, handle) };
  }

  /** Small numbers and retaliation: without this nothing is issued, and issuing looks again. */
  @Post(':handle/screening')
  @HttpCode(204)
  @Act('ScreenAlert')
  screen(@Http() http: Exchange, @Param('handle') handle: string, @Body() { retaliationRisk }: bodies.ScreeningBody): Promise<void> {
    return this.#change(http, handle, (id) => new commands.ScreenAlert(id, retaliationRisk));
  }

  @Post(':handle/hold')
  @HttpCode(204)
  @Act('HoldAlert')
  hold(@Http() http: Exchange, @Param('handle') handle: string, @Body() { reason }: bodies.HoldBody): Promise<void> {
    return this.#change(http, handle, (id) => new commands.HoldAlert(id, reason));
  }

  @Post(':handle/release')
  @HttpCode(204)
  @Act('ReleaseAlert')
  release(@Http() http: Exchange, @Param('handle') handle: string, @Body() { reason }: bodies.ReleaseBody): Promise<void> {
    return this.#change(http, handle, (id) => new commands.ReleaseAlert(id, reason));
  }

  @Post(':handle/rejection')
  @HttpCode(204)
  @Act('RejectAlert')
  reject(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.#change(http, handle, (id) => new commands.RejectAlert(id));
  }

  @Post(':handle/issue')
  @HttpCode(204)
  @Act('IssueAlert')
  issue(@Http() http: Exchange, @Param('handle') handle: string, @Body() { audience }: bodies.IssueBody): Promise<void> {
    return this.#change(http, handle, (id) => new commands.IssueAlert(id, audience));
  }

  @Post(':handle/closure')
  @HttpCode(204)
  @Act('CloseAlert')
  close(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.#change(http, handle, (id) => new commands.CloseAlert(id));
  }

  @Post(':handle/withdrawal')
  @HttpCode(204)
  @Act('WithdrawAlert')
  withdraw(@Http() http: Exchange, @Param('handle') handle: string, @Body() { reason }: bodies.AlertWithdrawalBody): Promise<void> {
    return this.#change(http, handle, (id) => new commands.WithdrawAlert(id, reason));
  }

  async #change(http: Exchange, handle: string, commandFor: (id: string) => commands.AlertCommand): Promise<void> {
    const id = await this.handles.stream(handle, 'alert', http.by.actor);
    const { at } = await this.log.get('alert', alertDecider, id);
    await this.running.run(http, http.matching(id, at.revision), commandFor(id));
  }
}
