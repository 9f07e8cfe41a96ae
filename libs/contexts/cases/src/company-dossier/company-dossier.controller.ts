import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Pipeline } from '@platform/commanding';
import { Act, Code, ContextController, DateOnly, type Exchange, Http, ListOf, OpaqueTokens, slug, Slug, Text } from '@platform/http';
import { CODE_LISTS } from '@platform/codes';
import { type Authority, type Command, DomainError, notFound } from '@platform/kernel';
import { refCommitment, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { nextPage, PageQuery, pageStart } from '../paging';
import { Running } from '../running';
import { DISPUTE_OUTCOMES } from './company-dossier';
import * as wishes from './company-dossier-commands';
import { companyDossierSlice } from './company-dossier-slice';
import { CompanyDossierAccess } from './company-dossier.access';
import { companyDossierDecider } from './company-dossier.decider';
import { CompanyReading, type CompanyView, judgeReveal } from './company-reading';
import { CompanyRecording } from './company-recording';
import { CompanyRows } from './company-rows.projection';

export class CompanyRecordBody {
  @Text({ min: 2, max: 200, description: 'Designation; kept in the vault' }) name!: string;
  @Text({ max: 20, optional: true, description: 'Partita IVA; kept in the vault' }) vat?: string;
  @Code(CODE_LISTS.sector.codes.map((one) => one.code)) sector!: string;
  @Slug({ pattern: '^[0-9]{6}$', description: 'Six-digit ISTAT code of the comune' }) comune!: string;
}
export class CompanyObservationBody {
  @ListOf(slug('^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$'), { min: 1, max: 70 }) indicators!: string[];
}
export class CompanyDisputeBody {
  @Text({ min: 10, max: 8000, lines: true, description: 'What the company says; kept in the vault' }) reply!: string;
}
export class CompanyDisputeResolutionBody {
  @Code(DISPUTE_OUTCOMES) outcome!: (typeof DISPUTE_OUTCOMES)[number];
}
export class CompanyInspectionBody {
  @DateOnly() on!: string;
}
export class CompanyOutcomeBody {
  @Code(CODE_LISTS['alert-outcome'].codes.map((one) => one.code)) outcome!: string;
}
export class CompanyValueBody {
  @Code(['name', 'vat']) field!: 'name' | 'vat';
  @Text({ min: 10, max: 500, lines: true, description: 'Why the value is needed now; kept in the vault' }) reason!: string;
}

/** Companies met in the work of a region: one dossier each, by pseudonym. */
@ContextController('companies', 'Companies')
export class CompanyDossierController {
  constructor(
    private readonly recording: CompanyRecording,
    private readonly companies: CompanyReading,
    private readonly rows: CompanyRows,
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: CompanyDossierAccess,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly vaults: Vaults,
    private readonly reading: Reading,
    private readonly tokens: OpaqueTokens,
  ) {}

  /** A company met in a case: no allegation. 201 with a new dossier, 200 with the one the region has. */
  @Post()
  @HttpCode(200)
  @Act('RecordInvolvedCompany')
  async record(@Http() http: Exchange, @Body() body: CompanyRecordBody): Promise<{ handle: string; codename: string }> {
    const { handle, codename, made } = await this.recording.record(http, { ...body, vat: body.vat });
    if (made) http.created(`/api/companies/${handle}`);
    return { handle, codename };
  }

  /** The companies of the caller's region, without names. */
  @Get()
  @Act('ListCompanies')
  async list(@Http() http: Exchange, @Query() { limit = 100, after }: PageQuery): Promise<{ items: object[]; next?: string }> {
    const { items, last } = await this.companies.list(http.by, pageStart(this.tokens, 'company-page', after), limit);
    return {
      items: items.map(({ view, stream, revision }) => ({ ...view, etag: http.etagOf(stream, revision) })),
      ...nextPage(this.tokens, 'company-page', last),
    };
  }

  @Get(':handle')
  @Act('ReadCompany')
  async read(@Http() http: Exchange, @Param('handle') handle: string): Promise<CompanyView> {
    const { view, stream, revision } = await this.companies.one(http.by, handle);
    http.tag(stream, revision);
    return view;
  }

  /** Opens name or VAT number, with a reason: for organisations that know the company already. */
  @Post(':handle/reveals')
  @HttpCode(200)
  @Act('RevealCompany')
  async reveal(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyValueBody): Promise<{ value: string }> {
    const { by } = http;
    const { region } = by.actor;
    const dossier = await this.companies.known(by, handle);
    const row = dossier === undefined ? undefined : await this.companies.row(by, region, dossier);
    const recused = row !== undefined && (await this.rows.isRecused(row.dossier, by.actor.member));
    const { judgement: general } = await this.companies.judge(by, region);
    const judgement = judgeReveal(general, row, recused, by.actor.acr);
    const ref = judgement.effect === 'permitted' ? row?.refs[body.field] : undefined;
    const vault = this.vaults.of(region);
    if (row && ref !== undefined) await vault.keep([await vault.note(row.dossier, body.reason)]);
    const question = { act: 'RevealCompany', noun: 'companyDossier', region, judgement, cases: [], groups: ['COMP' as const] };
    return this.reading.show(by, { ...question, commitments: ref === undefined ? [] : [refCommitment(ref)] }, async (receipt) => {
      if (ref === undefined) throw new DomainError('companyDossier.no-value', 'not-found', 'This value was never recorded.');
      return { value: (await vault.reveal([ref], receipt)).get(ref) ?? '' };
    });
  }

  @Post(':handle/report')
  @HttpCode(204)
  @Act('ReportCompany')
  report(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyObservationBody): Promise<void> {
    return this.#run(http, handle, (id) => new wishes.ReportCompany(id, { indicators: body.indicators }));
  }

  /** By a second, independent organisation. */
  @Post(':handle/corroboration')
  @HttpCode(204)
  @Act('CorroborateCompany')
  corroborate(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyObservationBody): Promise<void> {
    return this.#run(http, handle, (id) => new wishes.CorroborateCompany(id, { indicators: body.indicators }));
  }

  @Post(':handle/observations')
  @HttpCode(204)
  @Act('AddCompanyObservation')
  observe(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyObservationBody): Promise<void> {
    return this.#run(http, handle, (id) => new wishes.AddCompanyObservation(id, { indicators: body.indicators }));
  }

  @Post(':handle/inspection')
  @HttpCode(204)
  @Act('RecordInspection')
  inspect(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyInspectionBody): Promise<void> {
    return this.#run(http, handle, (id) => new wishes.RecordInspection(id, { on: body.on }));
  }

  @Post(':handle/inspection-outcome')
  @HttpCode(204)
  @Act('RecordInspectionOutcome')
  outcome(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyOutcomeBody): Promise<void> {
    return this.#run(http, handle, (id) => new wishes.RecordInspectionOutcome(id, { outcome: body.outcome }));
  }

  /** Right of reply: until it is resolved nothing about the company is shared. */
  @Post(':handle/dispute')
  @HttpCode(204)
  @Act('DisputeCompanyRecord')
  async dispute(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyDisputeBody): Promise<void> {
    const { id, region, by } = await this.#addressed(http, handle);
    const wish = (replyRef: string): wishes.DisputeCompanyRecord => new wishes.DisputeCompanyRecord(id, { replyRef });
    const done = await this.pipeline.before(companyDossierSlice, this.access, wish('vault').by(by));
    if (done) return http.wrote(done);
    await this.running.run(http, by, wish(await this.vaults.of(region).note(id, body.reply)));
  }

  @Post(':handle/dispute-resolution')
  @HttpCode(204)
  @Act('ResolveDispute')
  resolve(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyDisputeResolutionBody): Promise<void> {
    return this.#run(http, handle, (id) => new wishes.ResolveDispute(id, { outcome: body.outcome }));
  }

  async #run(http: Exchange, handle: string, wish: (id: string) => Command): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, wish(id));
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; region: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'companyDossier', http.by.actor);
    const folded = await this.log.fold(companyDossierDecider, id);
    if (!folded?.state) throw notFound('companyDossier');
    return { id, region: folded.region, by: http.matching(id, folded.at.revision) };
  }
}
