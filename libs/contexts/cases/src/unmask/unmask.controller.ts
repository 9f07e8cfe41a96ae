import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { mayCommand, permit } from '@platform/access';
import { Pipeline } from '@platform/commanding';
import { Act, Code, code, ContextController, Count, type Exchange, Handle, Http, ListOf, newStreamId, Slug, Text } from '@platform/http';
import { type Authority, notFound } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { auditAudience, Reading } from '@platform/querying';
import { standingsAt } from '../case-bound';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { Running } from '../running';
import { MOST_MINUTES, UNMASK_REASONS, UNMASKED_GROUPS } from './unmask';
import { UnmaskReading } from './unmask-reading';
import { type UnmaskRow, UnmaskRows } from './unmask-rows.projection';
import { unmaskSlice } from './unmask-slice';
import { UnmaskAccess } from './unmask.access';
import { ApproveUnmask, EndUnmask, RefuseUnmask, RequestUnmask, unmaskDecider } from './unmask.decider';

type Unmaskable = (typeof UNMASKED_GROUPS)[number];

export class UnmaskBody {
  @Handle({ description: 'The case, as the audit or the caller’s organisation calls it' }) case!: string;
  @ListOf(code(UNMASKED_GROUPS), { min: 1, max: 10 }) groups!: Unmaskable[];
  @Code(UNMASK_REASONS) reason!: (typeof UNMASK_REASONS)[number];
  @Count({ min: 1, max: MOST_MINUTES }) minutes!: number;
  @Text({ min: 10, max: 2000, lines: true, description: 'Why, in words; kept in the vault' }) account!: string;
}
export class UnmaskRevealBody {
  @Code(UNMASKED_GROUPS) group!: Unmaskable;
  @Slug({ pattern: '^[a-z_]{2,30}$' }) field!: string;
}

/** Values of a case for somebody who does not work on it: two people, the strongest sign-in, a few minutes. */
@ContextController('unmaskings', 'Unmasking')
export class UnmaskController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: UnmaskAccess,
    private readonly unmasked: UnmaskReading,
    private readonly rows: UnmaskRows,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly vaults: Vaults,
    private readonly policies: PolicyBook,
    private readonly reading: Reading,
    private readonly principals: Principals,
  ) {}

  @Post()
  @Act('RequestUnmask')
  async request(@Http() http: Exchange, @Body() body: UnmaskBody): Promise<{ handle: string }> {
    const { actor } = http.by;
    const caseId = await this.handles.find(body.case, actor, [auditAudience(actor.region)]);
    const region = caseId?.startsWith('case-') ? (await this.log.case(caseId))?.region : undefined;
    if (caseId === undefined || region === undefined) throw notFound('case');
    const id = newStreamId('unmask', http.by.commandId);
    const { groups, reason, minutes, account } = body;
    const wish = (accountRef: string): RequestUnmask =>
      new RequestUnmask(id, { case: caseId, groups, reason, minutes, accountRef }).by(http.by);
    const done = await this.pipeline.before(unmaskSlice, this.access, wish('vault'));
    if (done) http.wrote(done);
    else await this.running.run(http, http.by, wish(await this.vaults.of(region).note(caseId, account)));
    const { handle } = await this.handles.of(region, id, actor.organisation);
    http.created('/api/unmaskings');
    return { handle };
  }

  /** Requests that wait for the caller's word, and the caller's own. */
  @Get()
  @Act('ListUnmaskings')
  async list(@Http() http: Exchange): Promise<{ items: object[] }> {
    const { by } = http;
    const { region, organisation } = by.actor;
    const policy = await this.policies.inForce(region);
    const shown: UnmaskRow[] = [];
    const rows = await this.principals.fresh(by, region, () => this.rows.waiting(region), ['unmaskings']);
    for (const row of rows) if (await this.#concerns(by, row)) shown.push(row);
    const facts = shown.map((row) => ({ stream: row.unmask, revision: row.revision }));
    const judgement = permit({ policy: policy.hash, reasons: ['unmask.decides-or-asked'], facts });
    const question = { act: 'ListUnmaskings', noun: 'unmask', region, judgement, groups: [] };
    return this.reading.show(by, { ...question, cases: shown.map((row) => row.caseId) }, async () => {
      const called = await this.handles.all(
        region,
        shown.flatMap((row) => [row.unmask, row.caseId]),
        organisation,
      );
      const items = shown.map(({ unmask, caseId, revision, ...row }) => ({
        handle: called.get(unmask)?.handle,
        case: called.get(caseId),
        ...row,
        mine: row.member === by.actor.member,
        etag: http.etagOf(unmask, revision),
      }));
      return { items };
    });
  }

  @Post(':handle/approval')
  @HttpCode(204)
  @Act('ApproveUnmask')
  async approve(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new ApproveUnmask(id));
  }

  @Post(':handle/refusal')
  @HttpCode(204)
  @Act('RefuseUnmask')
  async refuse(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new RefuseUnmask(id));
  }

  /** Done before the time is up. */
  @Post(':handle/end')
  @HttpCode(204)
  @Act('EndUnmask')
  async end(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new EndUnmask(id));
  }

  /** One value, while it is open. */
  @Post(':handle/reveals')
  @HttpCode(200)
  @Act('RevealUnmasked')
  async reveal(
    @Http() http: Exchange,
    @Param('handle') handle: string,
    @Body() body: UnmaskRevealBody,
  ): Promise<{ value: string } | { codes: unknown }> {
    const id = await this.handles.stream(handle, 'unmask', http.by.actor);
    return this.unmasked.reveal(http.by, id, body.group, body.field);
  }

  async #concerns(by: Authority, row: UnmaskRow): Promise<boolean> {
    if (row.member === by.actor.member) return true;
    const held = await this.log.case(row.caseId);
    if (!held || row.status !== 'Requested') return false;
    const policy = await this.policies.inForce(held.region);
    const recused = held.state.recused.includes(by.actor.member);
    // Whether the sign-in is strong enough is asked when they decide, not when they look.
    const actor = { ...by.actor, acr: Math.max(by.actor.acr, 3) };
    const question = { command: 'ApproveUnmask', actor, standings: standingsAt(by, held), purpose: by.purpose, recused };
    return mayCommand(policy, question).effect === 'permitted';
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'unmask', http.by.actor);
    const folded = await this.log.fold(unmaskDecider, id);
    if (!folded?.state) throw notFound('unmask');
    return { id, by: http.matching(id, folded.at.revision) };
  }
}
