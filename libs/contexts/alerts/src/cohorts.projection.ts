import { Injectable } from '@nestjs/common';
import { casesContract, type PublishedOf } from '@contracts';
import { generalise } from '@platform/codes';
import type { BusConsumer } from '@platform/consuming';
import { type Authority, type Grounded, nounOf } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { OpenedAlert } from './alert/alert';
import type { AlertFacts } from './alert/alert.decider';
import { FACTS, Principals } from './principals';
import { type Cohort, LEAST } from './small-numbers';

type Tx = EntityManager;
type Told<K extends keyof (typeof casesContract)['events']> = PublishedOf<typeof casesContract, K>;

/** How many distinct workers, organisations and companies stand behind a company or a place: counted here, once, when something changes. */
@Injectable()
export class Cohorts {
  constructor(private readonly principals: Principals) {}

  consumer(): BusConsumer {
    const observed = ({ data }: Told<'CompanyReported'>, tx: Tx): Promise<void> => this.#reported(data.dossier, data.reporters, tx);
    const handlers = {
      CaseOpened: ({ data }: Told<'CaseOpened'>, tx: Tx) => this.#opened(data, tx),
      CasesLinked: ({ data }: Told<'CasesLinked'>, tx: Tx) => this.#linked(data, tx),
      WorkZoneSet: ({ data }: Told<'WorkZoneSet'>, tx: Tx) => this.#worksIn(data.case, data.comune, tx),
      CompanyLinked: ({ data }: Told<'CompanyLinked'>, tx: Tx) => this.#worksFor(data.case, data.dossier, tx),
      CompanyInvolved: ({ data }: Told<'CompanyInvolved'>, tx: Tx) => this.#company(data, tx),
      CompanyReported: observed,
      CompanyCorroborated: observed,
      CompanyObservationAdded: observed,
      CompanyRecordDisputed: ({ data }: Told<'CompanyRecordDisputed'>, tx: Tx) => this.#mark(data.dossier, 'disputed', true, tx),
      CompanyDisputeResolved: ({ data }: Told<'CompanyDisputeResolved'>, tx: Tx) => this.#mark(data.dossier, 'disputed', false, tx),
      CompanyArchived: ({ data }: Told<'CompanyArchived'>, tx: Tx) => this.#mark(data.dossier, 'archived', true, tx),
      SubjectErased: ({ data }: Told<'SubjectErased'>, tx: Tx) => this.#erased(data.subject, tx),
    };
    const tables = ['seen_case', 'case_company', 'company', 'cohort'].map((table) => `alerts.${table}`);
    return { name: FACTS, context: 'alerts', source: { topics: [casesContract.topic] }, handlers: handlers as never, tables };
  }

  /** What the rules lean on for an alert's subject as it stands, as of this very question. */
  async behind(by: Authority, region: string, { subject, comune, area }: OpenedAlert): Promise<Grounded<AlertFacts>> {
    await this.principals.factsAsOfNow();
    const place = subject.dossier ?? (area === 'comune' ? comune : (generalise(comune)?.code ?? ''));
    return this.principals.as(by, async (tx) => {
      const [cohort] = await tx.query<Cohort[]>(
        'select workers, organisations, companies from alerts.cohort where region = $1 and subject = $2 and place = $3',
        [region, subject.kind, place],
      );
      const company = subject.dossier === undefined ? undefined : await this.company(tx, subject.dossier);
      return { value: { ...(cohort ? { cohort } : {}), ...(company ? { company } : {}) }, facts: [] };
    });
  }

  /** Undefined for a company that is not known to the caller, or no longer. */
  async company(tx: Tx, dossier: string): Promise<AlertFacts['company']> {
    const [row] = await tx.query<{ disputed: boolean; nameRef: string | null; vatRef: string | null }[]>(
      'select disputed, name_ref as "nameRef", vat_ref as "vatRef" from alerts.company where dossier = $1 and not archived',
      [dossier],
    );
    if (!row) return undefined;
    const { disputed, nameRef, vatRef } = row;
    return { disputed, ...(nameRef === null ? {} : { nameRef }), ...(vatRef === null ? {} : { vatRef }) };
  }

