import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { rowSecurity } from '@platform/access';
import { ConsumerRegistry, consumingSchema } from '@platform/consuming';
import { databaseProviders, projectorRole, READER, readerRole, type SchemaPart } from '@platform/database';
import { directoryConsumer, directorySchema, PostgresDirectory } from '@platform/directory';
import { Directory } from '@platform/http';
import { Clock } from '@platform/kernel';
import { readModelsController } from '@platform/read-models';
import type { DataSource } from 'typeorm';
import { ExpireWhatIsDue } from './access-grant/expire-what-is-due.reactor';
import { consumers, controllers, providers } from './cases.providers';
import { publishCases } from './cases.published';
import { casesSchema, ownRowsOnly } from './cases.schema';

const CONTEXT = 'cases';
const roles = [readerRole(CONTEXT), projectorRole(CONTEXT)];

@Module({
  imports: [CqrsModule],
  controllers: [...controllers, readModelsController(CONTEXT)],
  providers: [
    ...databaseProviders(CONTEXT),
    {
      provide: PostgresDirectory,
      useFactory: (source: DataSource, clock: Clock) => new PostgresDirectory(source, CONTEXT, clock),
      inject: [READER, Clock],
    },
    { provide: Directory, useExisting: PostgresDirectory },
    ...providers,
  ],
})
export class CasesModule implements OnModuleInit {
  /** What the relay carries to the other contexts. */
  static readonly publishes = { context: CONTEXT, toMessage: publishCases };

  /** Objects of the context's schema, in the order the owner makes them. */
  static readonly schema: readonly SchemaPart[] = [
    casesSchema,
    { schemas: [CONTEXT], roles, sql: directorySchema(CONTEXT) },
    { schemas: [CONTEXT], roles, sql: consumingSchema(CONTEXT) },
    rowSecurity([
      { table: 'case_group' },
      { table: 'case_document' },
      { table: 'case_history' },
      { table: 'consent' },
      { table: 'break_glass', member: 'member' },
      { table: 'unmask', member: 'member' },
    ]),
    ownRowsOnly,
  ];

  @Inject(ConsumerRegistry) private readonly registry!: ConsumerRegistry;
  @Inject(ModuleRef) private readonly parts!: ModuleRef;

  onModuleInit(): void {
    this.registry.add(directoryConsumer(CONTEXT), ...consumers.map((one) => this.parts.get(one, { strict: true }).consumer()));
    this.registry.every(this.parts.get(ExpireWhatIsDue, { strict: true }));
    this.registry.publish(CONTEXT, publishCases);
  }
}
