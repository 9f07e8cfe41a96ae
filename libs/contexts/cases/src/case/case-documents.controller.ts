import { timingSafeEqual } from 'node:crypto';
import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { Act, ContextController, type Exchange, Http } from '@platform/http';
import type { Tx } from '../principals.projection';
import { DocumentBody, DocumentWithdrawalBody, FingerprintBody, ReasonBody } from './case-bodies';
import { CaseCommanding } from './case-commanding';
import { RecordDocumentReference, WithdrawDocumentReference } from './case-commands';
import { CaseRows } from './case-rows.projection';
import { CaseValues } from './case-values';
import { type DocumentAt, documentAt, type DocumentKind, GROUP_OF_KIND, type HeldDocument } from './document-reference';

/** Documents that are kept elsewhere: where, and whether a file at hand is the one. No file ever comes here. */
@ContextController('cases', 'Cases')
export class CaseDocumentsController {
  constructor(
    private readonly commanding: CaseCommanding,
    private readonly rows: CaseRows,
    private readonly values: CaseValues,
  ) {}

  /** Records where a document is kept. The register code and the fingerprint go to the vault. */
  @Post(':handle/documents')
  @HttpCode(204)
  @Act('RecordDocumentReference')
  async record(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: DocumentBody): Promise<void> {
    const { id, region, by } = await this.commanding.addressed(http, handle);
    const { register, fingerprint, ...said } = body;
    const command = (refs: { registerRef: string; fingerprintRef?: string }) => new RecordDocumentReference(id, { ...said, ...refs });
    const done = await this.commanding.permitted(by, command({ registerRef: '' }));
    if (done) return http.wrote(done);
    const group = GROUP_OF_KIND[body.kind as DocumentKind];
    const registerRef = await this.commanding.put(region, id, group, 'document_register', register);
    const fingerprintRef =
      fingerprint === undefined ? undefined : await this.commanding.put(region, id, group, 'document_fingerprint', fingerprint);
    await this.commanding.execute(http, by, command({ registerRef, ...(fingerprintRef === undefined ? {} : { fingerprintRef }) }));
  }

  /** A reference recorded in error: it stays to be seen, with the reason, and leads nowhere any more. */
  @Post(':handle/documents/:reference/withdrawal')
  @HttpCode(204)
  @Act('WithdrawDocumentReference')
  async withdraw(
    @Http() http: Exchange,
    @Param('handle') handle: string,
    @Param('reference') reference: string,
    @Body() body: DocumentWithdrawalBody,
  ): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new WithdrawDocumentReference(id, { ...named(reference), reason: body.reason }));
  }

  /** Where the document stands in its keeper's register, with a reason, as any value about a person. */
  @Post(':handle/documents/:reference/reveals')
  @HttpCode(200)
  @Act('RevealValue')
  async register(
    @Http() { by }: Exchange,
    @Param('handle') handle: string,
    @Param('reference') reference: string,
    @Body() { reason }: ReasonBody,
  ): Promise<{ value: string }> {
    const at = named(reference);
    const ref = async (tx: Tx, caseId: string) => (await this.#held(tx, caseId, at))?.registerRef;
    return { value: await this.values.open(by, handle, { act: 'RevealValue', group: at.group, reason, ref }) };
  }

  /** Is the file at hand the one? Answers yes or no; the fingerprint on record is not told. */
  @Post(':handle/documents/:reference/comparisons')
  @HttpCode(200)
  @Act('CompareDocument')
  async compare(
    @Http() { by }: Exchange,
    @Param('handle') handle: string,
    @Param('reference') reference: string,
    @Body() { fingerprint }: FingerprintBody,
  ): Promise<{ same: boolean }> {
    const at = named(reference);
    const ref = async (tx: Tx, caseId: string) => (await this.#held(tx, caseId, at))?.fingerprintRef;
    const kept = await this.values.open(by, handle, { act: 'CompareDocument', group: at.group, ref });
    return { same: kept.length === fingerprint.length && timingSafeEqual(Buffer.from(kept), Buffer.from(fingerprint)) };
  }

  /** What was withdrawn leads nowhere: it may be about somebody else. */
  async #held(tx: Tx, caseId: string, { group, number }: DocumentAt): Promise<HeldDocument | undefined> {
    return (await this.rows.documents(tx, caseId, [group])).find((each) => each.number === number && !each.withdrawn);
  }
}

/** What is no name stands for no document, and goes the same way: only whoever may know of the case learns that there is none. */
const named = (reference: string): DocumentAt => documentAt(reference) ?? { group: 'ID', number: 0 };