  async #opened({ case: of, region, organisation, linkId }: Told<'CaseOpened'>['data'], tx: Tx): Promise<void> {
    await tx.query(
      `insert into alerts.seen_case (case_id, region, organisation, link, comune) values ($1, $2, $3, $4, '') on conflict (case_id) do nothing`,
      [of, region, organisation, linkId ?? of],
    );
  }

  /** Two files of one person count once; several people of one situation count each. */
  async #linked({ case: of, linkId, reason }: Told<'CasesLinked'>['data'], tx: Tx): Promise<void> {
    if (reason === 'one_situation') return;
    await tx.query('update alerts.seen_case set link = $2 where case_id = $1', [of, linkId]);
    await this.#recountCase(of, tx);
  }

  async #worksIn(of: string, comune: string, tx: Tx): Promise<void> {
    const [before] = await tx.query<{ region: string; comune: string }[]>(
      'select region, comune from alerts.seen_case where case_id = $1',
      [of],
    );
    await tx.query('update alerts.seen_case set comune = $2 where case_id = $1', [of, comune]);
    if (!before) return;
    await this.#recountPlace(before.region, before.comune, tx);
    await this.#recountPlace(before.region, comune, tx);
  }

  async #worksFor(of: string, dossier: string, tx: Tx): Promise<void> {
    await tx.query('insert into alerts.case_company (case_id, dossier) values ($1, $2) on conflict do nothing', [of, dossier]);
    await this.#recountCase(of, tx);
  }

  async #company({ dossier, region, nameRef, vatRef }: Told<'CompanyInvolved'>['data'], tx: Tx): Promise<void> {
    await tx.query(
      `insert into alerts.company (dossier, region, reporters, disputed, archived, name_ref, vat_ref) values ($1, $2, 0, false, false, $3, $4)
       on conflict (dossier) do nothing`,
      [dossier, region, nameRef ?? null, vatRef ?? null],
    );
  }

  async #reported(dossier: string, reporters: number, tx: Tx): Promise<void> {
    await tx.query('update alerts.company set reporters = greatest(reporters, $2) where dossier = $1', [dossier, reporters]);
    await this.#recountCompany(dossier, tx);
  }

  async #mark(dossier: string, column: 'disputed' | 'archived', value: boolean, tx: Tx): Promise<void> {
    await tx.query(`update alerts.company set ${column} = $2 where dossier = $1`, [dossier, value]);
  }

  async #erased(subject: string, tx: Tx): Promise<void> {
    if (nounOf(subject) === 'companyDossier') {
      await tx.query('delete from alerts.company where dossier = $1', [subject]);
      await tx.query(`delete from alerts.cohort where subject = 'company' and place = $1`, [subject]);
      return;
    }
    const companies = await tx.query<{ dossier: string }[]>('select dossier from alerts.case_company where case_id = $1', [subject]);
    const [gone] = await tx.query<{ region: string; comune: string }[]>('select region, comune from alerts.seen_case where case_id = $1', [
      subject,
    ]);
    await tx.query('delete from alerts.case_company where case_id = $1', [subject]);
    await tx.query('delete from alerts.seen_case where case_id = $1', [subject]);
    for (const { dossier } of companies) await this.#recountCompany(dossier, tx);
    if (gone) await this.#recountPlace(gone.region, gone.comune, tx);
  }

  async #recountCase(of: string, tx: Tx): Promise<void> {
    const companies = await tx.query<{ dossier: string }[]>('select dossier from alerts.case_company where case_id = $1', [of]);
    const [seen] = await tx.query<{ region: string; comune: string }[]>('select region, comune from alerts.seen_case where case_id = $1', [
      of,
    ]);
    for (const { dossier } of companies) await this.#recountCompany(dossier, tx);
    if (seen) await this.#recountPlace(seen.region, seen.comune, tx);
  }

  /** Inside the dossier's own region. Whoever reported without holding a case counts among the organisations. */
  async #recountCompany(dossier: string, tx: Tx): Promise<void> {
    await tx.query(`delete from alerts.cohort where subject = 'company' and place = $1`, [dossier]);
    await tx.query(
      `insert into alerts.cohort (region, subject, place, workers, organisations, companies)
       select c.region, 'company', c.dossier, count(distinct s.link), greatest(count(distinct s.organisation), c.reporters), 1
       from alerts.company c join alerts.case_company cc on cc.dossier = c.dossier
         join alerts.seen_case s on s.case_id = cc.case_id and s.region = c.region
       where c.dossier = $1 group by c.region, c.dossier, c.reporters having count(distinct s.link) >= ${LEAST.workers}`,
      [dossier],
    );
  }

  /** The comune and its province, inside one region. */
  async #recountPlace(region: string, comune: string, tx: Tx): Promise<void> {
    const province = generalise(comune)?.code;
    if (province === undefined) return;
    for (const place of [comune, province]) {
      await tx.query(`delete from alerts.cohort where region = $1 and subject = 'territory' and place = $2`, [region, place]);
      await tx.query(
        `insert into alerts.cohort (region, subject, place, workers, organisations, companies)
         select s.region, 'territory', $2, count(distinct s.link), count(distinct s.organisation), count(distinct cc.dossier)
         from alerts.seen_case s left join alerts.case_company cc on cc.case_id = s.case_id
         where s.region = $1 and s.comune like $2 || '%' and s.comune <> ''
         group by s.region having count(distinct s.link) >= ${LEAST.workers}`,
        [region, place],
      );
    }
  }
}
