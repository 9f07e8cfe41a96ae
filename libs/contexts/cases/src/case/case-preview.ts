import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hide, type ReadQuestion, type Relation, shownGroups, viewsFor } from '@platform/access';
import { serviceFamily } from '@platform/codes';
import { PostgresDirectory } from '@platform/directory';
import { type Authority, type FieldGroup, invalid, type Purpose } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { offerBody } from '@contracts';
import { regionOfHandle } from '@platform/pseudonymity';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { CaseReading, found, hasInCharge, subject } from './case-reading';
import type { CaseLabel } from './case-standing';

/** What a receiver would get at one stage: the very bytes, and their digest for the record. */
export interface PreviewStage {
  readonly body: string;
  readonly sha256: string;
  readonly groups: readonly FieldGroup[];
}
export interface Preview {
  readonly stage0: PreviewStage;
  readonly stage1: PreviewStage;
  readonly accepted: PreviewStage;
  /** Groups the receiver will never see, whatever is granted. */
  readonly never: readonly FieldGroup[];
}
export interface PreviewWish {
  readonly receiver: string;
  readonly service: string;
  readonly urgency: string;
  readonly language: string;
  readonly purpose: Purpose;
  /** Groups that are to be granted after acceptance. */
  readonly groups: readonly FieldGroup[];
  /** Groups the consent to the assessment covers. */
  readonly assessed: readonly FieldGroup[];
}

/** Makes the other side's answers before they exist, by the same code that will make them. */
@Injectable()
export class CasePreviews {
  constructor(
    private readonly cases: CaseReading,
    private readonly principals: Principals,
    private readonly policies: PolicyBook,
    private readonly directory: PostgresDirectory,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  async preview(by: Authority, handle: string, wish: PreviewWish): Promise<Preview> {
    const caseId = await this.handles.find(handle, by.actor);
    const receiver = await this.directory.organisation(wish.receiver);
    if (!receiver?.active) throw invalid('preview.unknown-receiver', '/receiver', 'There is no such organisation in the network.');
    return this.principals.fresh(by, regionOfHandle(handle) ?? by.actor.region, async (tx) => {
      const decided = await this.cases.decide(tx, by, caseId);
      const { judgement: general } = decided;
      const theirs = hasInCharge(by, decided) || general.effect === 'denied';
      const judgement = theirs ? general : hide({ ...general, reasons: ['relation.custodian-team-only'] });
      return this.reading.show(by, { act: 'PreviewReferral', noun: 'case', ...subject(by, decided), judgement }, async () => {
        const { label } = found(decided);
        const stage = async (relation: Relation, purpose: Purpose, groups: readonly FieldGroup[]): Promise<PreviewStage> => {
          const question = asReceiver(label, receiver.kind, relation, purpose, groups, wish.service);
          const decision = viewsFor(await this.policies.inForce(label.region), question);
          const body = JSON.stringify(await this.cases.view(tx, label, decision, wish.receiver));
          return { body, sha256: sha256(body), groups: shownGroups(decision) };
        };
        const offer = offerBody({ service: wish.service, region: label.region, urgency: wish.urgency, language: wish.language });
        const stage1 = await stage('referral-stage-1', 'referral_assessment', wish.assessed);
        const accepted = await stage('referral-accepted', wish.purpose, wish.groups);
        const seen = new Set([...stage1.groups, ...accepted.groups]);
        return {
          stage0: { body: offer, sha256: sha256(offer), groups: ['REF'] },
          stage1,
          accepted,
          never: NAMED.filter((group) => !seen.has(group)),
        };
      });
    });
  }
}

const NAMED: readonly FieldGroup[] = ['ID', 'CON', 'PROT', 'HEA', 'LEG', 'FAM', 'EXP', 'OFF', 'NEED', 'PLAN', 'COMP', 'TERR'];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The receiver's named worker, signed in strongly enough, under a grant of these groups. Disciplines are not known in advance: none. */
const asReceiver = (
  label: CaseLabel,
  kind: string,
  relation: Relation,
  purpose: Purpose,
  groups: readonly FieldGroup[],
  service: string,
): ReadQuestion => ({
  kind,
  relation,
  disciplines: [],
  serviceFamily: serviceFamily(service),
  grant: { live: true, groups, purpose },
  purpose,
  phase: label.phase,
  acr: 2,
  recused: false,
  sealedGroups: label.sealedGroups,
});
