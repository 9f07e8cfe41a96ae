import type { Judgement } from '@platform/access';
import type { AuditReceipt } from '@platform/auditing';
import { type Authority, DomainError, type FieldGroup, notFound } from '@platform/kernel';
import type { DecisionLog } from './decision-log';
import { onRecord } from './on-record';

/** What is asked, and how it was judged. */
export interface Question {
  /** Query name for the trail, e.g. `ReadCase`. */
  readonly act: string;
  /** Noun of the 404 that stands for everything outside need-to-know. */
  readonly noun: string;
  readonly region: string;
  readonly judgement: Judgement;
  /** Streams of the cases the answer shows. */
  readonly cases: readonly string[];
  readonly groups: readonly FieldGroup[];
  readonly commitments?: readonly string[];
}

/** authorise → record → read → mask: the one way data about cases leave. */
export class Reading {
  constructor(private readonly log: DecisionLog) {}

  /**
   * Records the decision and only then loads. The loader gets the receipt: the vault asks for it.
   * @throws DomainError not-found (outside need-to-know), forbidden (known to exist), `audit.unavailable`
   */
  async show<T>(by: Authority, question: Question, load: (receipt: AuditReceipt) => Promise<T>): Promise<T> {
    const { judgement } = question;
    const permitted = judgement.effect === 'permitted';
    const receipt = await this.log.record(by, {
      act: question.act,
      region: question.region,
      effect: permitted ? 'permitted' : 'denied',
      reasons: judgement.reasons,
      policy: judgement.policy,
      facts: judgement.facts,
      cases: question.cases,
      groups: permitted ? question.groups : [],
      commitments: permitted ? (question.commitments ?? []) : [],
    });
    if (!permitted) throw deniedAs(question.noun, judgement);
    return load(receipt).catch((error: unknown) => {
      throw onRecord(error);
    });
  }
}

/** How a denial that stands in the trail is answered: existence is disclosed only to those who may know it. */
export const deniedAs = (noun: string, judgement: Judgement): DomainError =>
  onRecord(
    judgement.visible
      ? new DomainError(`${noun}.forbidden`, 'forbidden', 'You may see this record but not do this with it.')
      : notFound(noun),
  );
