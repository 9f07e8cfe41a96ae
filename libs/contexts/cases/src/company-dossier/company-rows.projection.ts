import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import type { CaseData } from '../case/case';
import type { CompanyDossierData, CompanyDossierEvent } from './company-dossier';

type Tx = EntityManager;

/** A company in its region's list. Name and VAT number are references into the vault. */
export interface CompanyRow {
  readonly dossier: string;
  readonly status: string;
  readonly disputed: boolean;
  readonly sector: string;
  readonly comune: string;
  readonly indicators: readonly string[];
  /** Independent organisations that allege something; which ones is shown to nobody. */
  readonly reporters: number;
  /** `name` and, where it is known, `vat`. */
  readonly refs: Readonly<Record<string, string>>;
  readonly revision: number;
  /** The asking organisation met this company itself, or has a case it is linked to. */
  readonly ours: boolean;
}

const COLUMNS = `c.dossier, c.status, c.disputed, c.sector, c.comune, c.indicators, c.reporters, c.refs, c.revision,
  exists (select 1 from cases.company_holder h where h.dossier = c.dossier and h.organisation = $2) as ours`;

/** Companies of a region, and which organisations know which company stands behind a dossier. */
@Injectable()
export class CompanyRows {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<CompanyDossierEvent> = {
    CompanyInvolved: async (event, tx) => {
      const { organisation, nameRef, vatRef, sector, comune, keepUntil } = event.data;
      const refs = { name: nameRef, ...(vatRef === undefined ? {} : { vat: vatRef }) };
      await tx.query(
        `insert into cases.company (dossier, region, status, disputed, sector, comune, refs, indicators, reporters, keep_until, revision)
         values ($1, $2, 'Involved', false, $3, $4, $5, '{}', 0, $6, $7) on conflict (dossier) do nothing`,
        [event.stream, regionOf(event.log), sector, comune, JSON.stringify(refs), keepUntil, event.revision],
      );
      await this.#holder(event.stream, organisation, tx);
    },
    CompanyMetAgain: async (event, tx) => {
      await this.#holder(event.stream, event.data.organisation, tx);
      await this.#set(event, tx, 'keep_until = $3', event.data.keepUntil);
    },
    CompanyReported: (event, tx) => this.#heard(event, tx, 'Reported'),
    CompanyCorroborated: (event, tx) => this.#heard(event, tx, 'Corroborated'),
    CompanyObservationAdded: (event, tx) => this.#heard(event, tx, null),
    CompanyAlertLinked: (event, tx) => this.#set(event, tx, 'status = $3', 'Alerted'),
    CompanyInspectionRecorded: (event, tx) => this.#set(event, tx, 'status = $3', 'UnderInspection'),
    CompanyOutcomeRecorded: (event, tx) => this.#set(event, tx, 'status = $3', 'OutcomeKnown'),
    CompanyRecordDisputed: (event, tx) => this.#set(event, tx, 'disputed = $3', true),
    CompanyDisputeResolved: (event, tx) => this.#set(event, tx, 'disputed = $3', false),
    CompanyArchived: (event, tx) => this.#set(event, tx, 'status = $3', 'Archived'),
  };

  consumer(): Consumer {
    return {
      name: 'companies',
      context: 'cases',
      source: { store: 'cases' },
      handlers: {
        ...this.handlers,
        CompanyLinked: (event: RecordedEvent<CaseData<'CompanyLinked'>>, tx: Tx) =>
          this.#holder(event.data.company, event.meta.organisation, tx),
        SubjectErased: async (event: RecordedEvent<{ subject: string }>, tx: Tx) => {
          await tx.query(`update cases.company set status = 'Erased', refs = '{}', comune = '', indicators = '{}' where dossier = $1`, [
            event.data.subject,
          ]);
          await tx.query('delete from cases.company_holder where dossier = $1', [event.data.subject]);
        },
      },
      tables: ['cases.company', 'cases.company_holder'],
    };
  }

  /** A page of a region's companies as an organisation of it may list them. Under row-level security: of the reader's own region. */
  list(tx: Tx, region: string, organisation: string, after: string, limit: number): Promise<CompanyRow[]> {
    return tx.query<CompanyRow[]>(
      `select ${COLUMNS} from cases.company c where c.region = $1 and c.status <> 'Erased' and c.dossier > $3 order by c.dossier limit $4`,
      [region, organisation, after, limit],
    );
  }

  async one(tx: Tx, dossier: string, organisation: string): Promise<CompanyRow | undefined> {
    const [row] = await tx.query<CompanyRow[]>(`select ${COLUMNS} from cases.company c where c.dossier = $1 and c.status <> 'Erased'`, [
      dossier,
      organisation,
    ]);
    return row;
  }

  /** Whoever is recused from a case the company is linked to is not told its name: they may work for it. */
  async isRecused(dossier: string, member: string): Promise<boolean> {
    const found = await this.rows.query<object[]>(
      'select 1 from cases.case_list where $1 = any (companies) and $2 = any (recused) limit 1',
      [dossier, member],
    );
    return found.length > 0;
  }

  async #holder(dossier: string, organisation: string, tx: Tx): Promise<void> {
    await tx.query('insert into cases.company_holder (dossier, organisation) values ($1, $2) on conflict do nothing', [
      dossier,
      organisation,
    ]);
  }

  async #heard(event: RecordedEvent<CompanyDossierData<'CompanyReported'>>, tx: Tx, status: string | null): Promise<void> {
    const { indicators, reporters, keepUntil } = event.data;
    await tx.query(
      `update cases.company set status = coalesce($3, status), reporters = $4, keep_until = $5, revision = $2,
         indicators = (select array_agg(distinct one order by one) from unnest(indicators || $6::text[]) as one)
       where dossier = $1 and revision < $2`,
      [event.stream, event.revision, status, reporters, keepUntil, indicators],
    );
  }

  /** `what` is one of our own assignments; the value is bound. */
  async #set(event: RecordedEvent, tx: Tx, what: string, value: string | boolean): Promise<void> {
    await tx.query(`update cases.company set ${what}, revision = $2 where dossier = $1 and revision < $2`, [
      event.stream,
      event.revision,
      value,
    ]);
  }
}
