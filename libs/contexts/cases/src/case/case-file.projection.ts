import { Injectable } from '@nestjs/common';
import { placeOf } from '@platform/access';
import { boundTo } from '@platform/commanding';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { type FieldGroup, type RecordedEvent, regionOf, type SealedGroup } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import type { EntityManager } from 'typeorm';
import { type CaseEvent, phaseAfter } from './case';
import { type Contribution, contributions, type OpenSealed, partsChangedBy } from './case-content';

type Event<T extends CaseEvent['type']> = RecordedEvent<Extract<CaseEvent, { type: T }>['data']>;
type Tx = EntityManager;

/** The case as its readers see it: label and contents by field group. Names the rows, never a person. */
@Injectable()
export class CaseFile {
  constructor(private readonly vaults: Vaults) {}

  readonly handlers: AllHandlers<CaseEvent> = {
    CaseOpened: async (event, tx) => {
      await this.#opened(event, tx);
      await this.#noted(event, tx);
    },
    ParticularsRecorded: (event, tx) => this.#noted(event, tx),
    IndicatorsRecorded: (event, tx) => this.#noted(event, tx),
    PreliminaryIdentificationCompleted: (event, tx) => this.#noted(event, tx),
    FormalIdentificationRecorded: (event, tx) => this.#noted(event, tx),
    IntakeStrategyRecorded: (event, tx) => this.#noted(event, tx),
    ProximityProgrammeOpened: (event, tx) => this.#phase(event, tx),
    FirstAssistanceStarted: (event, tx) => this.#phase(event, tx),
    InclusionIntakeAccepted: (event, tx) => this.#phase(event, tx),
    FollowUpStarted: (event, tx) => this.#phase(event, tx),
    InclusionResumed: (event, tx) => this.#phase(event, tx),
    CompanyLinked: (event, tx) => this.#company(event, tx),
    WorkZoneSet: async (event, tx) => {
      await tx.query('update cases.case_list set comune = $2 where case_id = $1', [event.stream, event.data.comune]);
      await this.#noted(event, tx);
    },
    NeedsRecorded: async (event, tx) => {
      await this.#noted(event, tx);
      await tx.query(
        `update cases.case_list l set urgent = $2, needs = array(select jsonb_array_elements_text(g.content -> 'needs')) from cases.case_group g
         where l.case_id = $1 and g.case_id = l.case_id and g.grp = 'NEED' and jsonb_typeof(g.content -> 'needs') = 'array'`,
        [event.stream, event.data.urgent],
      );
    },
    SafetyStatusSet: async (event, tx) => {
      const sealed = event.data.status === 'in_protection' ? ['PROT'] : [];
      await tx.query('update cases.case_list set sealed_groups = $2 where case_id = $1', [event.stream, sealed]);
      await this.#noted(event, tx);
    },
    DocumentReferenceRecorded: (event, tx) => this.#noted(event, tx),
    DocumentReferenceWithdrawn: (event, tx) => this.#noted(event, tx),
    ResponsibleWorkerAssigned: async (event, tx) => {
      await tx.query('update cases.case_list set responsible = $2 where case_id = $1', [event.stream, event.data.worker]);
      await this.#noted(event, tx);
    },
    CaseSharedWithTeam: (event, tx) => this.#noted(event, tx),
    CaseUnshared: (event, tx) => this.#noted(event, tx),
    PersonRecused: (event, tx) => this.#listed(event, tx, 'recused', event.data.member),
    CasesLinked: (event, tx) => this.#listed(event, tx, 'link_ids', event.data.linkId),
    CaseSuspended: (event, tx) => this.#phase(event, tx),
    CaseResumed: (event, tx) => this.#phase(event, tx),
    CaseClosed: (event, tx) => this.#phase(event, tx),
    CaseReopened: (event, tx) => this.#phase(event, tx),
  };

  consumer(): Consumer {
    return {
      name: 'case-file',
      context: 'cases',
      source: { store: 'cases' },
      handlers: {
        ...this.handlers,
        SubjectErased: (event: RecordedEvent<{ subject: string }>, tx: Tx) => this.#erased(event.data.subject, tx),
      },
      tables: ['cases.case_list', 'cases.case_group', 'cases.case_document'],
    };
  }

