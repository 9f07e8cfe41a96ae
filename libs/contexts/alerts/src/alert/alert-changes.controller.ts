import { Get, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { changesFor, ConsumerRunner } from '@platform/consuming';
import { EventStore } from '@platform/event-store';
import { Act, ContextController, type Exchange, Http, streamEvents } from '@platform/http';
import { type Authority, Clock } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { DELIVERIES, Deliveries } from '../alert-delivery/deliveries.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { AlertBoard, BOARD } from './alert-board.projection';

/** Tells an open page that an alert its reader's organisation issued or was told has changed, and not which. */
@ContextController('changes/alerts', 'Alerts')
export class AlertChangesController {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ConsumerRunner,
    private readonly clock: Clock,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly board: AlertBoard,
    private readonly deliveries: Deliveries,
    private readonly reading: Reading,
  ) {}

  @Get()
  @Act('FollowAlerts')
  @ApiExcludeEndpoint()
  follow(@Http() { by }: Exchange, @Req() request: Request, @Res() response: Response): Promise<void> {
    const issuing = this.policies.judge('ListAlerts', by, ['own-organisation']);
    const judgement = issuing.effect === 'permitted' ? issuing : this.policies.judge('ListDeliveries', by, ['own-organisation']);
    const question = { act: 'FollowAlerts', noun: 'alert', region: by.actor.region, judgement, cases: [], groups: [] };
    const followed = { store: this.store, runner: this.runner, context: 'alerts', consumers: [BOARD, DELIVERIES] };
    return this.reading.show(by, question, () =>
      streamEvents(request, response, {
        source: (after, signal) =>
          changesFor(followed, after, signal, (streams) => this.#concerns({ ...by, at: this.clock.now() }, streams)),
      }),
    );
  }

  #concerns(by: Authority, streams: readonly string[]): Promise<boolean> {
    const { organisation } = by.actor;
    return this.principals.as(
      by,
      async (tx) => (await this.board.holds(tx, organisation, streams)) || (await this.deliveries.holds(tx, organisation, streams)),
    );
  }
}
