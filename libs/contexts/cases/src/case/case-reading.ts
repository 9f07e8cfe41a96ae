import { Injectable } from '@nestjs/common';
import {
  type Judgement,
  deny,
  hide,
  permit,
  type Policy,
  type ReadDecision,
  showsAnything,
  shownGroups,
  viewsFor,
  widest,
} from '@platform/access';
import { findComune, generalise } from '@platform/codes';
import { type Authority, type Fact, FIELD_GROUPS, type FieldGroup } from '@platform/kernel';
import { auditAudience, Reading } from '@platform/querying';
import { regionOfHandle } from '@platform/pseudonymity';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals, type Tx } from '../principals.projection';
import { CaseRows } from './case-rows.projection';
import { type CaseLabel, homeRelation, standingsIn } from './case-standing';
import { type CaseView, type GroupContent, maskCase } from './case-view';
import { DOCUMENT_GROUPS, type HeldDocument } from './document-reference';

type HeldGroups = Readonly<Partial<Record<FieldGroup, GroupContent>>>;

/** A case as one caller may see it, decided but not loaded. */
export interface Decided {
  readonly label: CaseLabel;
  readonly decision: ReadDecision;
  readonly judgement: Judgement;
  readonly groups: readonly FieldGroup[];
  /** Something may be shown because of a grant. */
  readonly restsOnGrant: boolean;
}

/** Decides, records and then reads one case: the only way a view of a case is made. */
@Injectable()
export class CaseReading {
  constructor(
    private readonly rows: CaseRows,
    private readonly policies: PolicyBook,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  /** The view of a case for the caller. Outside need-to-know: 404, on record as a denial. */
  async show(by: Authority, handle: string, audience = by.actor.organisation): Promise<{ view: CaseView; label: CaseLabel }> {
    const caseId = await this.handles.find(handle, by.actor, [auditAudience(by.actor.region)]);
    return this.principals.fresh(by, regionOfHandle(handle) ?? by.actor.region, async (tx) => {
      const decided = await this.decide(tx, by, caseId);
      return this.reading.show(by, { act: 'ReadCase', noun: 'case', ...subject(by, decided), judgement: decided.judgement }, async () => {
        const { label, decision } = found(decided);
        return { view: await this.view(tx, label, decision, audience), label };
      });
    });
  }

  /** What the caller may see of the case, from the rows the database shows them. */
  async decide(tx: Tx, by: Authority, caseId: string | undefined): Promise<Decided | Undecided> {
    const label = caseId === undefined ? undefined : await this.rows.label(tx, caseId);
    const policy = await this.policies.inForce(label?.region ?? by.actor.region);
    if (!label) return { label: undefined, judgement: hide({ policy: policy.hash, reasons: ['relation.none'] }) };
    const grants = await this.rows.grants(tx, label.caseId);
    const decided = decideOn(policy, by, label, grants);
    if (!decided.restsOnGrant || this.principals.grantsCountIn(tx)) return decided;
    // Memberships, organisations and referrals are told by other contexts, and ends by the clock: a grant opens nothing on old news or by a wrong
    // clock, nor more of a team's own case.
    const without = decideOn(policy, by, label, []);
    if (!showsAnything(without.decision)) throw this.principals.noGrantCounts(tx);
    return without;
  }

  async policyHash(region: string): Promise<string> {
    return (await this.policies.inForce(region)).hash;
  }

  /** Builds the view of a decided case for an audience: nothing is read that the decision does not show. */
  async view(tx: Tx, label: CaseLabel, decision: ReadDecision, audience: string): Promise<CaseView> {
    const held = await this.rows.groups(tx, label.caseId, shownGroups(decision));
    for (const document of await this.#documents(tx, label.caseId, decision)) {
      const { content = {}, refs = {}, documents = [] } = held[document.group] ?? {};
      held[document.group] = { content, refs, documents: [...documents, document] };
    }
    return this.#masked(label, decision, audience, held);
  }

  /** As a line of a list: without what is only told on the case’s own page. */
  async line(tx: Tx, label: CaseLabel, decision: ReadDecision, audience: string): Promise<CaseView> {
    return this.#masked(label, decision, audience, await this.rows.groups(tx, label.caseId, shownGroups(decision)));
  }

  async #documents(tx: Tx, caseId: string, { views }: ReadDecision): Promise<HeldDocument[]> {
    const whole = DOCUMENT_GROUPS.filter((group) => views[group] === 'full');
    return whole.length === 0 ? [] : this.rows.documents(tx, caseId, whole);
  }

  async #masked(label: CaseLabel, decision: ReadDecision, audience: string, held: HeldGroups): Promise<CaseView> {
    const called = await this.handles.of(label.region, label.caseId, audience);
    const dossiers = textsOf(held.COMP?.content.dossiers);
    const companies = await this.handles.all(label.region, dossiers, audience);
    return maskCase(called, decision.views, held, { of: (dossier) => companies.get(dossier) }, places);
  }
}

/** The case is not there for this caller. */
export interface Undecided {
  readonly label: undefined;
  readonly judgement: Judgement;
}

export function decideOn(policy: Policy, by: Authority, label: CaseLabel, grants: Parameters<typeof standingsIn>[2]): Decided {
  const standings = standingsIn(by.actor, label, grants, by.purpose, by.at);
  const each = standings.map(({ question, facts }) => ({
    decision: viewsFor(policy, question),
    facts,
    granted: question.grant !== undefined,
  }));
  const decision = widest(each.map((one) => one.decision));
  const opening = each.filter((one) => showsAnything(one.decision));
  const facts = uniqueFacts((opening.length > 0 ? opening : each).flatMap((one) => one.facts));
  const grounds = { policy: policy.hash, reasons: decision.reasons, facts };
  const judgement = showsAnything(decision) ? permit(grounds) : hide(grounds);
  const restsOnGrant = opening.some((one) => one.granted);
  return { label, decision, judgement, restsOnGrant, groups: FIELD_GROUPS.filter((group) => decision.views[group] !== 'none') };
}

/** What the entry names: the case only where it is known to be one of the region's. */
export const subject = (by: Authority, decided: Decided | Undecided): { region: string; cases: string[]; groups: readonly FieldGroup[] } =>
  decided.label
    ? { region: decided.label.region, cases: [decided.label.caseId], groups: decided.groups }
    : { region: by.actor.region, cases: [], groups: [] };

/** Whether the caller is one of the custodian's own people in the case's team, and may see it. */
export const hasInCharge = (by: Authority, decided: Decided | Undecided): decided is Decided =>
  decided.label !== undefined && decided.judgement.effect === 'permitted' && homeRelation(by.actor, decided.label) === 'custodian-team';

/** The judgement on what only those get who have the case in charge: others who may see the case are told that this is not theirs. */
export const forThoseInCharge = (by: Authority, decided: Decided | Undecided): Judgement =>
  hasInCharge(by, decided) || decided.judgement.effect === 'denied'
    ? decided.judgement
    : deny({ ...decided.judgement, reasons: ['relation.custodian-team-only'] });

export const found = (decided: Decided | Undecided): Decided => {
  if (!decided.label) throw new Error('a case that was not found was permitted');
  return decided;
};

const uniqueFacts = (facts: readonly Fact[]): Fact[] => [
  ...new Map(facts.map((fact) => [`${fact.stream}|${fact.revision}`, fact])).values(),
];
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

const places = {
  band: (comune: string): string => generalise(comune)?.code ?? '',
  region: (comune: string): string => findComune(comune)?.region ?? '',
};
