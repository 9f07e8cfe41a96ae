import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { iso } from '../instants';
import type { AlertEvent, AlertStatus } from './alert';

type Tx = EntityManager;

/** One line of what an organisation is telling, or about to tell. */
export interface BoardLine {
  readonly alert: string;
  readonly region: string;
  readonly subject: 'company' | 'territory';
  readonly dossier: string | null;
  readonly comune: string;
  readonly area: string;
  readonly sector: string;
  readonly status: AlertStatus;
  readonly heldFor: string | null;
  readonly expires: string;
  readonly revision: number;
}
export const BOARD = 'alert-board';

/** The issuer's own alerts. Recipients know their deliveries only. */
@Injectable()
export class AlertBoard {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<AlertEvent> = {
    AlertDrafted: async (event, tx) => {
      const { issuer, subject, comune, area, sector, expires } = event.data;
      await tx.query(
        `insert into alerts.alert_board (alert, region, issuer, subject, dossier, comune, area, sector, status, expires_at, updated_at, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'Drafted', $9, $10, $11) on conflict (alert) do nothing`,
        [
          ...[event.stream, regionOf(event.log), issuer, subject.kind, subject.dossier ?? null, comune, area, sector],
          ...[expires, event.meta.at, event.revision],
        ],
      );
    },
    AlertScreened: (event, tx) => this.#moved(event, tx, 'Screened'),
    AlertHeld: (event, tx) => this.#moved(event, tx, 'Held', { heldFor: event.data.reason }),
    AlertReleased: (event, tx) => this.#moved(event, tx, 'Drafted', { area: event.data.area }),
    AlertRejected: (event, tx) => this.#moved(event, tx, 'Rejected', { heldFor: event.data.reason }),
    AlertIssued: (event, tx) => this.#moved(event, tx, 'Issued'),
    AlertClosed: (event, tx) => this.#moved(event, tx, 'Closed'),
    AlertWithdrawn: (event, tx) => this.#moved(event, tx, 'Withdrawn'),
    AlertExpired: (event, tx) => this.#moved(event, tx, 'Expired'),
  };

  consumer(): Consumer {
    return { name: BOARD, context: 'alerts', source: { store: 'alerts' }, handlers: this.handlers, tables: ['alerts.alert_board'] };
  }

  /** Newest first. Row-level security shows the caller's own; the query says it again. */
  list(tx: Tx, issuer: string, limit: number): Promise<BoardLine[]> {
    return tx.query<BoardLine[]>(
      `select alert, region, subject, dossier, comune, area, sector, status, held_for as "heldFor", ${iso('expires_at')} as expires, revision
       from alerts.alert_board where issuer = $1 order by updated_at desc, alert desc limit $2`,
      [issuer, limit],
    );
  }

  /** Whether any of these streams is an alert of the issuer. */
  async holds(tx: Tx, issuer: string, streams: readonly string[]): Promise<boolean> {
    const sql = 'select 1 from alerts.alert_board where alert = any ($2) and issuer = $1 limit 1';
    return (await tx.query<unknown[]>(sql, [issuer, [...streams]])).length > 0;
  }

  /** Issued alerts whose time is over at this instant: for the clock. */
  overdue(at: string): Promise<{ alert: string; region: string }[]> {
    return this.rows.query<{ alert: string; region: string }[]>(
      `select alert, region from alerts.alert_board where status = 'Issued' and expires_at <= $1 order by alert limit 200`,
      [at],
    );
  }

  async #moved(event: RecordedEvent, tx: Tx, status: AlertStatus, more: { heldFor?: string; area?: string } = {}): Promise<void> {
    await tx.query(
      `update alerts.alert_board set status = $2, held_for = $3, area = coalesce($4, area), updated_at = $5, revision = $6
       where alert = $1 and revision < $6`,
      [event.stream, status, more.heldFor ?? null, more.area ?? null, event.meta.at, event.revision],
    );
  }
}
