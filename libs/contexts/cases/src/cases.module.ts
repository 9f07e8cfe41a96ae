import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { rowSecurity } from '@platform/access';
import { handlersFor } from '@platform/commanding';
import { ConsumerRegistry, consumingSchema } from '@platform/consuming';
import { databaseProviders, projectorRole, READER, readerRole, type SchemaPart } from '@platform/database';
import { directoryConsumer, directorySchema, PostgresDirectory } from '@platform/directory';
import { Directory } from '@platform/http';
import { Clock } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import { accessGrantSlice } from './access-grant/access-grant-slice';
import { AccessGrantAccess } from './access-grant/access-grant.access';
import { CaseAccessRows } from './access-grant/case-access.projection';
import { EndAccessWhenBasisEnds } from './access-grant/end-access-when-basis-ends.reactor';
import { ExpireWhatIsDue } from './access-grant/expire-what-is-due.reactor';
import { GrantWhenReferred } from './access-grant/grant-when-referred.reactor';
import { Bases } from './bases';
import { breakGlassSlice } from './break-glass/break-glass-slice';
import { BreakGlassAccess } from './break-glass/break-glass.access';
import { BreakGlassController } from './break-glass/break-glass.controller';
import { BreakGlassRows } from './break-glass/break-glass.projection';
import { CaseLog } from './case-log';
import { CaseAccess } from './case/case.access';
import { CaseCommanding } from './case/case-commanding';
import { CaseController } from './case/case.controller';
import { CaseFile } from './case/case-file.projection';
import { CaseHistory } from './case/case-history.projection';
import { CaseInsightController } from './case/case-insight.controller';
import { CaseListController } from './case/case-list.controller';
import { CaseListing } from './case/case-listing';
import { CaseReading } from './case/case-reading';
import { CaseRecordController } from './case/case-record.controller';
import { CasePreviews } from './case/case-preview';
import { CaseReplay } from './case/case-replay';
import { CaseReplayController } from './case/case-replay.controller';
import { CaseSharingController } from './case/case-sharing.controller';
import { CaseRows } from './case/case-rows.projection';
import { caseSlice } from './case/case-slice';
import { casesSchema } from './cases.schema';
import { consentSlice } from './consent/consent-slice';
import { ConsentAccess } from './consent/consent.access';
import { ConsentController } from './consent/consent.controller';
import { Handles } from './handles';
import { PolicyBook } from './policy-book';
import { Principals } from './principals';
import { publishCases } from './cases.published';
import { Running } from './running';

const CONTEXT = 'cases';
const roles = [readerRole(CONTEXT), projectorRole(CONTEXT)];

@Module({
  imports: [CqrsModule],
  // The list comes before the single case: its path is the shorter one.
  controllers: [
    CaseListController,
    CaseController,
    CaseRecordController,
    CaseInsightController,
    CaseSharingController,
    ConsentController,
    BreakGlassController,
  ],
  providers: [
    ...databaseProviders(CONTEXT),
    {
      provide: PostgresDirectory,
      useFactory: (source: DataSource, clock: Clock) => new PostgresDirectory(source, CONTEXT, clock),
      inject: [READER, Clock],
    },
    { provide: Directory, useExisting: PostgresDirectory },
    ...[
      CaseLog,
      Bases,
      Handles,
      PolicyBook,
      Principals,
      Running,
      CaseRows,
      CaseReading,
      CaseListing,
      CaseCommanding,
      CasePreviews,
      BreakGlassRows,
    ],
    ...[CaseFile, CaseHistory, CaseAccessRows, GrantWhenReferred, EndAccessWhenBasisEnds, ExpireWhatIsDue],
    ...[CaseAccess, ConsentAccess, AccessGrantAccess, BreakGlassAccess],
    ...handlersFor(caseSlice, CaseAccess),
    ...handlersFor(consentSlice, ConsentAccess),
    ...handlersFor(accessGrantSlice, AccessGrantAccess),
    ...handlersFor(breakGlassSlice, BreakGlassAccess),
  ],
})
export class CasesModule implements OnModuleInit {
  /** Objects of the context's schema, in the order the owner makes them. */
  static readonly schema: readonly SchemaPart[] = [
    casesSchema,
    { schemas: [CONTEXT], roles, sql: directorySchema(CONTEXT) },
    { schemas: [CONTEXT], roles, sql: consumingSchema(CONTEXT) },
    rowSecurity([{ table: 'case_group' }, { table: 'case_history' }, { table: 'consent' }, { table: 'break_glass', member: 'member' }]),
  ];

  @Inject(ConsumerRegistry) private readonly registry!: ConsumerRegistry;
  @Inject(CaseFile) private readonly file!: CaseFile;
  @Inject(CaseHistory) private readonly history!: CaseHistory;
  @Inject(CaseAccessRows) private readonly access!: CaseAccessRows;
  @Inject(GrantWhenReferred) private readonly grants!: GrantWhenReferred;
  @Inject(EndAccessWhenBasisEnds) private readonly endings!: EndAccessWhenBasisEnds;
  @Inject(ExpireWhatIsDue) private readonly expiry!: ExpireWhatIsDue;

  onModuleInit(): void {
    this.registry.add(directoryConsumer(CONTEXT), this.file.consumer(), this.history.consumer(), this.access.consumer());
    this.registry.add(this.grants.consumer(), this.endings.consumer());
    this.registry.every(this.expiry);
    this.registry.publish(CONTEXT, publishCases);
  }
}