  async #opened(event: Event<'CaseOpened'>, tx: Tx): Promise<void> {
    const { custodian, responsible, ageBand, language, urgent, origin, linkId } = event.data;
    await tx.query(
      `insert into cases.case_list (case_id, region, custodian, team, phase, opened_on, updated_at, responsible, sealed_groups, recused, needs,
         comune, companies, urgent, language, revision, age_band, origin, link_ids)
       values ($1, $2, $3, $4, 'Emersion', $5, $6, $7, '{}', '{}', '{}', '', '{}', $8, $9, $10, $11, $12, $13) on conflict (case_id) do nothing`,
      [
        event.stream,
        regionOf(event.log),
        custodian.organisation,
        custodian.team,
        event.meta.at.slice(0, 10),
        event.meta.at,
        responsible,
        urgent,
        language,
        event.revision,
        ageBand,
        origin ?? '',
        linkId === undefined ? [] : [linkId],
      ],
    );
  }

  async #company(event: Event<'CompanyLinked'>, tx: Tx): Promise<void> {
    await this.#listed(event, tx, 'companies', event.data.company);
    await tx.query(
      `insert into cases.case_group (case_id, grp, content, refs) select case_id, 'COMP', jsonb_build_object('dossiers', to_jsonb(companies)), '{}'
       from cases.case_list where case_id = $1 on conflict (case_id, grp) do update set content = excluded.content`,
      [event.stream],
    );
  }

  async #phase(event: RecordedEvent, tx: Tx): Promise<void> {
    await tx.query('update cases.case_list set phase = $2 where case_id = $1', [
      event.stream,
      phaseAfter(event as RecordedEvent & CaseEvent),
    ]);
    await this.#noted(event, tx);
  }

  /** Adds to one of the lists of the row; the column is a word of ours. */
  async #listed(event: RecordedEvent, tx: Tx, column: 'companies' | 'recused' | 'link_ids', value: string): Promise<void> {
    await tx.query(`update cases.case_list set ${column} = array_append(${column}, $2) where case_id = $1 and not ($2 = any (${column}))`, [
      event.stream,
      value,
    ]);
    await this.#noted(event, tx);
  }

  /** Every event moves the case's time and revision, and those of the parts it can be seen in, and adds what it contributes. Values open only while the subject's key lives. */
  async #noted(event: RecordedEvent, tx: Tx): Promise<void> {
    for (const { group, content = {}, refs = {}, document } of await contributions(
      event as RecordedEvent & CaseEvent,
      openerOf(this.vaults)(event),
    ))
      if (document) await this.#document(tx, event.stream, group, document);
      else
        await tx.query(
          `insert into cases.case_group (case_id, grp, content, refs) values ($1, $2, $3, $4)
           on conflict (case_id, grp) do update set content = cases.case_group.content || excluded.content, refs = cases.case_group.refs || excluded.refs`,
          [event.stream, group, JSON.stringify(content), JSON.stringify(refs)],
        );
    const parts = partsChangedBy(event as RecordedEvent & CaseEvent).map((part) => `, changed_at[${placeOf(part)}] = $2`);
    await tx.query(
      `update cases.case_list set updated_at = $2, revision = $3${[...new Set(parts)].join('')} where case_id = $1 and revision <= $3`,
      [event.stream, event.meta.at, event.revision],
    );
  }

  /** Apart from the group’s codes: a group that is shown as "something is recorded" must not say so because of a document. */
  async #document(tx: Tx, caseId: string, group: FieldGroup, said: NonNullable<Contribution['document']>): Promise<void> {
    const line = JSON.stringify(said);
    if (said.withdrawn)
      await tx.query('update cases.case_document set line = line || $4 where case_id = $1 and grp = $2 and number = $3', [
        ...[caseId, group, said.number, line],
      ]);
    else
      await tx.query(
        'insert into cases.case_document (case_id, grp, number, line) values ($1, $2, $3, $4) on conflict (case_id, grp, number) do nothing',
        [caseId, group, said.number, line],
      );
  }

  async #erased(subject: string, tx: Tx): Promise<void> {
    await tx.query('delete from cases.case_group where case_id = $1', [subject]);
    await tx.query('delete from cases.case_document where case_id = $1', [subject]);
    await tx.query(
      "update cases.case_list set needs = '{}', companies = '{}', comune = '', language = '', recused = '{}' where case_id = $1",
      [subject],
    );
  }
}

/** For the context's own projections and replays: opens what is sealed in an event, or nothing once the subject was erased. */
export const openerOf =
  (vaults: Vaults) =>
  (event: RecordedEvent): OpenSealed =>
  async (group: SealedGroup) => {
    const sealed = event.sealed?.[group];
    if (sealed === undefined) return undefined;
    return vaults.of(regionOf(event.log)).open(event.stream, boundTo(event.stream, event.revision, group), sealed);
  };
