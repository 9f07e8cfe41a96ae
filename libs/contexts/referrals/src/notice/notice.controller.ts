import { Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { EventStore } from '@platform/event-store';
import { Act, ContextController, Count, type Exchange, Http } from '@platform/http';
import { notFound } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { Running } from '../running';
import { AcknowledgeNotice } from './notice.decider';
import { type NoticeLine, NOTICES, Notices } from './notices.projection';

export class NoticeListQuery {
  @Count({ min: 1, max: 200, optional: true, query: true }) limit?: number;
}
export interface NoticeItem {
  readonly handle: string;
  readonly etag: string;
  readonly kind: string;
  readonly status: string;
  /** What the organisation calls the case or referral; empty for whoever may not know it: the organisation is told, not each of its people. */
  readonly about: string;
  readonly sentAt: string;
  readonly due: string;
  /** On whom it waits; only for whom it was told. */
  readonly recipient?: string;
}

@ContextController('notices', 'Notices')
export class NoticeController {
  constructor(
    private readonly rows: Notices,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly handles: Handles,
    private readonly reading: Reading,
    private readonly running: Running,
    private readonly store: EventStore,
  ) {}

  /** What the caller's organisation was told: that a consent or a grant ended, that a referral waits or was withdrawn. */
  @Get()
  @Act('ListNotices')
  async received(@Http() http: Exchange, @Query() { limit = 100 }: NoticeListQuery): Promise<{ items: NoticeItem[] }> {
    await this.principals.after(http.atLeast(), NOTICES);
    const lines = await this.principals.as(http.by, (tx) => this.rows.received(tx, http.by.actor, limit));
    return this.#show(http, 'ListNotices', lines, false);
  }

  /** What others were told for the caller's organisation and have not acknowledged in time. */
  @Get('unacknowledged')
  @Act('ListNotices')
  async unacknowledged(@Http() http: Exchange, @Query() { limit = 100 }: NoticeListQuery): Promise<{ items: NoticeItem[] }> {
    await this.principals.after(http.atLeast(), NOTICES);
    const { actor, at } = http.by;
    const lines = await this.principals.as(http.by, (tx) => this.rows.unacknowledged(tx, actor, at, limit));
    return this.#show(http, 'ListUnacknowledgedNotices', lines, true);
  }

  @Post(':handle/acknowledgement')
  @HttpCode(204)
  @Act('AcknowledgeNotice')
  async acknowledge(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const id = await this.handles.stream(handle, 'notice', http.by.actor);
    const last = (await this.store.readStream(id)).at(-1);
    if (!last) throw notFound('notice');
    await this.running.run(http, http.matching(id, last.revision), new AcknowledgeNotice(id));
  }

  #show(http: Exchange, act: string, lines: readonly NoticeLine[], own: boolean): Promise<{ items: NoticeItem[] }> {
    const { by } = http;
    const judgement = this.policies.judge('ListNotices', by, ['own-organisation']);
    const told = lines.filter(({ known }) => known).map(({ ref }) => ref);
    const cases = [...new Set(told.filter((ref) => ref.startsWith('case-')))];
    const question = { act, noun: 'notice', region: by.actor.region, judgement, cases, groups: [] };
    return this.reading.show(by, question, async () => {
      const streams = lines.flatMap(({ region, notice, ref, known }) =>
        [notice, ...(known ? [ref] : [])].map((stream) => ({ region, stream })),
      );
      const called = await this.handles.all(streams, by.actor.organisation);
      return {
        items: lines.map(({ notice, ref, kind, status, sentAt, due, recipient, revision, known }) => ({
          handle: called.get(notice)?.handle ?? '',
          etag: http.etagOf(notice, revision),
          ...{ kind, status, about: known ? (called.get(ref)?.handle ?? '') : '', sentAt, due },
          ...(own ? { recipient } : {}),
        })),
      };
    });
  }
}
