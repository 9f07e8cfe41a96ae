import { Inject, Injectable } from '@nestjs/common';
import { WRITER } from '@platform/database';
import type { DataSource } from 'typeorm';

/** An emergency access in a reviewer's queue. */
export interface GlassRow {
  readonly breakGlass: string;
  readonly caseId: string;
  readonly custodian: string;
  readonly member: string;
  readonly organisation: string;
  readonly group: string;
  readonly reason: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly reviewDue: string;
  readonly status: string;
  readonly overdue: boolean;
  readonly revision: number;
}

const ROW = `b.break_glass as "breakGlass", b.case_id as "caseId", b.custodian, b.member, b.organisation, b.grp as "group", b.reason,
  to_json(b.opened_at) as "openedAt", to_json(b.expires_at) as "expiresAt", to_json(b.review_due) as "reviewDue", b.status, b.overdue, b.revision`;

/** Reads emergency accesses. Judged or not, they stay on record. */
@Injectable()
export class BreakGlassRows {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  /** What a person's earlier uses say at an instant: reviews that are overdue, and uses that were found unjustified. */
  async recordOf(member: string, at: string): Promise<{ overdue: number; unjustified: number }> {
    const [row] = await this.rows.query<{ overdue: number; unjustified: number }[]>(
      `select count(*) filter (where status in ('Opened', 'AwaitingReview') and review_due <= $2)::int as overdue,
              count(*) filter (where status = 'Unjustified')::int as unjustified
       from cases.break_glass where member = $1`,
      [member, at],
    );
    return row ?? { overdue: 0, unjustified: 0 };
  }

  /** A person's own uses that are open or await a review, newest first. */
  async own(member: string): Promise<GlassRow[]> {
    return this.rows.query<GlassRow[]>(
      `select ${ROW} from cases.break_glass b
       where b.member = $1 and b.status in ('Opened', 'AwaitingReview') order by b.opened_at desc, b.break_glass limit 50`,
      [member],
    );
  }

  /** Uses in a region that await a review, oldest first. */
  async awaiting(region: string): Promise<GlassRow[]> {
    return this.rows.query<GlassRow[]>(
      `select ${ROW} from cases.break_glass b join cases.case_list c on c.case_id = b.case_id
       where c.region = $1 and b.status in ('Opened', 'AwaitingReview') order by b.opened_at, b.break_glass`,
      [region],
    );
  }

  /** Uses whose clock has run out, or whose review is overdue and not yet marked: for the timer. */
  async due(at: string): Promise<{ breakGlass: string; region: string; due: 'expiry' | 'review' }[]> {
    return this.rows.query<{ breakGlass: string; region: string; due: 'expiry' | 'review' }[]>(
      `select b.break_glass as "breakGlass", c.region, case when b.status = 'Opened' then 'expiry' else 'review' end as due
       from cases.break_glass b join cases.case_list c on c.case_id = b.case_id
       where (b.status = 'Opened' and b.expires_at <= $1) or (b.status = 'AwaitingReview' and not b.overdue and b.review_due <= $1)
       order by b.break_glass limit 200`,
      [at],
    );
  }
}
