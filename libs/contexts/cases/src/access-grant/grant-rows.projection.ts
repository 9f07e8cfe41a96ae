import { Inject, Injectable } from '@nestjs/common';
import { WRITER } from '@platform/database';
import type { DataSource } from 'typeorm';

/** A stream whose time has come, and the region whose log it lives in. */
export interface Due {
  readonly stream: string;
  readonly region: string;
}

const DUE = {
  consent: `select x.consent as stream, c.region from cases.consent x join cases.case_list c on c.case_id = x.case_id
    where x.status = 'Given' and x.expires_at <= $1 order by 1 limit 200`,
  request: `select x.consent as stream, c.region from cases.consent x join cases.case_list c on c.case_id = x.case_id
    where x.status = 'Asked' and x.answer_due <= $1 order by 1 limit 200`,
  basis: `select b.basis as stream, c.region from cases.basis b join cases.case_list c on c.case_id = b.case_id
    where b.basis like 'legalBasis-%' and b.live and b.expires_at <= $1 order by 1 limit 200`,
  grant: `select distinct g.stream, c.region from cases.access_grant g join cases.case_list c on c.case_id = g.case_id
    where g.ended_at is null and g.relation <> 'break-glass' and g.expires_at <= $1 order by 1 limit 200`,
  contact: `select contact as stream, region from cases.contact where status = 'Recorded' and keep_until <= $1 order by 1 limit 200`,
  company: `select dossier as stream, region from cases.company where status not in ('Archived', 'Erased') and keep_until <= $1
    order by 1 limit 200`,
  dynamic: `select dynamic as stream, region from cases.dynamic where status <> 'Stale' and to_day < ($1::timestamptz at time zone 'UTC')::date
    order by 1 limit 200`,
  unmask: `select unmask as stream, region from cases.unmask where status = 'Open' and until <= $1 order by 1 limit 200`,
};

/** Which grants rest on something, and what is due: for reactors, which write down what the check has already refused. */
@Injectable()
export class GrantRows {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  ofReferral = (referral: string): Promise<string[]> => this.#streams('referral = $1', [referral]);
  restingOn = (basis: string): Promise<string[]> => this.#streams('basis = $1', [basis]);
  ofCase = (caseId: string): Promise<string[]> => this.#streams('case_id = $1', [caseId]);
  ofTeam = (caseId: string, team: string): Promise<string[]> => this.#streams('case_id = $1 and team = $2', [caseId, team]);

  due(what: keyof typeof DUE, now: string): Promise<Due[]> {
    return this.rows.query<Due[]>(DUE[what], [now]);
  }

  /** Emergencies end by themselves; the condition is one of ours, never made of data. */
  async #streams(condition: string, values: readonly string[]): Promise<string[]> {
    const sql = `select distinct stream from cases.access_grant where ${condition} and ended_at is null and relation <> 'break-glass' order by stream`;
    return (await this.rows.query<{ stream: string }[]>(sql, [...values])).map(({ stream }) => stream);
  }
}
