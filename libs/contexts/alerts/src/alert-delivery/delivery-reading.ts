import { Injectable } from '@nestjs/common';
import { deny, hide, type Judgement } from '@platform/access';
import { type Authority, DomainError, type FieldGroup } from '@platform/kernel';
import { refCommitment, regionOfHandle, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { AlertLog, type Folded } from '../alert-log';
import { Cohorts } from '../cohorts.projection';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals';
import { type AlertDelivery, type DeliveredContent, withoutCompany } from './alert-delivery';
import { deliveryStandings } from './alert-delivery.access';
import { alertDeliveryDecider } from './alert-delivery.decider';

export type RevealedField = 'name' | 'vat';
export interface ShownCompany {
  readonly handle: string;
  readonly codename: string;
  /** What of its designation may be opened, each time with a reason. */
  readonly revealable: readonly RevealedField[];
}
export interface DeliveryView {
  readonly handle: string;
  readonly codename: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly due: string;
  readonly content: Omit<DeliveredContent, 'company'>;
  readonly company: ShownCompany | null;
  /** The company disputes what is recorded: until that is resolved nothing more about it is shown. */
  readonly disputed: boolean;
}
const GROUPS: readonly FieldGroup[] = ['COMP', 'EXP', 'TERR'];

/** One alert as one recipient was told it. */
@Injectable()
export class DeliveryReading {
  constructor(
    private readonly log: AlertLog,
    private readonly vaults: Vaults,
    private readonly policies: PolicyBook,
    private readonly reading: Reading,
    private readonly cohorts: Cohorts,
    private readonly principals: Principals,
  ) {}

  async show(by: Authority, handle: string): Promise<{ view: DeliveryView; folded: Folded<AlertDelivery> }> {
    const found = await this.#decide(by, handle, 'ReadDelivery');
    const question = { act: 'ReadDelivery', noun: 'alertDelivery', ...found.asked, cases: [], groups: GROUPS };
    return this.reading.show(by, question, async () => {
      const folded = certain(found.folded);
      return { view: await this.#view(by, folded), folded };
    });
  }

  /** Opens name or VAT number of the company: with a reason, each time on record, and only where the recipient's profile shows the company. */
  async reveal(by: Authority, handle: string, field: RevealedField, reason: string): Promise<string> {
    const found = await this.#decide(by, handle, 'RevealCompany');
    const company = found.folded?.state.content.company;
    const open = found.folded && OPEN.includes(found.folded.state.status);
    const disputed = company !== undefined && (await this.#disputed(by, company.dossier));
    const ref = open && !disputed ? company?.[field === 'name' ? 'nameRef' : 'vatRef'] : undefined;
    const { judgement, region } = found.asked;
    const refusing = judgement.effect === 'permitted' && ref === undefined;
    const answer = refusing ? deny({ ...judgement, reasons: [disputed ? 'company.disputed' : 'reveal.not-granted'] }) : judgement;
    if (answer.effect === 'permitted' && company) {
      const vault = this.vaults.of(region);
      await vault.keep([await vault.note(company.dossier, reason)]);
    }
    const commitments = ref === undefined ? [] : [refCommitment(ref)];
    const groups: readonly FieldGroup[] = ['COMP'];
    const question = { act: 'RevealCompany', noun: 'alertDelivery', region, judgement: answer, cases: [], groups, commitments };
    return this.reading.show(by, question, async (receipt) => {
      if (ref === undefined) throw new DomainError('alertDelivery.forbidden', 'forbidden', 'This value is not open to you.');
      return (await this.vaults.of(region).reveal([ref], receipt)).get(ref) ?? '';
    });
  }

  async #decide(by: Authority, handle: string, act: string): Promise<Found> {
    const prefix = regionOfHandle(handle);
    const known = prefix !== undefined && this.vaults.regions().includes(prefix);
    const stream = known ? await this.vaults.of(prefix).resolve(handle, by.actor.organisation) : undefined;
    const folded = stream?.startsWith('alertDelivery-') ? await this.log.find(alertDeliveryDecider, stream) : undefined;
    const judgement = folded
      ? this.policies.judge(act, by, deliveryStandings(by, folded.state), [folded.at])
      : hide({ policy: this.policies.shipped.hash, reasons: ['alertDelivery.unknown'] });
    return { folded, asked: { region: folded?.region ?? by.actor.region, judgement } };
  }

  async #view(by: Authority, { state, region, at }: Folded<AlertDelivery>): Promise<DeliveryView> {
    const { company } = state.content;
    const content = withoutCompany(state.content);
    const refs = [at.stream, ...(company ? [company.dossier] : [])];
    const called = await this.vaults.of(region).handlesFor(refs, by.actor.organisation);
    const own = called.get(at.stream);
    const disputed = company !== undefined && (await this.#disputed(by, company.dossier));
    const named = company && called.get(company.dossier);
    return {
      handle: own?.handle ?? '',
      codename: own?.codename ?? '',
      ...{ status: state.status, outcome: state.outcome, due: state.due, content },
      company: named && !disputed ? { handle: named.handle, codename: named.codename, revealable: revealable(company) } : null,
      disputed,
    };
  }

  /** Unknown counts as disputed: what is not known to be undisputed is not shown. */
  async #disputed(by: Authority, dossier: string): Promise<boolean> {
    await this.principals.factsAsOfNow();
    const company = await this.principals.as(by, (tx) => this.cohorts.company(tx, dossier));
    return company?.disputed !== false;
  }
}

interface Found {
  readonly folded: Folded<AlertDelivery> | undefined;
  readonly asked: { readonly region: string; readonly judgement: Judgement };
}
const OPEN: readonly string[] = ['Delivered', 'Acknowledged', 'Answered'];
const revealable = (company: NonNullable<DeliveredContent['company']>): RevealedField[] => [
  ...(company.nameRef === undefined ? [] : (['name'] as const)),
  ...(company.vatRef === undefined ? [] : (['vat'] as const)),
];
const certain = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('a delivery that was not found was permitted');
  return found;
};
