import { invalid } from '@platform/kernel';
import { demandCode } from '../demands';
import type { CaseEvent, OpenedCase } from './case';
import type { RecordDocumentReference, WithdrawDocumentReference } from './case-commands';
import type { CaseContext } from './case-facts';
import { demandPastDay } from './case-recording';
import { type DocumentKind, GROUP_OF_KIND, unknownDocument } from './document-reference';

/** Rules about references to documents: what is kept elsewhere, never the document. */

export function documentReference({ body }: RecordDocumentReference, state: OpenedCase, { at, facts }: CaseContext): CaseEvent[] {
  const { kind, dated, received, keeper, registerRef, fingerprintRef } = body;
  demandCode('case', 'document-kind', kind, '/kind');
  demandPastDay(received, at, '/received');
  if (dated !== undefined) {
    demandPastDay(dated, at, '/dated');
    if (received < dated) throw invalid('case.received-before-dated', '/received', 'The document came before the day it bears.');
  }
  if (facts.keeper !== keeper) throw invalid('case.unknown-keeper', '/keeper', 'There is no such organisation in the network.');
  const group = GROUP_OF_KIND[kind as DocumentKind];
  const number = state.documents.filter((each) => each.group === group).length + 1;
  return [
    {
      type: 'DocumentReferenceRecorded',
      data: { group, number, registerRef, ...(fingerprintRef === undefined ? {} : { fingerprintRef }) },
      secret: { [group]: { kind, ...(dated === undefined ? {} : { dated }), received, keeper } },
    },
  ];
}

/** What was recorded in error no longer counts; that it was recorded stays. */
export function documentWithdrawal({ body }: WithdrawDocumentReference, state: OpenedCase): CaseEvent[] {
  const { group, number, reason } = body;
  demandCode('case', 'document-withdrawal', reason, '/reason');
  const held = state.documents.find((each) => each.group === group && each.number === number);
  if (!held) throw unknownDocument();
  return held.withdrawn ? [] : [{ type: 'DocumentReferenceWithdrawn', data: { group, number, reason } }];
}
