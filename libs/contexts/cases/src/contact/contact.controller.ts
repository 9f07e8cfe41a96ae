import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Pipeline } from '@platform/commanding';
import { Act, ContextController, type Exchange, Http, newStreamId, OpaqueTokens } from '@platform/http';
import { type Authority, type Command, nounOf, notFound } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { nextPage, PageQuery, pageStart } from '../paging';
import { Running } from '../running';
import type { ContactData } from './contact';
import { ContactBody, ContactLinkBody, ContactRevealBody, SamePersonBody } from './contact-bodies';
import { type ContactFile, ContactReading } from './contact-reading';
import type { ContactCount } from './contact-rows.projection';
import { contactSlice } from './contact-slice';
import { ContactAccess } from './contact.access';
import { contactDecider, LinkContactToCase, MarkSamePerson, RecordContact } from './contact.decider';

/** Whom a team met, at a desk or in the street: anonymous unless the person wishes otherwise. */
@ContextController('', 'Contacts')
export class ContactController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: ContactAccess,
    private readonly contacts: ContactReading,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly vaults: Vaults,
    private readonly tokens: OpaqueTokens,
  ) {}

  @Post('contacts')
  @Act('RecordContact')
  async record(@Http() http: Exchange, @Body() body: ContactBody): Promise<{ handle: string; codename: string }> {
    const { region, organisation } = http.by.actor;
    const id = newStreamId('contact', http.by.commandId);
    const { needs = [], offered = [], person = [], ...met } = body;
    const wish = (refs: ContactData<'ContactRecorded'>['refs']): RecordContact =>
      new RecordContact(id, { ...met, needs, offered, refs }).by(http.by);
    const done = await this.pipeline.before(contactSlice, this.access, wish([]));
    if (done) http.wrote(done);
    else {
      const refs = await Promise.all(
        person.map(async ({ group, field, value }) => ({ group, field, ref: await this.vaults.of(region).put(id, group, field, value) })),
      );
      await this.running.run(http, http.by, wish(refs));
    }
    const { handle, codename } = await this.handles.of(region, id, organisation);
    http.created(`/api/contacts/${handle}`);
    return { handle, codename };
  }

  /** The contacts of the caller's own organisation. */
  @Get('contacts')
  @Act('ListContacts')
  async list(@Http() http: Exchange, @Query() { limit = 100, after }: PageQuery): Promise<{ items: object[]; next?: string }> {
    const { items, last } = await this.contacts.list(http.by, pageStart(this.tokens, 'contact-page', after), limit);
    return {
      items: items.map(({ view, stream, revision }) => ({ ...view, etag: http.etagOf(stream, revision) })),
      ...nextPage(this.tokens, 'contact-page', last),
    };
  }

  /** How many were met, by region and month. */
  @Get('contact-counts')
  @Act('ReadContactCounts')
  async counts(@Http() http: Exchange): Promise<{ items: ContactCount[] }> {
    return { items: await this.contacts.counts(http.by) };
  }

  @Get('contacts/:handle')
  @Act('ReadContact')
  async read(@Http() http: Exchange, @Param('handle') handle: string): Promise<ContactFile> {
    const { view, stream, revision } = await this.contacts.one(http.by, handle);
    http.tag(stream, revision);
    return view;
  }

  @Post('contacts/:handle/reveals')
  @HttpCode(200)
  @Act('RevealContact')
  reveal(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ContactRevealBody): Promise<{ value: string }> {
    return this.contacts.reveal(http.by, handle, body.field, body.reason);
  }

  @Post('contacts/:handle/link')
  @HttpCode(204)
  @Act('LinkContactToCase')
  async link(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ContactLinkBody): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    // One answer, whichever of the two is unknown or not theirs: with one of them nobody finds out whether there is the other.
    const caseId = await this.handles.find(body.case, by.actor);
    if (caseId === undefined || nounOf(caseId) !== 'case') throw notFound('contact');
    await this.running.run(http, by, new LinkContactToCase(id, { case: caseId }));
  }

  /** Two contacts, one person: counted once from then on. */
  @Post('contacts/:handle/same')
  @HttpCode(204)
  @Act('MarkSamePerson')
  async same(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: SamePersonBody): Promise<void> {
    const other = await this.handles.stream(body.other, 'contact', http.by.actor);
    await this.#run(http, handle, (id) => new MarkSamePerson(id, { other }));
  }

  async #run(http: Exchange, handle: string, wish: (id: string) => Command): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, wish(id));
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'contact', http.by.actor);
    const folded = await this.log.fold(contactDecider, id);
    if (!folded?.state) throw notFound('contact');
    return { id, by: http.matching(id, folded.at.revision) };
  }
}
