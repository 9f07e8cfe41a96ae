import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type Actor, type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { iso } from '../referral/inbox.projection';
import type { NoticeEvent, NoticeKind, NoticeStatus } from './notice';

type Tx = EntityManager;
type Reader = Pick<Actor, 'member' | 'organisation'>;

export interface NoticeLine {
  readonly notice: string;
  readonly region: string;
  readonly recipient: string;
  readonly kind: NoticeKind;
  readonly ref: string;
  readonly due: string;
  readonly sentAt: string;
  readonly status: NoticeStatus;
  readonly revision: number;
  /** The reader may know what it is about: an organisation is told, not each of its people. */
  readonly known: boolean;
}
export const NOTICES = 'notices';
/**
 * Who may know what a notice is about, under the row-level security of each table: a case of the reader's own team, a referral of their side, or a
 * case they were named for on the receiving side. $1 is the reader.
 */
const KNOWN = `(exists (select 1 from referrals.custody c where c.case_id = notice.ref and not ($1 = any (c.recused)))
  or exists (select 1 from referrals.referral_outbox o where o.referral = notice.ref)
  or exists (select 1 from referrals.referral_inbox i where i.referral = notice.ref)
  or exists (select 1 from referrals.access_grant g join referrals.referral_inbox i on i.referral = g.referral
    where g.case_id = notice.ref and (i.assessor = $1 or i.responsible = $1)))`;
const LINE = `notice, region, recipient, kind, ref, ${iso('due')} as due, ${iso('sent_at')} as "sentAt", status, revision, ${KNOWN} as known`;

/** What organisations were told, and who has not said that they read it. */
@Injectable()
export class Notices {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<NoticeEvent> = {
    NoticeSent: async (event, tx) => {
      const { recipient, from, about, due } = event.data;
      await tx.query(
        `insert into referrals.notice (notice, region, recipient, from_organisation, kind, ref, due, sent_at, status, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'Sent', $9) on conflict (notice) do nothing`,
        [event.stream, regionOf(event.log), recipient, from, about.kind, about.ref, due, event.meta.at, event.revision],
      );
    },
    NoticeAcknowledged: (event, tx) => this.#now(event, tx, 'Acknowledged'),
    NoticeLapsed: (event, tx) => this.#now(event, tx, 'Lapsed'),
  };

  consumer(): Consumer {
    return { name: NOTICES, context: 'referrals', source: { store: 'referrals' }, handlers: this.handlers, tables: ['referrals.notice'] };
  }

  /** What the organisation was told, newest first. */
  received(tx: Tx, { member, organisation }: Reader, limit: number): Promise<NoticeLine[]> {
    return tx.query<NoticeLine[]>(`select ${LINE} from referrals.notice where recipient = $2 order by sent_at desc, notice desc limit $3`, [
      ...[member, organisation, limit],
    ]);
  }

  /** Whether any of these streams is a notice to the organisation or on its behalf. */
  async holds(tx: Tx, organisation: string, streams: readonly string[]): Promise<boolean> {
    const sql = 'select 1 from referrals.notice where notice = any ($2) and (recipient = $1 or from_organisation = $1) limit 1';
    return (await tx.query<unknown[]>(sql, [organisation, [...streams]])).length > 0;
  }

  /** What was told on the organisation's behalf and nobody acknowledged in time, whether or not the clock has put that on record. */
  unacknowledged(tx: Tx, { member, organisation }: Reader, at: string, limit: number): Promise<NoticeLine[]> {
    return tx.query<NoticeLine[]>(
      `select ${LINE} from referrals.notice where from_organisation = $2 and (status = 'Lapsed' or (status = 'Sent' and due <= $3))
       order by due, notice limit $4`,
      [member, organisation, at, limit],
    );
  }

  /** What has passed its deadline at this instant: for the clock. */
  overdue(at: string): Promise<{ notice: string; region: string }[]> {
    return this.rows.query<{ notice: string; region: string }[]>(
      `select notice, region from referrals.notice where status = 'Sent' and due <= $1 order by due limit 200`,
      [at],
    );
  }

  async #now(event: RecordedEvent, tx: Tx, status: NoticeStatus): Promise<void> {
    await tx.query('update referrals.notice set status = $2, revision = $3 where notice = $1 and revision < $3', [
      event.stream,
      status,
      event.revision,
    ]);
  }
}
