import { invalid, isUuid, refused } from '@platform/kernel';
import { demandCode, demandCodes, demandComune } from '../demands';
import { isDay, italianDayOf } from '../instants';
import type { CaseEvent, OpenedCase } from './case';
import type {
  CompletePreliminaryIdentification,
  LinkCases,
  RecordFormalIdentification,
  RecordIndicators,
  RecordNeeds,
  RecordParticulars,
  SetSafetyStatus,
  SetWorkZone,
} from './case-commands';
import type { CaseContext } from './case-facts';
import { assess } from './indication';
import { isSealedField, isVaultField, type SealedCodes, type SealedFieldGroup, type VaultedField } from './particulars';

const CODE = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;

/** Rules about what is written into a case; where it stands among the phases was settled before. */

export function particulars({ body }: RecordParticulars): CaseEvent[] {
  demandVaultFields(body.refs);
  demandSealedCodes(body.sealed);
  const sealed = Object.keys(body.sealed) as SealedFieldGroup[];
  if (body.refs.length === 0 && sealed.length === 0) throw invalid('case.nothing-recorded', '/refs', 'There is nothing to record.');
  return [{ type: 'ParticularsRecorded', data: { refs: body.refs, sealed }, ...(sealed.length > 0 ? { secret: body.sealed } : {}) }];
}

export function demandVaultFields(refs: readonly VaultedField[], only?: VaultedField['group']): void {
  refs.forEach(({ group, field }, n) => {
    if (!isVaultField(group, field) || (only && group !== only))
      throw invalid('case.unknown-field', `/refs/${n}/field`, 'A case holds no such field.');
  });
}

function demandSealedCodes(sealed: SealedCodes): void {
  for (const [group, fields] of Object.entries(sealed))
    for (const [name, codes] of Object.entries(fields)) {
      if (!isSealedField(group, name)) throw invalid('case.unknown-field', `/sealed/${group}`, 'A case holds no such field.');
      if (!codes.every((code) => CODE.test(code)))
        throw invalid('case.no-code', `/sealed/${group}/${name}`, 'Only codes are recorded here.');
    }
}

export function indicators({ body }: RecordIndicators, state: OpenedCase): CaseEvent[] {
  const { version, sealed } = assess(body);
  return [
    {
      type: 'IndicatorsRecorded',
      data: { assessment: state.assessments + 1, list: body.list, version },
      secret: { EXP: sealed },
    },
  ];
}

export function preliminaryIdentification({ body }: CompletePreliminaryIdentification, state: OpenedCase): CaseEvent[] {
  if (state.assessments === 0)
    throw refused('case.no-indicator-assessment', 'Preliminary identification rests on an assessment of indicators: record one first.');
  const { accountRef } = body;
  // Said already; what somebody wrote about it since is not dropped.
  if (state.identifiedOn === state.assessments && accountRef === undefined) return [];
  return [
    {
      type: 'PreliminaryIdentificationCompleted',
      data: { assessment: state.assessments, ...(accountRef === undefined ? {} : { accountRef }) },
    },
  ];
}

export function formalIdentification({ body }: RecordFormalIdentification, { at }: CaseContext): CaseEvent[] {
  demandCode('case', 'identification-authority', body.decidedBy, '/decidedBy');
  demandCode('case', 'identification-outcome', body.outcome, '/outcome');
  demandPastDay(body.on, at, '/on');
  const { on, decidedBy, outcome } = body;
  return [{ type: 'FormalIdentificationRecorded', data: { on }, secret: { LEG: { on, decidedBy, outcome } } }];
}

export function needs({ body }: RecordNeeds): CaseEvent[] {
  demandCodes('case', 'need', body.needs, '/needs');
  return [{ type: 'NeedsRecorded', data: { needs: body.needs.length, urgent: body.urgent }, secret: { NEED: { needs: body.needs } } }];
}

export function workZone({ body }: SetWorkZone, state: OpenedCase, { at }: CaseContext): CaseEvent[] {
  const { comune, from, to } = body;
  demandComune('case', comune);
  if (from !== undefined) demandPastDay(from, at, '/from');
  if (to !== undefined && !isDay(to)) throw invalid('case.no-day', '/to', 'Give a day.');
  if (from !== undefined && to !== undefined && to < from)
    throw invalid('case.period-backwards', '/to', 'The period ends before it begins.');
  const zone = state.workZone;
  if (zone && zone.comune === comune && zone.from === from && zone.to === to) return [];
  return [{ type: 'WorkZoneSet', data: { comune, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } }];
}

/** Protection seals the protected place, and lasts at least until the plan is concluded. */
export function safetyStatus({ body }: SetSafetyStatus, state: OpenedCase, { facts }: CaseContext): CaseEvent[] {
  demandCode('case', 'safety-status', body.status, '/status');
  demandVaultFields(body.refs, 'PROT');
  if (state.safety === body.status && body.refs.length === 0) return [];
  if (state.safety === 'in_protection' && body.status !== 'in_protection' && facts.plan?.status !== 'concluded')
    throw refused('case.still-in-protection', 'Protection ends no earlier than the person’s plan is concluded.');
  return [{ type: 'SafetyStatusSet', data: { status: body.status, refs: body.refs } }];
}

export function caseLink({ body }: LinkCases, state: OpenedCase): CaseEvent[] {
  demandLinkId(body.linkId);
  if (state.links.some(({ linkId }) => linkId === body.linkId)) return [];
  return [{ type: 'CasesLinked', data: { linkId: body.linkId, reason: body.reason } }];
}

/** A link says nothing: it is random, so that nobody can type a name into it. */
export function demandLinkId(linkId: string): void {
  if (!isUuid(linkId)) throw invalid('case.no-link-id', '/linkId', 'A link is a random id.');
}

export function demandPastDay(day: string, at: string, pointer: string): void {
  if (!isDay(day)) throw invalid('case.no-day', pointer, 'Give a day.');
  if (day > italianDayOf(at)) throw invalid('case.in-the-future', pointer, 'This day is still to come.');
}
