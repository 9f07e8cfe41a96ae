import { Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { ContactEvent } from './contact';

type Tx = EntityManager;

/** What an import of an organisation brought, and what became of it. */
export interface ImportRow {
  readonly import: string;
  readonly member: string;
  /** When its last row was recorded. */
  readonly at: string;
  readonly undoUntil: string;
  readonly recorded: number;
  readonly withdrawn: number;
  /** Became part of a case, was found to be somebody else's contact too, or expired: no longer to be undone. */
  readonly inUse: number;
}

/** Which contacts came out of which sheet, as long as its import may be undone or is asked about. */
@Injectable()
export class ContactImportRows {
  readonly handlers: AllHandlers<ContactEvent> = {
    ContactRecorded: async (event, tx) => {
      const { sheet, organisation } = event.data;
      if (!sheet) return;
      await tx.query(
        `insert into cases.contact_import (contact, import, organisation, member, at, undo_until, status)
         values ($1, $2, $3, $4, $5, $6, 'untouched') on conflict (contact) do nothing`,
        [event.stream, sheet.import, organisation, sheet.by, event.meta.at, sheet.undoUntil],
      );
    },
    ContactLinkedToCase: (event, tx) => became(event, tx, 'in-use'),
    ContactsMarkedSame: (event, tx) => became(event, tx, 'in-use'),
    ContactExpired: (event, tx) => became(event, tx, 'in-use'),
    ContactWithdrawn: (event, tx) => became(event, tx, 'withdrawn'),
  };

  consumer(): Consumer {
    return {
      name: 'contact-imports',
      context: 'cases',
      source: { store: 'cases' },
      handlers: {
        ...this.handlers,
        SubjectErased: async (event: RecordedEvent<{ subject: string }>, tx: Tx) =>
          void (await tx.query('delete from cases.contact_import where contact = $1', [event.data.subject])),
      },
      tables: ['cases.contact_import'],
    };
  }

  /** Imports of an organisation that may still be undone, the latest first; of one member, unless all are asked for. */
  list(tx: Tx, organisation: string, member: string | undefined, now: string): Promise<ImportRow[]> {
    return this.#rows(tx, 'organisation = $1 and ($2::text is null or member = $2) and undo_until > $3', [
      organisation,
      member ?? null,
      now,
    ]);
  }

  async one(tx: Tx, organisation: string, asked: string): Promise<ImportRow | undefined> {
    return (await this.#rows(tx, 'organisation = $1 and import = $2', [organisation, asked]))[0];
  }

  /** Contacts of an import that nobody has made anything of. */
  async untouched(tx: Tx, organisation: string, asked: string, limit: number): Promise<string[]> {
    const rows = await tx.query<{ contact: string }[]>(
      "select contact from cases.contact_import where organisation = $1 and import = $2 and status = 'untouched' order by contact limit $3",
      [organisation, asked, limit],
    );
    return rows.map(({ contact }) => contact);
  }

  #rows(tx: Tx, where: string, values: readonly unknown[]): Promise<ImportRow[]> {
    return tx.query<ImportRow[]>(
      `select import, min(member) as member, to_json(max(at)) as at, to_json(max(undo_until)) as "undoUntil", count(*)::int as recorded,
         (count(*) filter (where status = 'withdrawn'))::int as withdrawn, (count(*) filter (where status = 'in-use'))::int as "inUse"
       from cases.contact_import where ${where} group by import order by max(at) desc, import limit 100`,
      [...values],
    );
  }
}

async function became(event: RecordedEvent, tx: Tx, status: string): Promise<void> {
  await tx.query('update cases.contact_import set status = $2 where contact = $1', [event.stream, status]);
}
