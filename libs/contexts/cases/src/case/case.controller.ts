import { createHash } from 'node:crypto';
import { Body, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { Act, ContextController, type Exchange, Http, newStreamId } from '@platform/http';
import { refused } from '@platform/kernel';
import { Handles } from '../handles';
import { AdmissionBody, ClosureBody, OpenCaseBody, ReopeningBody, SuspensionBody } from './case-bodies';
import { CaseCommanding } from './case-commanding';
import {
  AdmitToFirstAssistance,
  CloseCase,
  MoveToFollowUp,
  OpenCase,
  OpenProximityProgramme,
  ReopenCase,
  ResumeCase,
  ReturnToInclusion,
  SuspendCase,
  TakeChargeForInclusion,
} from './case-commands';
import { CaseReading } from './case-reading';
import { homeRelation } from './case-standing';

/** What the opener of a case needs next: how to call it. */
export interface OpenedAnswer {
  readonly handle: string;
  readonly codename: string;
}

@ContextController('cases', 'Cases')
export class CaseController {
  constructor(
    private readonly commanding: CaseCommanding,
    private readonly reading: CaseReading,
    private readonly handles: Handles,
  ) {}

  /** Opens a case. What identifies the person goes to the vault; the answer is a pseudonym. */
  @Post()
  @Act('OpenCase')
  async open(@Http() http: Exchange, @Body() body: OpenCaseBody): Promise<OpenedAnswer> {
    const { actor } = http.by;
    const id = newStreamId('case', http.by.commandId);
    const contact = body.contact === undefined ? undefined : await this.handles.stream(body.contact, 'contact', actor);
    const command = (refs: Awaited<ReturnType<CaseCommanding['keep']>>): OpenCase =>
      new OpenCase(id, {
        custodian: { organisation: actor.organisation, team: body.team, region: actor.region },
        responsible: body.responsible ?? actor.member,
        ageBand: body.ageBand,
        language: body.language,
        urgent: body.urgent ?? false,
        refs,
        ...(contact === undefined ? {} : { contact }),
      });
    const done = await this.commanding.permitted(http.by, command([]));
    if (!done && body.ageBand !== 'minor') {
      const refs = await this.commanding.keep(actor.region, id, body.person);
      await this.commanding.execute(http, http.by, command(refs));
    } else if (!done) {
      // Nothing about a minor is put anywhere: the rules refuse, and that is on record.
      await this.commanding.execute(http, http.by, command([]));
      throw refused('case.minor-belongs-to-msna', 'A minor stays in the charge of the system for unaccompanied minors.');
    } else http.wrote(done);
    const called = await this.handles.of(actor.region, id, actor.organisation);
    http.created(`/api/cases/${called.handle}`);
    return { handle: called.handle, codename: called.codename };
  }

  /** The case as the caller may see it. Byte for byte what a preview for this audience foretold. */
  @Get(':handle')
  @Act('ReadCase')
  @Header('content-type', 'application/json; charset=utf-8')
  async read(@Http() http: Exchange, @Param('handle') handle: string): Promise<string> {
    const { view, label } = await this.reading.show(http.by, handle);
    const body = JSON.stringify(view);
    // Whoever changes nothing of the case learns by the tag that what they see has changed, and nothing of the rest.
    if (homeRelation(http.by.actor, label) === 'custodian-team') http.tag(label.caseId, label.revision);
    else http.tag(`view-${createHash('sha256').update(body).digest('hex')}`, 0);
    return body;
  }

  @Post(':handle/proximity-programme')
  @HttpCode(204)
  @Act('OpenProximityProgramme')
  async proximity(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new OpenProximityProgramme(id));
  }

  @Post(':handle/first-assistance')
  @HttpCode(204)
  @Act('AdmitToFirstAssistance')
  async admit(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: AdmissionBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new AdmitToFirstAssistance(id, { ageBand: body.ageBand }));
  }

  @Post(':handle/inclusion')
  @HttpCode(204)
  @Act('TakeChargeForInclusion')
  async include(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new TakeChargeForInclusion(id));
  }

  @Post(':handle/follow-up')
  @HttpCode(204)
  @Act('MoveToFollowUp')
  async followUp(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new MoveToFollowUp(id));
  }

  @Post(':handle/return-to-inclusion')
  @HttpCode(204)
  @Act('ReturnToInclusion')
  async backToInclusion(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new ReturnToInclusion(id));
  }

  @Post(':handle/suspension')
  @HttpCode(204)
  @Act('SuspendCase')
  async suspend(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: SuspensionBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new SuspendCase(id, { reason: body.reason }));
  }

  @Post(':handle/resumption')
  @HttpCode(204)
  @Act('ResumeCase')
  async resume(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new ResumeCase(id));
  }

  @Post(':handle/closure')
  @HttpCode(204)
  @Act('CloseCase')
  async close(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ClosureBody): Promise<void> {
    const { id, region, by } = await this.commanding.addressed(http, handle);
    const { reason, followUpForm } = body;
    const plain = new CloseCase(id, { reason });
    if (followUpForm === undefined || (await this.commanding.permitted(by, plain))) await this.commanding.execute(http, by, plain);
    else {
      const followUpFormRef = await this.commanding.note(region, id, followUpForm);
      await this.commanding.execute(http, by, new CloseCase(id, { reason, followUpFormRef }));
    }
  }

  @Post(':handle/reopening')
  @HttpCode(204)
  @Act('ReopenCase')
  async reopen(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ReopeningBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    const { kind, ref } = body.basis;
    const reopen = (basis: string): ReopenCase => new ReopenCase(id, { reason: body.reason, basis: { kind, ref: basis } });
    await this.commanding.execute(http, by, reopen(await this.commanding.beside(by, reopen, ref, basisNoun(kind))));
  }
}

export const basisNoun = (kind: 'consent' | 'legal_basis'): string => (kind === 'consent' ? 'consent' : 'legalBasis');
