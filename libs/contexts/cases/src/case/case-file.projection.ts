import { Injectable } from '@nestjs/common';
import { boundTo } from '@platform/commanding';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { type FieldGroup, type RecordedEvent, regionOf, type SealedGroup } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import type { EntityManager } from 'typeorm';
import type { CaseEvent } from './case';

type Event<T extends CaseEvent['type']> = RecordedEvent<Extract<CaseEvent, { type: T }>['data']>;
type Tx = EntityManager;

/** The case as its readers see it: label and contents by field group. Names the rows, never a person. */
@Injectable()
export class CaseFile {
  constructor(private readonly vaults: Vaults) {}

  readonly handlers: AllHandlers<CaseEvent> = {
    CaseOpened: (event, tx) => this.#opened(event, tx),
    ParticularsRecorded: (event, tx) => this.#particulars(event, tx),
    IndicatorsRecorded: (event, tx) => this.#indicators(event, tx),
    PreliminaryIdentificationCompleted: (event, tx) =>
      this.#noted(event, tx, event.data.accountRef ? [['EXP', 'account', event.data.accountRef]] : []),
    FormalIdentificationRecorded: async (event, tx) => {
      await this.#merge(event, tx, 'LEG', { identification: await this.#open(event, 'LEG'), identifiedOn: event.data.on });
      await this.#noted(event, tx);
    },
    IntakeStrategyRecorded: (event, tx) => this.#noted(event, tx, []),
    ProximityProgrammeOpened: (event, tx) => this.#phase(event, tx, 'Proximity'),
    FirstAssistanceStarted: (event, tx) => this.#phase(event, tx, 'FirstAssistance'),
    InclusionIntakeAccepted: (event, tx) => this.#phase(event, tx, 'SocialInclusion'),
    FollowUpStarted: (event, tx) => this.#phase(event, tx, 'FollowUp'),
    InclusionResumed: (event, tx) => this.#phase(event, tx, 'SocialInclusion'),
    CompanyLinked: async (event, tx) => {
      await tx.query(
        'update cases.case_list set companies = array_append(companies, $2) where case_id = $1 and not ($2 = any (companies))',
        [event.stream, event.data.company],
      );
      await tx.query(
        `insert into cases.case_group (case_id, grp, content, refs) select case_id, 'COMP', jsonb_build_object('dossiers', to_jsonb(companies)), '{}'
         from cases.case_list where case_id = $1 on conflict (case_id, grp) do update set content = excluded.content`,
        [event.stream],
      );
      await this.#noted(event, tx);
    },
    WorkZoneSet: async (event, tx) => {
      const { comune, from, to } = event.data;
      await tx.query('update cases.case_list set comune = $2 where case_id = $1', [event.stream, comune]);
      await this.#merge(event, tx, 'TERR', { comune, from: from ?? null, to: to ?? null });
      await this.#noted(event, tx);
    },
    NeedsRecorded: async (event, tx) => {
      const needs = textsOf(await this.#open(event, 'NEED'), 'needs');
      await tx.query('update cases.case_list set needs = $2, urgent = $3 where case_id = $1', [event.stream, needs, event.data.urgent]);
      await this.#merge(event, tx, 'NEED', { needs });
      await this.#noted(event, tx);
    },
    SafetyStatusSet: async (event, tx) => {
      const sealed = event.data.status === 'in_protection' ? ['PROT'] : [];
      await tx.query('update cases.case_list set sealed_groups = $2 where case_id = $1', [event.stream, sealed]);
      await this.#noted(
        event,
        tx,
        event.data.refs.map(({ group, field, ref }) => [group, field, ref] as const),
      );
    },
    ResponsibleWorkerAssigned: async (event, tx) => {
      await tx.query('update cases.case_list set responsible = $2 where case_id = $1', [event.stream, event.data.worker]);
      await this.#noted(event, tx);
    },
    CaseSharedWithTeam: (event, tx) => this.#noted(event, tx),
    CaseUnshared: (event, tx) => this.#noted(event, tx),
    PersonRecused: async (event, tx) => {
      await tx.query('update cases.case_list set recused = array_append(recused, $2) where case_id = $1 and not ($2 = any (recused))', [
        event.stream,
        event.data.member,
      ]);
      await this.#noted(event, tx);
    },
    CasesLinked: async (event, tx) => {
      await tx.query('update cases.case_list set link_ids = array_append(link_ids, $2) where case_id = $1 and not ($2 = any (link_ids))', [
        event.stream,
        event.data.linkId,
      ]);
      await this.#noted(event, tx);
    },
    CaseSuspended: (event, tx) => this.#phase(event, tx, 'Suspended'),
    CaseResumed: (event, tx) => this.#phase(event, tx, event.data.toPhase),
    CaseClosed: (event, tx) => this.#phase(event, tx, 'Closed'),
    CaseReopened: (event, tx) => this.#phase(event, tx, 'Emersion'),
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
      tables: ['cases.case_list', 'cases.case_group'],
    };
  }

  async #opened(event: Event<'CaseOpened'>, tx: Tx): Promise<void> {
    const { custodian, responsible, ageBand, language, urgent, refs, origin, linkId } = event.data;
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
    await this.#merge(event, tx, 'REF', { region: regionOf(event.log), language, urgent, ageBand, openedOn: event.meta.at.slice(0, 10) });
    await this.#noted(
      event,
      tx,
      refs.map(({ group, field, ref }) => [group, field, ref] as const),
    );
  }

  async #particulars(event: Event<'ParticularsRecorded'>, tx: Tx): Promise<void> {
    for (const group of event.data.sealed) {
      const opened = await this.#open(event, group);
      await this.#merge(event, tx, group, typeof opened === 'object' && opened !== null ? (opened as Record<string, unknown>) : {});
    }
    await this.#noted(
      event,
      tx,
      event.data.refs.map(({ group, field, ref }) => [group, field, ref] as const),
    );
  }

  async #indicators(event: Event<'IndicatorsRecorded'>, tx: Tx): Promise<void> {
    const account = await this.#open(event, 'EXP');
    await this.#merge(event, tx, 'EXP', {
      ...(account as Record<string, unknown> | undefined),
      list: event.data.list,
      version: event.data.version,
    });
    await this.#noted(event, tx);
  }

  async #phase(event: RecordedEvent, tx: Tx, phase: string): Promise<void> {
    await tx.query('update cases.case_list set phase = $2 where case_id = $1', [event.stream, phase]);
    await this.#noted(event, tx);
  }

  /** Values open only while the subject's key lives; a rebuild after an erasure finds nothing. */
  #open(event: RecordedEvent, group: SealedGroup): Promise<unknown> {
    const sealed = event.sealed?.[group];
    if (sealed === undefined) return Promise.resolve(undefined);
    return this.vaults.of(regionOf(event.log)).open(event.stream, boundTo(event.stream, event.revision, group), sealed);
  }

  async #merge(event: RecordedEvent, tx: Tx, group: FieldGroup, content: Record<string, unknown>): Promise<void> {
    await tx.query(
      `insert into cases.case_group (case_id, grp, content, refs) values ($1, $2, $3, '{}')
       on conflict (case_id, grp) do update set content = cases.case_group.content || excluded.content`,
      [event.stream, group, JSON.stringify(content)],
    );
  }

  /** Every event moves the case's time and revision, and hangs its vault references to their groups. */
  async #noted(event: RecordedEvent, tx: Tx, refs: readonly (readonly [string, string, string])[] = []): Promise<void> {
    for (const [group, field, ref] of refs)
      await tx.query(
        `insert into cases.case_group (case_id, grp, content, refs) values ($1, $2, '{}', jsonb_build_object($3::text, $4::text))
         on conflict (case_id, grp) do update set refs = cases.case_group.refs || excluded.refs`,
        [event.stream, group, field, ref],
      );
    await tx.query('update cases.case_list set updated_at = $2, revision = $3 where case_id = $1 and revision <= $3', [
      event.stream,
      event.meta.at,
      event.revision,
    ]);
  }

  async #erased(subject: string, tx: Tx): Promise<void> {
    await tx.query('delete from cases.case_group where case_id = $1', [subject]);
    await tx.query(
      "update cases.case_list set needs = '{}', companies = '{}', comune = '', language = '', recused = '{}' where case_id = $1",
      [subject],
    );
  }
}

const textsOf = (value: unknown, key: string): string[] => {
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
};
