import { Injectable } from '@nestjs/common';
import { deny, hide, type Judgement, mayCommand, permit } from '@platform/access';
import { type Authority, DomainError, type FieldGroup } from '@platform/kernel';
import { refCommitment, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import type { OpenedCase } from '../case/case';
import { CaseRows } from '../case/case-rows.projection';
import { documentLines } from '../case/case-view';
import { standingsAt } from '../case-bound';
import { CaseLog, type Folded } from '../case-log';
import { isReached } from '../instants';
import { PolicyBook } from '../policy-book';
import { Principals, type Tx } from '../principals.projection';
import type { RequestedUnmask } from './unmask';
import { unmaskDecider } from './unmask.decider';

const STRONGEST = 3;
/** Not a value, but what is kept elsewhere of this group. */
const DOCUMENTS = 'documents';
/** Purposes under which an office reads at all: see the rows of dpo and auditor. */
const OFFICE: readonly string[] = ['audit', 'data_subject_request'];

/** What an open unmasking shows: one value at a time, to whoever asked and to nobody else. */
@Injectable()
export class UnmaskReading {
  constructor(
    private readonly log: CaseLog,
    private readonly rows: CaseRows,
    private readonly policies: PolicyBook,
    private readonly principals: Principals,
    private readonly vaults: Vaults,
    private readonly reading: Reading,
  ) {}

  /** A value of the vault, or the codes of a sealed field; one entry of the trail for each. */
  async reveal(by: Authority, id: string, group: FieldGroup, field: string): Promise<{ value: string } | { codes: unknown }> {
    const asked = await this.log.fold(unmaskDecider, id);
    const held = asked?.state ? await this.log.case(asked.state.what.case) : undefined;
    const region = held?.region ?? by.actor.region;
    const policy = await this.policies.inForce(region);
    const judged =
      asked?.state && held
        ? judgeUnmasked(asked as Folded<RequestedUnmask>, held, by, group, policyAnswer(policy, by, held))
        : hide({ policy: policy.hash, reasons: ['unmask.unknown'] });
    const judgement = { ...judged, policy: policy.hash };
    const cases = asked?.state ? [asked.state.what.case] : [];
    return this.principals.fresh(by, region, async (tx) => {
      const caseId = asked?.state?.what.case ?? '';
      const content = judgement.effect === 'permitted' ? (await this.rows.groups(tx, caseId, [group]))[group] : undefined;
      const ref = content?.refs[field];
      const question = { act: 'RevealUnmasked', noun: 'unmask', region, judgement, cases, groups: [group] };
      return this.reading.show(by, { ...question, commitments: ref === undefined ? [] : [refCommitment(ref)] }, async (receipt) => {
        if (ref !== undefined) return { value: (await this.vaults.of(region).reveal([ref], receipt)).get(ref) ?? '' };
        const codes = field === DOCUMENTS ? await this.#documents(tx, caseId, group) : content?.content[field];
        if (codes === undefined) throw new DomainError('unmask.no-value', 'not-found', 'This value was never recorded.');
        return { codes };
      });
    });
  }

  /** Which documents there are; where they stand in a register is for those who work with the person. */
  async #documents(tx: Tx, caseId: string, group: FieldGroup): Promise<object[] | undefined> {
    const held = await this.rows.documents(tx, caseId, [group]);
    return held.length === 0 ? undefined : documentLines(held);
  }
}

/** Whether the person could still ask for it: offices end, and so does what they were given. */
const policyAnswer = (policy: Parameters<typeof mayCommand>[0], by: Authority, held: Folded<OpenedCase>): Judgement =>
  mayCommand(policy, {
    command: 'RequestUnmask',
    actor: by.actor,
    standings: standingsAt(by, held),
    purpose: by.purpose,
    recused: held.state.recused.includes(by.actor.member),
  });

/** May this person open this group now? Only whoever asked, only what was named, only while the clock lets them. */
export function judgeUnmasked(
  asked: Folded<RequestedUnmask>,
  held: Folded<OpenedCase>,
  by: Authority,
  group: FieldGroup,
  office: Judgement,
): Judgement {
  const { what, status, until } = asked.state;
  const { policy } = office;
  const facts = [asked.at, held.at];
  if (what.member !== by.actor.member) return hide({ policy, reasons: ['unmask.of-another'], facts });
  const missing = [
    ...(office.effect === 'permitted' ? [] : office.reasons),
    (status !== 'Open' || isReached(until, by.at)) && 'unmask.not-open',
    !(what.groups as readonly FieldGroup[]).includes(group) && 'unmask.group-not-named',
    !(by.actor.acr >= STRONGEST) && 'acr.too-low',
    !OFFICE.includes(by.purpose) && 'purpose.not-allowed',
    group === 'PROT' && held.state.safety === 'in_protection' && 'group.sealed',
  ].filter((one) => one !== false);
  return missing.length > 0
    ? deny({ policy, reasons: [...new Set(missing)], facts })
    : permit({ policy, reasons: [...office.reasons, 'unmask.open'], facts });
}
