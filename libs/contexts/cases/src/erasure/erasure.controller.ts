import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { mayCommand, type Standing } from '@platform/access';
import { Pipeline } from '@platform/commanding';
import { Act, Code, ContextController, type Exchange, Handle, Http, newStreamId, Text } from '@platform/http';
import { type Authority, nounOf, notFound } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { auditAudience, Reading } from '@platform/querying';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import { Principals } from '../principals.projection';
import { Running } from '../running';
import { DUTIES_TO_KEEP } from './erasure';
import { ErasureRows } from './erasure-rows.projection';
import { erasureSlice } from './erasure-slice';
import { ErasureAccess } from './erasure.access';
import { ApproveErasure, erasureDecider, RefuseErasure, RequestErasure } from './erasure.decider';

export class ErasureBody {
  @Handle({ description: 'Case, contact or company dossier, as the caller’s organisation or the audit calls it' }) subject!: string;
  @Code(['asked_by_person', 'asked_for_person']) ground!: 'asked_by_person' | 'asked_for_person';
  @Text({ min: 3, max: 2000, lines: true, optional: true, description: 'In words; kept in the vault, and erased with the rest' })
  account?: string;
}
export class ErasureRefusalBody {
  @Code(DUTIES_TO_KEEP) duty!: (typeof DUTIES_TO_KEEP)[number];
  @Text({ min: 3, max: 2000, lines: true, optional: true, description: 'The duty in words; kept in the vault' }) account?: string;
}

/** Everything about one subject forgotten: the key is destroyed, what happened stays on record without it. */
@ContextController('erasures', 'Erasures')
export class ErasureController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: ErasureAccess,
    private readonly rows: ErasureRows,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly vaults: Vaults,
    private readonly policies: PolicyBook,
    private readonly reading: Reading,
    private readonly principals: Principals,
  ) {}

  @Post()
  @Act('RequestErasure')
  async request(@Http() http: Exchange, @Body() body: ErasureBody): Promise<{ handle: string }> {
    const { actor } = http.by;
    const subject = await this.handles.find(body.subject, actor, [auditAudience(actor.region)]);
    const at = subject === undefined ? undefined : await this.log.whereabouts(subject);
    if (subject === undefined || !at) throw notFound('erasure');
    const id = newStreamId('erasure', http.by.commandId);
    const { ground, account } = body;
    const wish = (accountRef?: string): RequestErasure =>
      new RequestErasure(id, { subject, ground, ...(accountRef === undefined ? {} : { accountRef }) }).by(http.by);
    const done = await this.pipeline.before(erasureSlice, this.access, wish());
    if (done) http.wrote(done);
    else {
      const accountRef = account === undefined ? undefined : await this.vaults.of(at.region).note(subject, account);
      await this.running.run(http, http.by, wish(accountRef));
    }
    const { handle } = await this.handles.of(at.region, id, actor.organisation);
    http.created('/api/erasures');
    return { handle };
  }

  /** What waits for the region's data protection officer. */
  @Get()
  @Act('ListErasures')
  async list(@Http() http: Exchange): Promise<{ items: object[] }> {
    const { by } = http;
    const { region, organisation, roles } = by.actor;
    const policy = await this.policies.inForce(region);
    const standings: Standing[] = roles.includes('dpo') ? ['dpo'] : ['same-region'];
    const asked = { command: 'RefuseErasure', actor: by.actor, standings, purpose: by.purpose, recused: false };
    const judgement = mayCommand(policy, asked);
    const waiting = () => this.principals.fresh(by, region, () => this.rows.waiting(region), ['erasures']);
    const rows = judgement.effect === 'permitted' ? await waiting() : [];
    const cases = rows.map((row) => row.subject).filter((subject) => nounOf(subject) === 'case');
    return this.reading.show(by, { act: 'ListErasures', noun: 'erasure', region, judgement, cases, groups: [] }, async () => {
      const called = await this.handles.all(
        region,
        rows.flatMap((row) => [row.erasure, row.subject]),
        organisation,
      );
      const items = rows.map(({ erasure, subject, revision, ...row }) => ({
        handle: called.get(erasure)?.handle,
        subject: { kind: nounOf(subject), ...called.get(subject) },
        ...row,
        etag: http.etagOf(erasure, revision),
      }));
      return { items };
    });
  }

  @Post(':handle/approval')
  @HttpCode(204)
  @Act('ApproveErasure')
  async approve(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new ApproveErasure(id));
  }

  /** A duty to keep is named. */
  @Post(':handle/refusal')
  @HttpCode(204)
  @Act('RefuseErasure')
  async refuse(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ErasureRefusalBody): Promise<void> {
    const { id, region, subject, by } = await this.#addressed(http, handle);
    const { duty, account } = body;
    const done = await this.pipeline.before(erasureSlice, this.access, new RefuseErasure(id, { duty }).by(by));
    if (done) return http.wrote(done);
    const accountRef = account === undefined ? undefined : await this.vaults.of(region).note(subject, account);
    await this.running.run(http, by, new RefuseErasure(id, { duty, ...(accountRef === undefined ? {} : { accountRef }) }));
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; region: string; subject: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'erasure', http.by.actor);
    const folded = await this.log.fold(erasureDecider, id);
    if (!folded?.state) throw notFound('erasure');
    return { id, region: folded.region, subject: folded.state.subject, by: http.matching(id, folded.at.revision) };
  }
}
