import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CODE_LISTS } from '@platform/codes';
import { Act, Code, ContextController, Count, type Exchange, Http, Text } from '@platform/http';
import { Reading } from '@platform/querying';
import { AlertLog } from '../alert-log';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { Running } from '../running';
import { type DeliveredContent, withoutCompany } from './alert-delivery';
import { AcknowledgeAlert, type AlertDeliveryCommand, alertDeliveryDecider, AnswerAlert } from './alert-delivery.decider';
import { DELIVERIES, Deliveries } from './deliveries.projection';
import { DeliveryReading, type DeliveryView, type RevealedField } from './delivery-reading';

export class DeliveryListQuery {
  @Count({ min: 1, max: 200, optional: true, query: true }) limit?: number;
}
export class AlertAnswerBody {
  @Code(CODE_LISTS['alert-outcome'].codes.map((each) => each.code)) outcome!: string;
}
export class CompanyRevealBody {
  @Code(['name', 'vat']) field!: RevealedField;
  @Text({ min: 10, max: 500, lines: true, description: 'Why the value is needed now; kept in the vault' }) reason!: string;
}
export interface DeliveryItem {
  readonly handle: string;
  readonly codename: string;
  readonly etag: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly due: string;
  readonly deliveredAt: string;
  readonly content: Omit<DeliveredContent, 'company'>;
}

/** Alerts as a recipient is told them. Recipients do not see each other. */
@ContextController('deliveries', 'Alert deliveries')
export class DeliveryController {
  constructor(
    private readonly running: Running,
    private readonly log: AlertLog,
    private readonly rows: Deliveries,
    private readonly deliveries: DeliveryReading,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  @Get()
  @Act('ListDeliveries')
  async list(@Http() http: Exchange, @Query() { limit = 100 }: DeliveryListQuery): Promise<{ items: DeliveryItem[] }> {
    const { by } = http;
    await this.principals.after(http.atLeast(), DELIVERIES);
    const lines = await this.principals.as(by, (tx) => this.rows.received(tx, by.actor.organisation, limit));
    const judgement = this.policies.judge('ListDeliveries', by, ['own-organisation']);
    const question = {
      act: 'ListDeliveries',
      noun: 'alertDelivery',
      region: by.actor.region,
      judgement,
      cases: [],
      groups: ['EXP', 'TERR'] as const,
    };
    return this.reading.show(by, question, async () => {
      const streams = lines.map(({ region, delivery }) => ({ region, stream: delivery }));
      const called = await this.handles.all(streams, by.actor.organisation);
      const items = lines.map(({ delivery, revision, status, outcome, due, deliveredAt, content }) => ({
        handle: called.get(delivery)?.handle ?? '',
        codename: called.get(delivery)?.codename ?? '',
        etag: http.etagOf(delivery, revision),
        ...{ status, outcome, due, deliveredAt, content: withoutCompany(content) },
      }));
      return { items };
    });
  }

  @Get(':handle')
  @Act('ReadDelivery')
  async read(@Http() http: Exchange, @Param('handle') handle: string): Promise<DeliveryView> {
    const { view, folded } = await this.deliveries.show(http.by, handle);
    http.tag(folded.at.stream, folded.at.revision);
    return view;
  }

  @Post(':handle/acknowledgement')
  @HttpCode(204)
  @Act('AcknowledgeAlert')
  acknowledge(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.#change(http, handle, (id) => new AcknowledgeAlert(id));
  }

  /** What came of it, as a code and nothing else. */
  @Post(':handle/answer')
  @HttpCode(204)
  @Act('AnswerAlert')
  answer(@Http() http: Exchange, @Param('handle') handle: string, @Body() { outcome }: AlertAnswerBody): Promise<void> {
    return this.#change(http, handle, (id) => new AnswerAlert(id, outcome));
  }

  /** Opens name or VAT number of the company. One audit entry, and the vault gives it only against that. */
  @Post(':handle/company/reveals')
  @Act('RevealCompany')
  async reveal(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyRevealBody): Promise<{ value: string }> {
    return { value: await this.deliveries.reveal(http.by, handle, body.field, body.reason) };
  }

  async #change(http: Exchange, handle: string, commandFor: (id: string) => AlertDeliveryCommand): Promise<void> {
    const id = await this.handles.stream(handle, 'alertDelivery', http.by.actor);
    const { at } = await this.log.get('alertDelivery', alertDeliveryDecider, id);
    await this.running.run(http, http.matching(id, at.revision), commandFor(id));
  }
}
