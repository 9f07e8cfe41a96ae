import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ALERT_SUBJECTS, type AlertSubject } from '@contracts';
import { CODE_LISTS } from '@platform/codes';
import { Act, code, ContextController, type Exchange, Http, ListOf, newStreamId } from '@platform/http';
import { regionOf } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { AlertLog } from '../alert-log';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { Running } from '../running';
import * as commands from './subscription.decider';
import { SUBSCRIPTIONS, Subscriptions } from './subscriptions.projection';

export class SubscribeBody {
  @ListOf(code(CODE_LISTS.region.codes.map((each) => each.code)), { min: 1, max: 20 }) regions!: string[];
  @ListOf(code(CODE_LISTS.sector.codes.map((each) => each.code)), { max: 21, description: 'None: every sector' }) sectors!: string[];
  @ListOf(code(ALERT_SUBJECTS), { min: 1, max: 2 }) subjects!: AlertSubject[];
}
export interface SubscriptionItem {
  readonly handle: string;
  readonly etag: string;
  readonly status: string;
  readonly regions: readonly string[];
  readonly sectors: readonly string[];
  readonly subjects: readonly string[];
}

@ContextController('subscriptions', 'Alert subscriptions')
export class SubscriptionController {
  constructor(
    private readonly running: Running,
    private readonly log: AlertLog,
    private readonly rows: Subscriptions,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  @Get()
  @Act('ListSubscriptions')
  async list(@Http() http: Exchange): Promise<{ items: SubscriptionItem[] }> {
    const { by } = http;
    await this.principals.after(http.atLeast(), SUBSCRIPTIONS);
    const lines = await this.principals.as(by, (tx) => this.rows.own(tx, by.actor.organisation));
    const judgement = this.policies.judge('ListSubscriptions', by, ['own-organisation']);
    const question = { act: 'ListSubscriptions', noun: 'subscription', region: by.actor.region, judgement, cases: [], groups: [] };
    return this.reading.show(by, question, async () => {
      const streams = lines.map(({ region, subscription }) => ({ region, stream: subscription }));
      const called = await this.handles.all(streams, by.actor.organisation);
      const items = lines.map(({ subscription, revision, status, regions, sectors, subjects }) => ({
        handle: called.get(subscription)?.handle ?? '',
        etag: http.etagOf(subscription, revision),
        ...{ status, regions, sectors, subjects },
      }));
      return { items };
    });
  }

  /** Asks to be told of alerts in some regions, sectors and kinds of subject, within what the organisation is competent for. */
  @Post()
  @Act('Subscribe')
  async subscribe(@Http() http: Exchange, @Body() body: SubscribeBody): Promise<{ handle: string }> {
    const id = newStreamId('subscription', http.by.commandId);
    const { regions, sectors, subjects } = body;
    const accepted = await this.running.run(http, http.by, new commands.Subscribe(id, { regions, sectors, subjects }));
    const { handle } = await this.handles.of(regionOf(accepted.log), id, http.by.actor.organisation);
    http.created(`/api/subscriptions/${handle}`);
    return { handle };
  }

  @Post(':handle/pause')
  @HttpCode(204)
  @Act('PauseSubscription')
  pause(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.#change(http, handle, (id) => new commands.PauseSubscription(id));
  }

  @Post(':handle/resumption')
  @HttpCode(204)
  @Act('ResumeSubscription')
  resume(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.#change(http, handle, (id) => new commands.ResumeSubscription(id));
  }

  @Post(':handle/end')
  @HttpCode(204)
  @Act('EndSubscription')
  end(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.#change(http, handle, (id) => new commands.EndSubscription(id));
  }

  async #change(http: Exchange, handle: string, commandFor: (id: string) => commands.SubscriptionCommand): Promise<void> {
    const id = await this.handles.stream(handle, 'subscription', http.by.actor);
    const { at } = await this.log.get('subscription', commands.subscriptionDecider, id);
    await this.running.run(http, http.matching(id, at.revision), commandFor(id));
  }
}
