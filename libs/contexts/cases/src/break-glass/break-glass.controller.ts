import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { hide, mayCommand } from '@platform/access';
import { CODE_LISTS } from '@platform/codes';
import { Pipeline } from '@platform/commanding';
import { Act, Code, ContextController, type Exchange, Http, newStreamId, Slug, Text } from '@platform/http';
import { type Authority, notFound } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { Running } from '../running';
import { GLASS_GROUPS, type GlassGroup } from './break-glass';
import { breakGlassSlice } from './break-glass-slice';
import { BreakGlassAccess } from './break-glass.access';
import { breakGlassDecider, CloseBreakGlass, CondemnBreakGlass, JustifyBreakGlass, OpenBreakGlass } from './break-glass.decider';
import { BreakGlassRows } from './break-glass.projection';

export class OpenBreakGlassBody {
  @Slug({ pattern: '^organisation-[0-9a-f-]{36}$', description: 'Organisation that has custody' }) custodian!: string;
  @Text({ max: 40, description: 'What the custodian calls the case, as told on the phone' }) codename!: string;
  @Code(GLASS_GROUPS) group!: GlassGroup;
  @Code(CODE_LISTS['break-glass-reason'].codes.map((one) => one.code)) reason!: string;
  @Text({ min: 10, max: 2000, lines: true, description: 'Why, in words; kept in the vault' }) account!: string;
}
export class ReviewBody {
  @Text({ min: 10, max: 2000, lines: true, optional: true }) account?: string;
}

