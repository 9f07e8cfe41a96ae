import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority } from '@platform/commanding';
import type { Timer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { Clock, type Command } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import { ExpireBreakGlass, MarkReviewOverdue } from '../break-glass/break-glass.decider';
import { BreakGlassRows } from '../break-glass/break-glass.projection';
import { ArchiveCompany } from '../company-dossier/company-dossier-commands';
import { ExpireContact } from '../contact/contact.decider';
import { ExpireConsent, LapseConsentRequest } from '../consent/consent.decider';
import { EndLegalBasis } from '../legal-basis/legal-basis.decider';
import { ExpireDynamic } from '../territorial-dynamic/territorial-dynamic.decider';
import { EndUnmask } from '../unmask/unmask.decider';
import { ExpireAccess } from './access-grant.decider';
import { issueOnRecord } from './grant-when-referred.reactor';

interface Due {
  readonly stream: string;
  readonly region: string;
}

const DUE = {
  consent: `select x.consent as stream, c.region from cases.consent x join cases.case_list c on c.case_id = x.case_id
    where x.status = 'Given' and x.expires_at <= $1 order by 1 limit 200`,
  request: `select x.consent as stream, c.region from cases.consent x join cases.case_list c on c.case_id = x.case_id
    where x.status = 'Asked' and x.answer_due <= $1 order by 1 limit 200`,
  basis: `select b.basis as stream, c.region from cases.basis b join cases.case_list c on c.case_id = b.case_id
    where b.basis like 'legalBasis-%' and b.live and b.expires_at <= $1 order by 1 limit 200`,
  grant: `select distinct g.stream, c.region from cases.access_grant g join cases.case_list c on c.case_id = g.case_id
    where g.ended_at is null and g.relation <> 'break-glass' and g.expires_at <= $1 order by 1 limit 200`,
  contact: `select contact as stream, region from cases.contact where status = 'Recorded' and keep_until <= $1 order by 1 limit 200`,
  company: `select dossier as stream, region from cases.company where status not in ('Archived', 'Erased') and keep_until <= $1
    order by 1 limit 200`,
  dynamic: `select dynamic as stream, region from cases.dynamic where status <> 'Stale' and to_day < ($1::timestamptz at time zone 'UTC')::date
    order by 1 limit 200`,
  unmask: `select unmask as stream, region from cases.unmask where status = 'Open' and until <= $1 order by 1 limit 200`,
};

/** Time has already ended what is due, for the check reads the clock; this puts it on record. */
@Injectable()
export class ExpireWhatIsDue implements Timer {
  readonly name = 'expire-what-is-due';
  readonly context = 'cases';

  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly glasses: BreakGlassRows,
    @Inject(WRITER) private readonly rows: DataSource,
  ) {}

  async tick(now: string): Promise<void> {
    for (const due of await this.#due('consent', now)) await this.#issue(due, new ExpireConsent(due.stream));
    for (const due of await this.#due('request', now)) await this.#issue(due, new LapseConsentRequest(due.stream));
    for (const due of await this.#due('basis', now)) await this.#issue(due, new EndLegalBasis(due.stream, { reason: 'term_reached' }));
    for (const due of await this.#due('grant', now)) await this.#issue(due, new ExpireAccess(due.stream));
    for (const due of await this.#due('unmask', now)) await this.#issue(due, new EndUnmask(due.stream));
    for (const due of await this.#due('contact', now)) await this.#issue(due, new ExpireContact(due.stream));
    for (const due of await this.#due('company', now)) await this.#issue(due, new ArchiveCompany(due.stream));
    for (const due of await this.#due('dynamic', now)) await this.#issue(due, new ExpireDynamic(due.stream));
    for (const { breakGlass: stream, region, due } of await this.glasses.due(this.rows.manager, now))
      await this.#issue({ stream, region }, due === 'expiry' ? new ExpireBreakGlass(stream) : new MarkReviewOverdue(stream));
  }

  #due(what: keyof typeof DUE, now: string): Promise<Due[]> {
    return this.rows.query<Due[]>(DUE[what], [now]);
  }

  async #issue({ stream, region }: Due, command: Command): Promise<void> {
    const by = systemAuthority(region, this.clock, `timer|${stream}`, command.kind);
    await issueOnRecord(this.commands, command.by(by));
  }
}
