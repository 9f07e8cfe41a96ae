import { Injectable } from '@nestjs/common';
import { hide, type Judgement, mayCommand, permit } from '@platform/access';
import { type Authority, DomainError } from '@platform/kernel';
import { refCommitment, regionOfHandle, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { CaseReading, hasInCharge } from '../case/case-reading';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { ContactCounts } from './contact-counts.projection';
import { type ContactCount, type ContactRow, ContactRows } from './contact-rows.projection';
import { contactDecider } from './contact.decider';

/** A contact as the people of its organisation see it. */
export interface ContactView extends Omit<ContactRow, 'contact' | 'refs' | 'revision'> {
  readonly handle: string;
  readonly codename: string;
  /** Values that can be opened, each with a reason: `ID.given_name`. */
  readonly revealable: readonly string[];
}
interface Called {
  readonly handle: string;
  readonly codename: string;
}
/** A contact on its own page: with what it was joined to. */
export interface ContactFile extends ContactView {
  readonly samePerson: readonly Called[];
  /** The case it became part of; told only to whoever has that case in charge. */
  readonly case: Called | null;
}
/** `stream` never leaves. */
export interface HeldContact<V extends ContactView = ContactView> {
  readonly view: V;
  readonly stream: string;
  readonly revision: number;
}

/** Below this a number of another region says too much about somebody; above it is rounded. */
const [LEAST, ROUNDED_TO] = [11, 5];

/** Shows contacts to the people who record them, and numbers to the network. */
@Injectable()
export class ContactReading {
  constructor(
    private readonly rows: ContactRows,
    private readonly tally: ContactCounts,
    private readonly policies: PolicyBook,
    private readonly principals: Principals,
    private readonly handles: Handles,
    private readonly vaults: Vaults,
    private readonly reading: Reading,
    private readonly log: CaseLog,
    private readonly cases: CaseReading,
  ) {}

  async list(by: Authority, after: string, limit: number): Promise<{ items: HeldContact[]; last: string | undefined }> {
    const { region, organisation } = by.actor;
    const judgement = await this.judge(by);
    const question = { act: 'ListContacts', noun: 'contact', region, judgement, cases: [], groups: ['NEED' as const, 'TERR' as const] };
    return this.reading.show(by, question, () =>
      this.principals.fresh(
        by,
        region,
        async (tx) => {
          const rows = await this.rows.list(tx, organisation, after, limit);
          const called = await this.handles.all(
            region,
            rows.map((row) => row.contact),
            organisation,
          );
          const items = rows.flatMap((row) => held(row, called.get(row.contact)));
          return { items, last: rows.length === limit ? rows.at(-1)?.contact : undefined };
        },
        ['contacts'],
      ),
    );
  }

  async one(by: Authority, handle: string): Promise<HeldContact<ContactFile>> {
    const { row, region, judgement } = await this.#decided(by, handle);
    const joined = row && judgement.effect === 'permitted' ? await this.#joined(by, region, row.contact) : undefined;
    const cases = joined?.case === undefined ? [] : [joined.case];
    const question = { act: 'ReadContact', noun: 'contact', region, judgement, cases, groups: ['NEED' as const, 'TERR' as const] };
    return this.reading.show(by, question, async () => {
      const { organisation } = by.actor;
      const found = row && held(row, await this.handles.of(region, row.contact, organisation))[0];
      if (!found || !joined) throw new Error('a contact that was not found was permitted');
      const called = await this.handles.all(region, [...joined.samePerson, ...cases], organisation);
      const name = (stream: string): Called[] => {
        const one = called.get(stream);
        return one ? [{ handle: one.handle, codename: one.codename }] : [];
      };
      const view = { ...found.view, samePerson: joined.samePerson.flatMap(name), case: cases.flatMap(name)[0] ?? null };
      return { ...found, view };
    });
  }

  /** Contacts of the same person, and the case: decided as if it had been asked for by its handle. */
  async #joined(by: Authority, region: string, contact: string): Promise<{ samePerson: string[]; case?: string }> {
    const caseId = (await this.log.fold(contactDecider, contact))?.state?.case;
    const consumers = ['contacts', 'contact-counts', 'case-access', 'case-file'];
    return this.principals.fresh(
      by,
      region,
      async (tx) => {
        const samePerson = await this.rows.withSamePerson(tx, contact, by.actor.organisation);
        if (caseId === undefined || caseId === null) return { samePerson };
        const decided = await this.cases.decide(tx, by, caseId);
        return { samePerson, ...(hasInCharge(by, decided) && decided.label.region === region ? { case: caseId } : {}) };
      },
      consumers,
    );
  }

  /** Opens one value, with a reason, against one entry of the trail. */
  async reveal(by: Authority, handle: string, field: string, reason: string): Promise<{ value: string }> {
    const { row, region, judgement } = await this.#decided(by, handle);
    const ref = judgement.effect === 'permitted' ? row?.refs[field] : undefined;
    const vault = this.vaults.of(region);
    if (row && ref !== undefined) await vault.keep([await vault.note(row.contact, reason)]);
    const groups = [field.startsWith('ID.') ? ('ID' as const) : ('CON' as const)];
    const question = { act: 'RevealContact', noun: 'contact', region, judgement, cases: [], groups };
    return this.reading.show(by, { ...question, commitments: ref === undefined ? [] : [refCommitment(ref)] }, async (receipt) => {
      if (ref === undefined) throw new DomainError('contact.no-value', 'not-found', 'This value was never recorded.');
      return { value: (await vault.reveal([ref], receipt)).get(ref) ?? '' };
    });
  }

  /** Exact for those who record contacts in the region; of other regions only what says nothing about one person. */
  async counts(by: Authority): Promise<ContactCount[]> {
    const exact = (await this.judge(by)).effect === 'permitted';
    const { region } = by.actor;
    const policy = await this.policies.inForce(region);
    const judgement = permit({ policy: policy.hash, reasons: [exact ? 'counts.own-region' : 'counts.rounded'] });
    const question = { act: 'ReadContactCounts', noun: 'contact', region, judgement, cases: [], groups: [] };
    return this.reading.show(by, question, async () =>
      (await this.tally.counts()).flatMap((one) => (exact && one.region === region ? [one] : blurred(one))),
    );
  }

  /** Whoever may record contacts may work with those of their organisation. */
  async judge(by: Authority): Promise<Judgement> {
    const policy = await this.policies.inForce(by.actor.region);
    const question = { command: 'RecordContact', actor: by.actor, purpose: by.purpose, recused: false };
    return mayCommand(policy, { ...question, standings: ['own-organisation'] });
  }

  async #decided(by: Authority, handle: string): Promise<{ row: ContactRow | undefined; region: string; judgement: Judgement }> {
    const general = await this.judge(by);
    const found = await this.handles.find(handle, by.actor);
    const region = regionOfHandle(handle) ?? by.actor.region;
    const contact = found?.startsWith('contact-') ? found : undefined;
    const row =
      contact === undefined
        ? undefined
        : await this.principals.fresh(by, region, (tx) => this.rows.one(tx, contact, by.actor.organisation), ['contacts']);
    // Colleagues who may not work with contacts are not told that there is this one.
    if (general.effect === 'denied') return { row, region, judgement: { ...general, visible: false } };
    if (!row) return { row, region, judgement: hide({ policy: general.policy, reasons: ['contact.unknown'] }) };
    return { row, region, judgement: { ...general, facts: [{ stream: row.contact, revision: row.revision }] } };
  }
}

/** Nothing below the threshold, and no exact number above it. */
export function blurred({ region, month, contacts, persons }: ContactCount): ContactCount[] {
  if (contacts < LEAST || persons < LEAST) return [];
  const round = (n: number): number => Math.round(n / ROUNDED_TO) * ROUNDED_TO;
  return [{ region, month, contacts: round(contacts), persons: round(persons) }];
}

function held(row: ContactRow, called: { handle: string; codename: string } | undefined): HeldContact[] {
  if (!called) return [];
  const { contact, refs, revision, ...rest } = row;
  const view = { handle: called.handle, codename: called.codename, ...rest, revealable: Object.keys(refs).sort() };
  return [{ view, stream: contact, revision }];
}
