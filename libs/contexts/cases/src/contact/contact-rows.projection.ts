import { Injectable } from '@nestjs/common';
import { boundTo } from '@platform/commanding';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import type { EntityManager } from 'typeorm';
import type { ContactData, ContactEvent } from './contact';

type Tx = EntityManager;

/** A contact in its organisation's list; what identifies the person are references into the vault. */
export interface ContactRow {
  readonly contact: string;
  readonly status: string;
  /** Day. */
  readonly on: string;
  readonly comune: string;
  readonly channel: string;
  readonly language: string;
  readonly met: string;
  readonly urgent: boolean;
  readonly needs: readonly string[];
  readonly offered: readonly string[];
  /** `ID.given_name` → reference. */
  readonly refs: Readonly<Record<string, string>>;
  readonly keepUntil: string;
  readonly revision: number;
}
/** How many were met: contacts, and persons where contacts were found to be the same person. */
export interface ContactCount {
  readonly region: string;
  /** `2031-03` */
  readonly month: string;
  readonly contacts: number;
  readonly persons: number;
}

const COLUMNS = `contact, status, to_char(on_date, 'YYYY-MM-DD') as "on", comune, channel, language, met, urgent, needs, offered, refs,
  to_json(keep_until) as "keepUntil", revision`;

/** The contacts of each organisation, for nobody else. */
@Injectable()
export class ContactRows {
  constructor(private readonly vaults: Vaults) {}

  readonly handlers: AllHandlers<ContactEvent> = {
    ContactRecorded: async (event, tx) => {
      const { organisation, on, comune, channel, language, met, urgent, offered, refs, keepUntil } = event.data;
      const named = Object.fromEntries(refs.map(({ group, field, ref }) => [`${group}.${field}`, ref]));
      await tx.query(
        `insert into cases.contact (contact, region, organisation, on_date, comune, channel, language, met, urgent, needs, offered, refs, status,
           keep_until, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'Recorded', $13, $14) on conflict (contact) do nothing`,
        [
          ...[event.stream, regionOf(event.log), organisation, on, comune, channel, language, met, urgent],
          ...[await this.#needs(event), offered, JSON.stringify(named), keepUntil, event.revision],
        ],
      );
    },
    ContactLinkedToCase: (event, tx) => status(event, tx, 'Linked'),
    ContactExpired: (event, tx) => status(event, tx, 'Expired'),
    ContactsMarkedSame: (event, tx) => status(event, tx, null),
    ContactWithdrawn: async (event, tx) => {
      await status(event, tx, 'Withdrawn');
      await tx.query("update cases.contact set needs = '{}' where contact = $1", [event.stream]);
    },
  };

  consumer(): Consumer {
    return {
      name: 'contacts',
      context: 'cases',
      source: { store: 'cases' },
      handlers: {
        ...this.handlers,
        SubjectErased: async (event: RecordedEvent<{ subject: string }>, tx: Tx) =>
          void (await tx.query('delete from cases.contact where contact = $1', [event.data.subject])),
      },
      tables: ['cases.contact'],
    };
  }

  /** A page of an organisation's contacts that are still kept. */
  list(tx: Tx, organisation: string, after: string, limit: number): Promise<ContactRow[]> {
    return tx.query<ContactRow[]>(
      `select ${COLUMNS} from cases.contact where organisation = $1 and status not in ('Expired', 'Withdrawn') and contact > $2 order by contact limit $3`,
      [organisation, after, limit],
    );
  }

  async one(tx: Tx, contact: string, organisation: string): Promise<ContactRow | undefined> {
    const [row] = await tx.query<ContactRow[]>(
      `select ${COLUMNS} from cases.contact where contact = $1 and organisation = $2 and status not in ('Expired', 'Withdrawn')`,
      [contact, organisation],
    );
    return row;
  }

  /** Other contacts of the organisation that were found to be with the same person, whichever of them it was said of. */
  async withSamePerson(tx: Tx, contact: string, organisation: string): Promise<string[]> {
    const rows = await tx.query<{ contact: string }[]>(
      `select c.contact from cases.contact_tally t join cases.contact_tally s on s.person = t.person and s.contact <> t.contact
         join cases.contact c on c.contact = s.contact
       where t.contact = $1 and c.organisation = $2 and c.status not in ('Expired', 'Withdrawn') order by c.contact`,
      [contact, organisation],
    );
    return rows.map((row) => row.contact);
  }

  /** Whether any of these streams is a contact of the organisation. */
  async holds(tx: Tx, organisation: string, streams: readonly string[]): Promise<boolean> {
    const sql = 'select 1 from cases.contact where contact = any ($2) and organisation = $1 limit 1';
    return (await tx.query<unknown[]>(sql, [organisation, [...streams]])).length > 0;
  }

  /** Opened here alone; empty once the person was erased. */
  async #needs(event: RecordedEvent<ContactData<'ContactRecorded'>>): Promise<string[]> {
    const sealed = event.sealed?.NEED;
    if (sealed === undefined) return [];
    const bound = boundTo(event.stream, event.revision, 'NEED');
    const opened = (await this.vaults.of(regionOf(event.log)).open(event.stream, bound, sealed)) as { needs?: unknown } | undefined;
    return Array.isArray(opened?.needs) ? opened.needs.filter((one): one is string => typeof one === 'string') : [];
  }
}

async function status(event: RecordedEvent, tx: Tx, to: string | null): Promise<void> {
  await tx.query('update cases.contact set status = coalesce($3, status), revision = $2 where contact = $1 and revision < $2', [
    event.stream,
    event.revision,
    to,
  ]);
}
