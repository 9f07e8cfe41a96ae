import * as path from 'node:path';
import { Inject, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { signedContext } from '@platform/access';
import { AuditRecorder, SpoolRecorder } from '@platform/auditing';
import { Config } from '@platform/config';
import { ConsumerRegistry, consumingSchema } from '@platform/consuming';
import { databaseProviders, projectorRole, READER, readerRole, type SchemaPart, WRITER } from '@platform/database';
import { directoryConsumer, directorySchema, PostgresDirectory } from '@platform/directory';
import { EventStore } from '@platform/event-store';
import { Directory } from '@platform/http';
import { Clock } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import type { DataSource } from 'typeorm';
import { auditSchema } from './audit.schema';
import { AuditTrail } from './trail/audit-trail';
import { Sequencer } from './trail/sequencer';
import { Sequencing } from './trail/sequencing';
import { EventSource, SpoolSource } from './trail/sources';
import { TrailController } from './trail/trail.controller';
import { TrailReader } from './trail/trail-reader.projection';
import { TrailWriter } from './trail/trail-writer.projection';

const CONTEXT = 'audit';
const roles = [readerRole(CONTEXT), projectorRole(CONTEXT)];

function sequencing(config: Config, store: EventStore, vaults: Vaults, writer: DataSource, clock: Clock): Sequencing {
  const sources = [new SpoolSource(path.join(config.DATA_DIR, 'spool')), new EventSource(store, vaults)];
  const keys = path.join(config.DATA_DIR, 'keys');
  const sequencerOf = (region: string): Sequencer => new Sequencer(region, new TrailWriter(writer), sources, keys, clock);
  return new Sequencing(store, () => vaults.regions(), sequencerOf);
}

@Module({
  controllers: [TrailController],
  providers: [
    ...databaseProviders(CONTEXT),
    {
      provide: PostgresDirectory,
      useFactory: (source: DataSource, clock: Clock) => new PostgresDirectory(source, CONTEXT, clock),
      inject: [READER, Clock],
    },
    { provide: Directory, useExisting: PostgresDirectory },
    { provide: Sequencing, useFactory: sequencing, inject: [Config, EventStore, Vaults, WRITER, Clock] },
    TrailReader,
    AuditTrail,
  ],
  exports: [Sequencing],
})
export class AuditModule implements OnModuleInit, OnModuleDestroy {
  /** Objects of the context's schema, in the order the owner makes them. */
  static readonly schema: readonly SchemaPart[] = [
    signedContext(CONTEXT),
    auditSchema,
    { schemas: [CONTEXT], roles, sql: directorySchema(CONTEXT) },
    { schemas: [CONTEXT], roles, sql: consumingSchema(CONTEXT) },
  ];

  @Inject(ConsumerRegistry) private readonly registry!: ConsumerRegistry;
  @Inject(Sequencing) private readonly sequencing!: Sequencing;
  @Inject(AuditRecorder) private readonly recorder!: AuditRecorder;

  onModuleInit(): void {
    this.registry.add(directoryConsumer(CONTEXT));
    this.registry.every({
      name: 'audit-trail',
      context: CONTEXT,
      tick: async (now) => {
        this.sequencing.start();
        if (this.recorder instanceof SpoolRecorder) await this.recorder.settle(now);
      },
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.sequencing.stop();
  }
}
