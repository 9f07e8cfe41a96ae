import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority } from '@platform/commanding';
import type { Timer } from '@platform/consuming';
import { Clock, type Command } from '@platform/kernel';
import { ExpireBreakGlass, MarkReviewOverdue } from '../break-glass/break-glass.decider';
import { BreakGlassRows } from '../break-glass/break-glass.projection';
import { ArchiveCompany } from '../company-dossier/company-dossier-commands';
import { ExpireContact } from '../contact/contact.decider';
import { ExpireConsent, LapseConsentRequest } from '../consent/consent.decider';
import { EndLegalBasis } from '../legal-basis/legal-basis.decider';
import { ExpireDynamic } from '../territorial-dynamic/territorial-dynamic.decider';
import { EndUnmask } from '../unmask/unmask.decider';
import { ExpireAccess } from './access-grant.decider';
import { type Due, GrantRows } from './grant-rows.projection';
import { issueOnRecord } from './grant-when-referred.reactor';

/** Time has already ended what is due, for the check reads the clock; this puts it on record. */
@Injectable()
export class ExpireWhatIsDue implements Timer {
  readonly name = 'expire-what-is-due';
  readonly context = 'cases';

  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly glasses: BreakGlassRows,
    private readonly rows: GrantRows,
  ) {}

  async tick(now: string): Promise<void> {
    for (const due of await this.rows.due('consent', now)) await this.#issue(due, new ExpireConsent(due.stream));
    for (const due of await this.rows.due('request', now)) await this.#issue(due, new LapseConsentRequest(due.stream));
    for (const due of await this.rows.due('basis', now)) await this.#issue(due, new EndLegalBasis(due.stream, { reason: 'term_reached' }));
    for (const due of await this.rows.due('grant', now)) await this.#issue(due, new ExpireAccess(due.stream));
    for (const due of await this.rows.due('unmask', now)) await this.#issue(due, new EndUnmask(due.stream));
    for (const due of await this.rows.due('contact', now)) await this.#issue(due, new ExpireContact(due.stream));
    for (const due of await this.rows.due('company', now)) await this.#issue(due, new ArchiveCompany(due.stream));
    for (const due of await this.rows.due('dynamic', now)) await this.#issue(due, new ExpireDynamic(due.stream));
    for (const { breakGlass: stream, region, due } of await this.glasses.due(now))
      await this.#issue({ stream, region }, due === 'expiry' ? new ExpireBreakGlass(stream) : new MarkReviewOverdue(stream));
  }

  async #issue({ stream, region }: Due, command: Command): Promise<void> {
    const by = systemAuthority(region, this.clock, `timer|${stream}`, command.kind);
    await issueOnRecord(this.commands, command.by(by));
  }
}
