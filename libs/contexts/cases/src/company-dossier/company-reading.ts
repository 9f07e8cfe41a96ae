import { Injectable } from '@nestjs/common';
import { ceilingFor, deny, hide, type Judgement, mayCommand, permit, type Policy } from '@platform/access';
import { generalise } from '@platform/codes';
import type { Authority, View } from '@platform/kernel';
import { regionOfHandle } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { companyStandings, knowsNone } from './company-dossier.access';
import { type CompanyRow, CompanyRows } from './company-rows.projection';

/** A company as an organisation of its region sees it. Who alleges something is told to nobody. */
export interface CompanyView {
  readonly handle: string;
  readonly codename: string;
  readonly status: string;
  readonly sector: string;
  /** Where it stands as finely as the reader's kind of organisation may know it. */
  readonly comune?: string;
  readonly province?: string;
  readonly disputed?: boolean;
  readonly indicators?: readonly string[];
  readonly reporters?: number;
  /** The reader's organisation knows which company this is: it met it, or holds a case linked to it. */
  readonly ours: boolean;
}
/** With what makes it possible to act on it; `stream` never leaves. */
export interface HeldCompany {
  readonly view: CompanyView;
  readonly stream: string;
  readonly revision: number;
}

/** Whoever may do one of these about a company of the region works with its list. */
const WORKS_WITH = ['AddCompanyObservation', 'RecordInspection', 'DisputeCompanyRecord'] as const;

/** Decides, records and then shows companies: never a name, and never to those whose kind may know none. */
@Injectable()
export class CompanyReading {
  constructor(
    private readonly rows: CompanyRows,
    private readonly policies: PolicyBook,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly reading: Reading,
  ) {}

  async list(by: Authority, after: string, limit: number): Promise<{ items: HeldCompany[]; last: string | undefined }> {
    const { region, organisation } = by.actor;
    const { judgement, view } = await this.judge(by, region);
    const load = async (): Promise<{ items: HeldCompany[]; last: string | undefined }> =>
      this.principals.fresh(
        by,
        region,
        async (tx) => {
          const rows = await this.rows.list(tx, region, organisation, after, limit);
          const called = await this.handles.all(
            region,
            rows.map((row) => row.dossier),
            organisation,
          );
          const items = rows.flatMap((row) => held(row, called.get(row.dossier), view));
          return { items, last: rows.length === limit ? rows.at(-1)?.dossier : undefined };
        },
        ['companies'],
      );
    return this.reading.show(by, { act: 'ListCompanies', noun: 'companyDossier', region, judgement, cases: [], groups: ['COMP'] }, load);
  }

  async one(by: Authority, handle: string): Promise<HeldCompany> {
    const region = regionOfHandle(handle) ?? by.actor.region;
    const dossier = await this.known(by, handle);
    const { judgement: general, view } = await this.judge(by, region);
    const row = dossier === undefined ? undefined : await this.row(by, region, dossier);
    const judgement = row || general.effect === 'denied' ? general : hide({ policy: general.policy, reasons: ['company.unknown'] });
    const facts = row ? [{ stream: row.dossier, revision: row.revision }] : [];
    const question = { act: 'ReadCompany', noun: 'companyDossier', region, judgement: { ...judgement, facts } };
    return this.reading.show(by, { ...question, cases: [], groups: ['COMP'] }, async () => {
      const found = row && held(row, await this.handles.of(region, row.dossier, by.actor.organisation), view)[0];
      if (!found) throw new Error('a company that was not found was permitted');
      return found;
    });
  }

  /** The dossier behind a handle of the reader's organisation; undefined for anything else. */
  async known(by: Authority, handle: string): Promise<string | undefined> {
    const found = await this.handles.find(handle, by.actor);
    return found?.startsWith('companyDossier-') ? found : undefined;
  }

  row(by: Authority, region: string, dossier: string): Promise<CompanyRow | undefined> {
    return this.principals.fresh(by, region, (tx) => this.rows.one(tx, dossier, by.actor.organisation), ['companies']);
  }

  /** May this person work with companies of the region, and how finely? */
  async judge(by: Authority, region: string): Promise<{ judgement: Judgement; view: View }> {
    const policy = await this.policies.inForce(region);
    return judgeCompanies(policy, by, region);
  }
}

export function judgeCompanies(policy: Policy, by: Authority, region: string): { judgement: Judgement; view: View } {
  const standings = companyStandings(by, region);
  const asked = WORKS_WITH.map((command) =>
    mayCommand(policy, { command, actor: by.actor, standings, purpose: by.purpose, recused: false }),
  );
  const may = asked.find((one) => one.effect === 'permitted');
  const view = ceilingFor(policy, by.actor.kind).COMP;
  const office = may?.role === 'dpo';
  if (!may) return { judgement: asked[0] ?? hide({ policy: policy.hash, reasons: ['command.not-permitted'] }), view: 'none' };
  // The data protection officer hears the company's reply, whatever the row of the organisation that appointed them.
  if (office) return { judgement: permit({ policy: policy.hash, reasons: may.reasons }), view: 'codes' };
  if (knowsNone(policy, by.actor.kind)) return { judgement: hide({ policy: policy.hash, reasons: ['kind.no-companies'] }), view };
  return { judgement: may, view };
}

/** Opening a value asks for more than seeing the list: the organisation knows the company already, and the person is not recused over it. */
export function judgeReveal(general: Judgement, row: CompanyRow | undefined, recused: boolean, acr: number): Judgement {
  const { policy } = general;
  if (general.effect === 'denied') return general;
  if (!row) return hide({ policy, reasons: ['company.unknown'] });
  const facts = [{ stream: row.dossier, revision: row.revision }];
  const missing = [!row.ours && 'company.not-met', recused && 'member.recused', acr < 2 && 'acr.too-low'].filter((one) => one !== false);
  return missing.length > 0 ? deny({ policy, reasons: missing, facts }) : permit({ policy, reasons: general.reasons, facts });
}

function held(row: CompanyRow, called: { handle: string; codename: string } | undefined, view: View): HeldCompany[] {
  if (!called) return [];
  const { handle, codename } = called;
  const base = { handle, codename, status: row.status, sector: row.sector };
  const { disputed, indicators, reporters, ours } = row;
  const shown: CompanyView =
    view === 'banded'
      ? { ...base, province: generalise(row.comune)?.code ?? '', ours }
      : { ...base, comune: row.comune, disputed, indicators, reporters, ours };
  return [{ view: shown, stream: row.dossier, revision: row.revision }];
}
