import type { CasePart } from '@platform/access';
import { assertNever, type FieldGroup, type RecordedEvent, regionOf, type SealedGroup } from '@platform/kernel';
import { italianDayOf } from '../instants';
import { type CaseData, type CaseEvent, phaseAfter } from './case';
import type { GroupContent } from './case-view';
import type { DocumentSaid, HeldDocument } from './document-reference';

/** What one event adds to one field group: codes merged over what was there, vault references by field, and what it says of one document. */
export interface Contribution {
  readonly group: FieldGroup;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly refs?: Readonly<Record<string, string>>;
  readonly document?: Pick<HeldDocument, 'number'> & Partial<HeldDocument>;
}
/** Opens a sealed group of an event; undefined once the subject was erased. */
export type OpenSealed = (group: SealedGroup) => Promise<unknown>;

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const byGroup = (refs: CaseData<'CaseOpened'>['refs']): Contribution[] =>
  refs.map(({ group, field, ref }) => ({ group, refs: { [field]: ref } }));

/**
 * What an event of a case contributes to its contents. The read model and every replay are made by this one function, so that they cannot
 * disagree. Linked companies are counted from the case itself.
 */
export async function contributions(event: RecordedEvent & CaseEvent, open: OpenSealed): Promise<Contribution[]> {
  const phase = phaseAfter(event);
  return [...(await said(event, open)), ...(phase ? [{ group: 'PLAN' as const, content: { phase } }] : [])];
}

async function said(event: RecordedEvent & CaseEvent, open: OpenSealed): Promise<Contribution[]> {
  switch (event.type) {
    case 'CaseOpened': {
      const { language, urgent, ageBand, refs } = event.data;
      const openedOn = event.meta.at.slice(0, 10);
      return [{ group: 'REF', content: { region: regionOf(event.log), language, urgent, ageBand, openedOn } }, ...byGroup(refs)];
    }
    case 'ParticularsRecorded': {
      const codes = await Promise.all(event.data.sealed.map(async (group) => ({ group, content: record(await open(group)) })));
      return [...codes, ...byGroup(event.data.refs)];
    }
    case 'IndicatorsRecorded':
      return [{ group: 'EXP', content: record(await open('EXP')) }];
    case 'PreliminaryIdentificationCompleted': {
      const { accountRef } = event.data;
      const content = { preliminary: italianDayOf(event.meta.at) };
      return [{ group: 'EXP', content, ...(accountRef === undefined ? {} : { refs: { account: accountRef } }) }];
    }
    case 'FormalIdentificationRecorded':
      return [{ group: 'LEG', content: record(await open('LEG')) }];
    case 'IntakeStrategyRecorded': {
      const { territoryRef, specificsRef, resourcesRef, obstaclesRef } = event.data;
      return [
        { group: 'PLAN', refs: { territory: territoryRef, specifics: specificsRef, resources: resourcesRef, obstacles: obstaclesRef } },
      ];
    }
    case 'WorkZoneSet':
      return [{ group: 'TERR', content: { comune: event.data.comune, from: event.data.from ?? null, to: event.data.to ?? null } }];
    case 'NeedsRecorded':
      // How urgent it is, is said to more people than what is needed: it stands where the opening put it.
      return [
        { group: 'NEED', content: record(await open('NEED')) },
        { group: 'REF', content: { urgent: event.data.urgent } },
      ];
    case 'DocumentReferenceRecorded': {
      const { group } = event.data;
      const said = (await open(group)) as DocumentSaid | undefined;
      return said === undefined ? [] : [{ group, document: { ...said, ...event.data } }];
    }
    case 'DocumentReferenceWithdrawn': {
      const { group, number, reason } = event.data;
      return [{ group, document: { number, withdrawn: { reason, on: event.meta.at.slice(0, 10) } } }];
    }
    case 'SafetyStatusSet':
      return byGroup(event.data.refs);
    default:
      return [];
  }
}

/**
 * The parts of the case in which an event can be seen, whether or not what it seals can be opened. Companies and who is responsible are no
 * contents, but lists can be narrowed by them. What is nobody's but the custodian's (whom the case was shared with, who is recused, …) is none.
 */
export function partsChangedBy(event: RecordedEvent & CaseEvent): readonly CasePart[] {
  const codes = (...groups: FieldGroup[]): CasePart[] => groups.map((group) => ({ group, what: 'codes' }));
  const whole = (...groups: FieldGroup[]): CasePart[] => groups.map((group) => ({ group, what: 'whole' }));
  switch (event.type) {
    case 'CaseOpened':
      return [...codes('REF', 'PLAN'), ...whole(...event.data.refs.map(({ group }) => group))];
    case 'ParticularsRecorded':
      return [...codes(...event.data.sealed), ...whole(...event.data.refs.map(({ group }) => group))];
    case 'IndicatorsRecorded':
      return codes('EXP');
    case 'PreliminaryIdentificationCompleted':
      return whole('EXP');
    case 'IntakeStrategyRecorded':
      return whole('PLAN');
    case 'FormalIdentificationRecorded':
      return codes('LEG');
    case 'CompanyLinked':
      return codes('COMP');
    case 'WorkZoneSet':
      return codes('TERR');
    case 'NeedsRecorded':
      return codes('NEED'); // how urgent it is, is said to more people, but mostly as it was: they are not to learn from it that needs were recorded
    case 'SafetyStatusSet':
      return whole('PROT', ...event.data.refs.map(({ group }) => group)); // which it may seal
    case 'DocumentReferenceRecorded':
    case 'DocumentReferenceWithdrawn':
      return whole(event.data.group);
    case 'ResponsibleWorkerAssigned':
      return whole('PLAN');
    case 'ProximityProgrammeOpened':
    case 'FirstAssistanceStarted':
    case 'InclusionIntakeAccepted':
    case 'FollowUpStarted':
    case 'InclusionResumed':
    case 'CaseSuspended':
    case 'CaseResumed':
    case 'CaseClosed':
    case 'CaseReopened':
      return codes('PLAN');
    case 'CaseSharedWithTeam':
    case 'CaseUnshared':
    case 'PersonRecused':
    case 'CasesLinked':
      return [];
    default:
      return assertNever(event);
  }
}

/** Contents after some events. */
export async function contentOf(
  events: readonly (RecordedEvent & CaseEvent)[],
  companies: readonly string[],
  opener: (event: RecordedEvent) => OpenSealed,
): Promise<Partial<Record<FieldGroup, GroupContent>>> {
  const held: Partial<Record<FieldGroup, GroupContent>> =
    companies.length > 0 ? { COMP: { content: { dossiers: companies }, refs: {} } } : {};
  for (const event of events)
    for (const { group, content = {}, refs = {}, document } of await contributions(event, opener(event)))
      held[group] = {
        content: { ...held[group]?.content, ...content },
        refs: { ...held[group]?.refs, ...refs },
        documents: document ? saidOf(held[group]?.documents, document) : held[group]?.documents,
      };
  return held;
}

/** A withdrawal adds to what was said before; of a document of which nothing can be read any more it says nothing. */
function saidOf(soFar: readonly HeldDocument[] = [], more: NonNullable<Contribution['document']>): HeldDocument[] {
  const known = soFar.some(({ number }) => number === more.number);
  if (!known) return more.withdrawn ? [...soFar] : [...soFar, more as HeldDocument];
  return soFar.map((each) => (each.number === more.number ? { ...each, ...more } : each));
}
