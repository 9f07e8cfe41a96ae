import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { Act, ContextController, type Exchange, Http } from '@platform/http';
import {
  AccountBody,
  CompanyBody,
  FormalIdentificationBody,
  IndicatorsBody,
  LinkBody,
  NeedsBody,
  ParticularsBody,
  RecusalBody,
  SafetyBody,
  type SealedCodesBody,
  ShareBody,
  StrategyBody,
  UnshareBody,
  WorkerBody,
  WorkZoneBody,
} from './case-bodies';
import { basisNoun } from './case.controller';
import { CaseCommanding } from './case-commanding';
import {
  AssignResponsibleWorker,
  CompletePreliminaryIdentification,
  LinkCases,
  LinkCompany,
  RecordFormalIdentification,
  RecordIndicators,
  RecordIntakeStrategy,
  RecordNeeds,
  RecordParticulars,
  RecusePerson,
  SetSafetyStatus,
  SetWorkZone,
  ShareCaseWithTeam,
  UnshareCase,
} from './case-commands';
import type { SealedCodes } from './particulars';

/** What is written into a case. Each answers 204; the new version stands in the ETag. */
@ContextController('cases', 'Cases')
export class CaseRecordController {
  constructor(private readonly commanding: CaseCommanding) {}

  @Post(':handle/particulars')
  @HttpCode(204)
  @Act('RecordParticulars')
  async particulars(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ParticularsBody): Promise<void> {
    const { id, region, by } = await this.commanding.addressed(http, handle);
    const sealed = sealedCodes(body.codes ?? []);
    const done = await this.commanding.permitted(by, new RecordParticulars(id, { refs: [], sealed }));
    const refs = done ? [] : await this.commanding.keep(region, id, body.person);
    await this.commanding.execute(http, by, new RecordParticulars(id, { refs, sealed }));
  }

  @Post(':handle/indicators')
  @HttpCode(204)
  @Act('RecordIndicators')
  async indicators(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: IndicatorsBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    const { list, indicators, exploitation = [] } = body;
    await this.commanding.execute(http, by, new RecordIndicators(id, { list, indicators, exploitation }));
  }

  @Post(':handle/preliminary-identification')
  @HttpCode(204)
  @Act('CompletePreliminaryIdentification')
  async preliminary(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: AccountBody): Promise<void> {
    const { id, region, by } = await this.commanding.addressed(http, handle);
    const done = await this.commanding.permitted(by, new CompletePreliminaryIdentification(id, {}));
    const accountRef = body.account === undefined || done ? undefined : await this.commanding.note(region, id, body.account);
    await this.commanding.execute(http, by, new CompletePreliminaryIdentification(id, accountRef === undefined ? {} : { accountRef }));
  }

  @Post(':handle/formal-identification')
  @HttpCode(204)
  @Act('RecordFormalIdentification')
  async formal(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: FormalIdentificationBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new RecordFormalIdentification(id, { ...body }));
  }

  @Post(':handle/intake-strategy')
  @HttpCode(204)
  @Act('RecordIntakeStrategy')
  async strategy(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: StrategyBody): Promise<void> {
    const { id, region, by } = await this.commanding.addressed(http, handle);
    const empty = { territoryRef: '', specificsRef: '', resourcesRef: '', obstaclesRef: '' };
    const done = await this.commanding.permitted(by, new RecordIntakeStrategy(id, empty));
    if (done) return http.wrote(done);
    const [territoryRef = '', specificsRef = '', resourcesRef = '', obstaclesRef = ''] = await Promise.all(
      [body.territory, body.specifics, body.resources, body.obstacles].map((text) => this.commanding.note(region, id, text)),
    );
    await this.commanding.execute(http, by, new RecordIntakeStrategy(id, { territoryRef, specificsRef, resourcesRef, obstaclesRef }));
  }

  @Post(':handle/companies')
  @HttpCode(204)
  @Act('LinkCompany')
  async company(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: CompanyBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    const link = (company: string): LinkCompany => new LinkCompany(id, { company });
    await this.commanding.execute(http, by, link(await this.commanding.beside(by, link, body.company, 'companyDossier')));
  }

  @Post(':handle/work-zone')
  @HttpCode(204)
  @Act('SetWorkZone')
  async workZone(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: WorkZoneBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new SetWorkZone(id, { ...body }));
  }

  @Post(':handle/needs')
  @HttpCode(204)
  @Act('RecordNeeds')
  async needs(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: NeedsBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new RecordNeeds(id, { needs: body.needs, urgent: body.urgent ?? false }));
  }

  @Post(':handle/safety')
  @HttpCode(204)
  @Act('SetSafetyStatus')
  async safety(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: SafetyBody): Promise<void> {
    const { id, region, by } = await this.commanding.addressed(http, handle);
    const done = await this.commanding.permitted(by, new SetSafetyStatus(id, { status: body.status, refs: [] }));
    const refs = done ? [] : await this.commanding.keep(region, id, body.place);
    await this.commanding.execute(http, by, new SetSafetyStatus(id, { status: body.status, refs }));
  }

  @Post(':handle/responsible-worker')
  @HttpCode(204)
  @Act('AssignResponsibleWorker')
  async worker(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: WorkerBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new AssignResponsibleWorker(id, { worker: body.worker }));
  }

  @Post(':handle/shares')
  @HttpCode(204)
  @Act('ShareCaseWithTeam')
  async share(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: ShareBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    const { team, expires } = body;
    const { kind, ref } = body.basis;
    const share = (basis: string): ShareCaseWithTeam => new ShareCaseWithTeam(id, { team, basis: { kind, ref: basis }, expires });
    await this.commanding.execute(http, by, share(await this.commanding.beside(by, share, ref, basisNoun(kind))));
  }

  @Post(':handle/unsharing')
  @HttpCode(204)
  @Act('UnshareCase')
  async unshare(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: UnshareBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new UnshareCase(id, { team: body.team, reason: body.reason }));
  }

  @Post(':handle/recusals')
  @HttpCode(204)
  @Act('RecusePerson')
  async recuse(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: RecusalBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new RecusePerson(id, { member: body.member, reason: body.reason }));
  }

  @Post(':handle/links')
  @HttpCode(204)
  @Act('LinkCases')
  async link(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: LinkBody): Promise<void> {
    const { id, by } = await this.commanding.addressed(http, handle);
    await this.commanding.execute(http, by, new LinkCases(id, { linkId: body.linkId, reason: body.reason }));
  }
}

function sealedCodes(given: readonly SealedCodesBody[]): SealedCodes {
  const sealed: Record<string, Record<string, readonly string[]>> = {};
  for (const { group, field, codes } of given) sealed[group] = { ...sealed[group], [field]: codes };
  return sealed;
}
