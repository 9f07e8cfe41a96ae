import { invalid, isSystem, refused } from '@platform/kernel';
import { demandBasis, KINDS_AT_A_CASE } from '../basis';
import { demandCode, demandFuture } from '../demands';
import { isReached } from '../instants';
import type { CaseEvent, OpenedCase } from './case';
import type { AssignResponsibleWorker, OpenCase, RecusePerson, ReopenCase, ShareCaseWithTeam, UnshareCase } from './case-commands';
import type { CaseContext, TeamWorker } from './case-facts';
import { demandLinkId, demandVaultFields } from './case-recording';

const LANGUAGE = /^[a-z]{2,3}$/;

/** Rules about who holds a case, who works on it and who else sees it. */

export function opening({ body }: OpenCase, { actor, facts }: CaseContext): CaseEvent[] {
  const { custodian, responsible, ageBand, language, urgent, refs, contact, origin, linkId } = body;
  if (ageBand === 'minor') throw minorsElsewhere();
  if (!isSystem(actor)) {
    if (custodian.organisation !== actor.organisation || custodian.region !== actor.region)
      throw refused('case.custodian-is-another', 'A case is opened by the organisation that takes responsibility for it.');
    if (actor.kind === 'none' || !KINDS_AT_A_CASE.includes(actor.kind))
      throw refused('case.kind-holds-no-cases', 'Organisations of this kind hold no cases.');
    if (origin !== undefined) throw refused('case.origin-by-service-only', 'Only an accepted referral makes a case that names it.');
  }
  if ((origin === undefined) !== (linkId === undefined))
    throw invalid('case.link-incomplete', '/linkId', 'A case from a joint referral names both the referral and the link.');
  if (linkId !== undefined) demandLinkId(linkId);
  demandWorker(responsible, facts.workers, '/responsible');
  if (!LANGUAGE.test(language)) throw invalid('case.unknown-language', '/language', 'A language is an ISO 639 code.');
  demandVaultFields(refs);
  return [
    {
      type: 'CaseOpened',
      data: {
        ...{ custodian, responsible, ageBand, language, urgent, refs },
        ...(contact === undefined ? {} : { contact }),
        ...(origin === undefined ? {} : { origin }),
        ...(linkId === undefined ? {} : { linkId }),
      },
    },
  ];
}

export const minorsElsewhere = () =>
  refused('case.minor-belongs-to-msna', 'A minor stays in the charge of the system for unaccompanied minors.');

export function worker({ body }: AssignResponsibleWorker, state: OpenedCase, { facts }: CaseContext): CaseEvent[] {
  if (state.responsible === body.worker) return [];
  if (state.recused.includes(body.worker)) throw refused('case.worker-recused', 'This worker is recused from the case.');
  demandWorker(body.worker, facts.workers, '/worker');
  return [{ type: 'ResponsibleWorkerAssigned', data: { worker: body.worker } }];
}

function demandWorker(member: string, workers: readonly TeamWorker[] | undefined, pointer: string): void {
  if (!workers?.some((each) => each.member === member))
    throw invalid('case.worker-not-in-team', pointer, 'The responsible worker belongs to the custodian team.');
}

/** Nobody can be made to lose their own case by a list: the responsible worker and the custodian's last one stay (A13). */
export function recusal({ body }: RecusePerson, state: OpenedCase, { facts }: CaseContext): CaseEvent[] {
  if (state.recused.includes(body.member)) return [];
  if (state.responsible === body.member)
    throw refused('case.responsible-worker-needed', 'Assign another responsible worker before this one is recused.');
  const gone = new Set([...state.recused, body.member]);
  const stays = facts.workers?.some(({ member, organisation }) => organisation === state.custodian.organisation && !gone.has(member));
  if (!stays) throw refused('case.custodian-locked-out', 'Somebody of the custodian must be able to work on the case.');
  return [{ type: 'PersonRecused', data: { member: body.member, reason: body.reason } }];
}

export function share({ id, body }: ShareCaseWithTeam, state: OpenedCase, { at, facts }: CaseContext): CaseEvent[] {
  const { team, basis, expires } = body;
  const held = state.shares.find((each) => each.team === team);
  if (held && held.expires === expires && held.basis.ref === basis.ref && !isReached(expires, at)) return [];
  if (!facts.sharedTeam?.active) throw refused('case.team-not-active', 'This team is not at work.');
  if (facts.sharedTeam.kind !== 'interregional')
    throw refused('case.team-not-interregional', 'A case is shared only with an interregional team.');
  demandFuture('case', expires, at, '/expires');
  demandBasis('case', { case: id, basis, recipient: team, expires, ...closedOnce(state) }, facts.basis, at);
  return [{ type: 'CaseSharedWithTeam', data: { team, basis, expires } }];
}

export function unshare({ body }: UnshareCase, state: OpenedCase): CaseEvent[] {
  if (!state.shares.some(({ team }) => team === body.team)) return [];
  return [{ type: 'CaseUnshared', data: { team: body.team, reason: body.reason } }];
}

/** A person who comes back decides anew: what was agreed before the closing carries nothing. */
export function reopening({ id, body }: ReopenCase, state: OpenedCase, { at, facts }: CaseContext): CaseEvent[] {
  const { reason, basis } = body;
  const recipient = facts.basis?.recipient ?? '';
  demandBasis('case', { case: id, basis, recipient, expires: at, closedAt: state.closedAt }, facts.basis, at);
  return [{ type: 'CaseReopened', data: { reason, basis } }];
}

export function closing(reason: string, followUpFormRef: string | undefined, state: OpenedCase, { at }: CaseContext): CaseEvent[] {
  demandCode('case', 'case-closure', reason, '/reason');
  if (state.phase === 'FollowUp' && followUpFormRef === undefined)
    throw refused('case.follow-up-form-missing', 'Follow-up ends with its form.');
  return [{ type: 'CaseClosed', data: { reason, closedAt: at, ...(followUpFormRef === undefined ? {} : { followUpFormRef }) } }];
}

const closedOnce = ({ closedAt }: OpenedCase): { closedAt?: string } => (closedAt === '' ? {} : { closedAt });
