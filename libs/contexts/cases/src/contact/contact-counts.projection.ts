import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { READER } from '@platform/database';
import { regionOf } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import type { ContactEvent } from './contact';
import type { ContactCount } from './contact-rows.projection';

/**
 * How many were met in which region and month. Counts outlive what is counted: a contact that expired or was erased leaves its place in a
 * number, and nothing else. Two contacts that were found to be one person count as one person, in the earlier month.
 */
@Injectable()
export class ContactCounts {
  constructor(@Inject(READER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<ContactEvent> = {
    ContactRecorded: async (event, tx) => {
      await tx.query(
        'insert into cases.contact_tally (contact, region, month, person) values ($1, $2, $3, $1) on conflict (contact) do nothing',
        [event.stream, regionOf(event.log), event.data.on.slice(0, 7)],
      );
    },
    ContactLinkedToCase: () => Promise.resolve(),
    ContactExpired: () => Promise.resolve(),
    // Nobody was met: unlike what expired, it leaves no place in a number.
    ContactWithdrawn: async (event, tx) => void (await tx.query('delete from cases.contact_tally where contact = $1', [event.stream])),
    ContactsMarkedSame: async (event, tx) => {
      await tx.query(
        `update cases.contact_tally t set person = (select min(s.person) from cases.contact_tally s where s.contact in ($1, $2))
         where t.person in (select s.person from cases.contact_tally s where s.contact in ($1, $2))`,
        [event.stream, event.data.other],
      );
    },
  };

  consumer(): Consumer {
    return {
      name: 'contact-counts',
      context: 'cases',
      source: { store: 'cases' },
      handlers: this.handlers,
      tables: ['cases.contact_tally'],
    };
  }

  /** Every region and month with at least one contact. `persons` counts a person in the month of their first contact. */
  counts(): Promise<ContactCount[]> {
    return this.rows.query<ContactCount[]>(
      `with first as (select region, person, min(month) as month from cases.contact_tally group by region, person)
       select t.region, t.month, count(*)::int as contacts,
         (select count(*)::int from first f where f.region = t.region and f.month = t.month) as persons
       from cases.contact_tally t group by t.region, t.month order by t.region, t.month`,
    );
  }
}
