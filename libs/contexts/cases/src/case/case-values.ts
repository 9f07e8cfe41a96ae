import { Injectable } from '@nestjs/common';
import { deny } from '@platform/access';
import { type Authority, DomainError, type FieldGroup } from '@platform/kernel';
import { refCommitment, regionOfHandle, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { Handles } from '../handles';
import { Principals, type Tx } from '../principals.projection';
import { CaseReading, subject } from './case-reading';
import { CaseRows } from './case-rows.projection';

const ACR_TO_REVEAL = 2;

/** Which value of the vault somebody asks for, and why. */
export interface ValueWish {
  /** Act for the trail. */
  readonly act: string;
  readonly group: FieldGroup;
  /** Kept in the vault; where the value itself is not told, none is asked for. */
  readonly reason?: string;
  /** Where the value lies, if the case has one. Asked only for whoever sees the group in full. */
  readonly ref: (tx: Tx, caseId: string) => Promise<string | undefined>;
}

/** Opens the values behind a case one at a time: one audit entry each, and the vault gives a value only against that. */
@Injectable()
export class CaseValues {
  constructor(
    private readonly reading: Reading,
    private readonly cases: CaseReading,
    private readonly rows: CaseRows,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly vaults: Vaults,
  ) {}

  /** @throws DomainError `case.not-found` outside need-to-know; `case.forbidden` alike for a value that is not open and one that is not there */
  async open(by: Authority, handle: string, { act, group, reason, ref: find }: ValueWish): Promise<string> {
    const caseId = await this.handles.find(handle, by.actor);
    return this.principals.fresh(by, regionOfHandle(handle) ?? by.actor.region, async (tx) => {
      const decided = await this.cases.decide(tx, by, caseId);
      const whole = decided.label !== undefined && decided.decision.views[group] === 'full' && by.actor.acr >= ACR_TO_REVEAL;
      const ref = whole ? await find(tx, decided.label.caseId) : undefined;
      const vault = this.vaults.of(decided.label?.region ?? by.actor.region);
      const { judgement } = decided;
      const answer =
        ref === undefined && judgement.effect === 'permitted' ? deny({ ...judgement, reasons: ['reveal.not-granted'] }) : judgement;
      if (ref !== undefined && reason !== undefined) await vault.keep([await vault.note(decided.label?.caseId ?? '', reason)]);
      const commitments = ref === undefined ? [] : [refCommitment(ref)];
      const question = { act, noun: 'case', ...subject(by, decided), groups: [group], judgement: answer, commitments };
      return this.reading.show(by, question, async (receipt) => {
        if (ref === undefined) throw new DomainError('case.forbidden', 'forbidden', 'This value is not open to you.');
        return (await vault.reveal([ref], receipt)).get(ref) ?? '';
      });
    });
  }
}