@ContextController('break-glass', 'Emergency access')
export class BreakGlassController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: BreakGlassAccess,
    private readonly handles: Handles,
    private readonly vaults: Vaults,
    private readonly log: CaseLog,
    private readonly rows: BreakGlassRows,
    private readonly policies: PolicyBook,
    private readonly reading: Reading,
    private readonly principals: Principals,
  ) {}

  /** One field group, for minutes, reviewed by another organisation. The custodian is told at once. */
  @Post()
  @Act('OpenBreakGlass')
  async open(@Http() http: Exchange, @Body() body: OpenBreakGlassBody): Promise<{ handle: string; case: string; codename: string }> {
    const { actor } = http.by;
    const vault = this.vaults.of(actor.region);
    const caseId = await vault.resolveCodename(body.codename, body.custodian);
    if (caseId === undefined || !caseId.startsWith('case-')) return this.#guessed(http.by);
    const id = newStreamId('breakGlass', http.by.commandId);
    const command = (accountRef: string): OpenBreakGlass =>
      new OpenBreakGlass(id, { case: caseId, group: body.group, reason: body.reason, accountRef });
    const done = await this.pipeline.before(breakGlassSlice, this.access, command('vault').by(http.by));
    if (!done) await this.running.run(http, http.by, command(await vault.note(caseId, body.account)));
    const called = await this.handles.of(actor.region, caseId, actor.organisation);
    const glass = await this.handles.of(actor.region, id, actor.organisation);
    http.created(`/api/break-glass/${glass.handle}`);
    return { handle: glass.handle, case: called.handle, codename: called.codename };
  }

  /** Uses in the caller's region that another organisation has to review. */
  @Get()
  @Act('ReadBreakGlassQueue')
  async queue(@Http() http: Exchange): Promise<{ items: object[] }> {
    const { by } = http;
    const policy = await this.policies.inForce(by.actor.region);
    const judgement = mayCommand(policy, {
      command: 'JustifyBreakGlass',
      actor: by.actor,
      standings: ['other-organisation'],
      purpose: by.purpose,
      recused: false,
    });
    const rows = await this.#applied(by, () => this.rows.awaiting(by.actor.region));
    const shown = judgement.effect === 'permitted' ? rows.filter((row) => row.organisation !== by.actor.organisation) : [];
    const question = { act: 'ReadBreakGlassQueue', noun: 'breakGlass', region: by.actor.region, judgement, groups: [] };
    return this.reading.show(by, { ...question, cases: shown.map((row) => row.caseId) }, async () => {
      const called = await this.handles.all(
        by.actor.region,
        shown.flatMap((row) => [row.breakGlass, row.caseId]),
        by.actor.organisation,
      );
      const items = shown.map((row) => ({
        handle: called.get(row.breakGlass)?.handle,
        case: called.get(row.caseId),
        organisation: row.organisation,
        group: row.group,
        reason: row.reason,
        openedAt: row.openedAt,
        expiresAt: row.expiresAt,
        reviewDue: row.reviewDue,
        status: row.status,
        overdue: row.overdue,
        etag: http.etagOf(row.breakGlass, row.revision),
      }));
      return { items };
    });
  }

  /** The caller's own uses that are open or await a review. */
  @Get('own')
  @Act('ReadOwnBreakGlass')
  async own(@Http() http: Exchange): Promise<{ items: object[] }> {
    const { by } = http;
    const { actor, purpose } = by;
    const policy = await this.policies.inForce(actor.region);
    const asked = { command: 'CloseBreakGlass', actor, standings: ['own-act'] as const, purpose, recused: false };
    const judgement = mayCommand(policy, asked);
    const rows = judgement.effect === 'permitted' ? await this.#applied(by, () => this.rows.own(actor.member)) : [];
    const question = { act: 'ReadOwnBreakGlass', noun: 'breakGlass', region: actor.region, judgement, groups: [] };
    return this.reading.show(by, { ...question, cases: rows.map((row) => row.caseId) }, async () => {
      const streams = rows.flatMap((row) => [row.breakGlass, row.caseId]);
      const called = await this.handles.all(actor.region, streams, actor.organisation);
      const items = rows.map(
        ({ breakGlass, caseId, custodian, group, reason, openedAt, expiresAt, reviewDue, status, overdue, revision }) => ({
          handle: called.get(breakGlass)?.handle,
          case: called.get(caseId),
          ...{ custodian, group, reason, openedAt, expiresAt, reviewDue, status, overdue },
          etag: http.etagOf(breakGlass, revision),
        }),
      );
      return { items };
    });
  }

  @Post(':handle/closing')
  @HttpCode(204)
  @Act('CloseBreakGlass')
  async close(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new CloseBreakGlass(id));
  }

  @Post(':handle/justification')
  @HttpCode(204)
  @Act('JustifyBreakGlass')
  async justify(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ReviewBody): Promise<void> {
    const { id, by, caseId, region } = await this.#addressed(http, handle);
    const done = await this.pipeline.before(breakGlassSlice, this.access, new JustifyBreakGlass(id, {}).by(by));
    const accountRef = body.account === undefined || done ? undefined : await this.vaults.of(region).note(caseId, body.account);
    await this.running.run(http, by, new JustifyBreakGlass(id, accountRef === undefined ? {} : { accountRef }));
  }

  @Post(':handle/condemnation')
  @HttpCode(204)
  @Act('CondemnBreakGlass')
  async condemn(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ReviewBody): Promise<void> {
    const { id, by, caseId, region } = await this.#addressed(http, handle);
    const done = await this.pipeline.before(breakGlassSlice, this.access, new CondemnBreakGlass(id, {}).by(by));
    const accountRef = body.account === undefined || done ? undefined : await this.vaults.of(region).note(caseId, body.account);
    await this.running.run(http, by, new CondemnBreakGlass(id, accountRef === undefined ? {} : { accountRef }));
  }

  /** A codename that is none: on record like any denial, so that trying one after the other shows in the trail. */
  async #guessed(by: Authority): Promise<never> {
    const { region } = by.actor;
    const judgement = hide({ policy: (await this.policies.inForce(region)).hash, reasons: ['case.codename-unknown'] });
    const question = { act: 'OpenBreakGlass', noun: 'case', region, judgement, cases: [], groups: [] };
    return this.reading.show(by, question, () => Promise.reject(notFound('case')));
  }

  /** Whoever just opened, closed or judged one sees that at once. */
  #applied<T>(by: Authority, read: () => Promise<T>): Promise<T> {
    return this.principals.fresh(by, by.actor.region, read, ['case-access']);
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; region: string; caseId: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'breakGlass', http.by.actor);
    const folded = await this.log.fold(breakGlassDecider, id);
    if (!folded?.state) throw notFound('breakGlass');
    return { id, region: folded.region, caseId: folded.state.who.case, by: http.matching(id, folded.at.revision) };
  }
}
