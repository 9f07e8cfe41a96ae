import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { hide, type Judgement, mayCommand } from '@platform/access';
import { uuidOf } from '@platform/commanding';
import { type Authority, DomainError } from '@platform/kernel';
import { Reading } from '@platform/querying';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { ContactImportRows, type ImportRow } from './contact-imports.projection';
import { ContactReading } from './contact-reading';
import { WithdrawColleaguesContact, WithdrawImportedContact } from './contact.decider';

/** An import as its people see it. */
export interface ImportView extends ImportRow {
  readonly own: boolean;
}
export interface Undone {
  /** So far, whoever asked. */
  readonly withdrawn: number;
  /** Contacts that somebody has made something of since: they stay. */
  readonly kept: number;
  /** Still to be withdrawn: ask again. */
  readonly left: number;
}

const AT_ONCE = 50;
const ROWS = ['contact-imports'];
const IMPORT = /^[0-9a-f]{64}$/;

/** Undoes an import: each contact it brought, and that nobody has made anything of since, is withdrawn by a command of its own. */
@Injectable()
export class ContactUndo {
  constructor(
    private readonly commands: CommandBus,
    private readonly rows: ContactImportRows,
    private readonly contacts: ContactReading,
    private readonly policies: PolicyBook,
    private readonly principals: Principals,
    private readonly reading: Reading,
  ) {}

  /** One's own imports; those of the whole organisation for whoever may undo a colleague's. */
  async list(by: Authority): Promise<ImportView[]> {
    const { region, organisation, member } = by.actor;
    const judgement = await this.contacts.judge(by);
    const all = (await this.#judge(by, false)).effect === 'permitted';
    return this.reading.show(by, { act: 'ListContactImports', noun: 'contact', region, judgement, cases: [], groups: [] }, async () => {
      const found = await this.principals.fresh(
        by,
        region,
        (tx) => this.rows.list(tx, organisation, all ? undefined : member, by.at),
        ROWS,
      );
      return found.map((row) => ({ ...row, own: row.member === member }));
    });
  }

  /** Withdraws the next contacts of an import. Sent again it does nothing twice. */
  async undo(by: Authority, asked: string): Promise<Undone> {
    const { region, organisation, member } = by.actor;
    const read = <T>(of: (tx: Parameters<Parameters<Principals['as']>[1]>[0]) => Promise<T>) => this.principals.fresh(by, region, of, ROWS);
    const found = IMPORT.test(asked) ? await read((tx) => this.rows.one(tx, organisation, asked)) : undefined;
    const own = found?.member === member;
    const judged = await this.#judge(by, own);
    const judgement = found ? judged : hide({ policy: judged.policy, reasons: ['import.unknown'] });
    const question = { act: 'UndoContactImport', noun: 'contact', region, judgement, cases: [], groups: [] };
    const contacts = await this.reading.show(by, question, () => read((tx) => this.rows.untouched(tx, organisation, asked, AT_ONCE)));
    for (const contact of contacts) await this.#one(by, contact, own);
    const { recorded = 0, withdrawn = 0, inUse: kept = 0 } = (await read((tx) => this.rows.one(tx, organisation, asked))) ?? {};
    return { withdrawn, kept, left: recorded - withdrawn - kept };
  }

  /** Where somebody was faster and made something of it, it stays. */
  async #one(by: Authority, contact: string, own: boolean): Promise<void> {
    const { actor, purpose, at, request, causation, correlation } = by;
    const commandId = uuidOf(`contact-undo|${actor.member}|${contact}`);
    const command = own ? new WithdrawImportedContact(contact) : new WithdrawColleaguesContact(contact);
    try {
      await this.commands.execute(command.by({ actor, purpose, at, request, causation, correlation, commandId }));
    } catch (error) {
      if (!(error instanceof DomainError && IN_USE.includes(error.code))) throw error;
    }
  }

  async #judge(by: Authority, own: boolean): Promise<Judgement> {
    const policy = await this.policies.inForce(by.actor.region);
    const question = { actor: by.actor, purpose: by.purpose, recused: false };
    return own
      ? mayCommand(policy, { ...question, command: 'WithdrawImportedContact', standings: ['own-act'] })
      : mayCommand(policy, { ...question, command: 'WithdrawColleaguesContact', standings: ['own-organisation'] });
  }
}

const IN_USE = ['contact.already-linked', 'contact.in-use', 'contact.expired'];
