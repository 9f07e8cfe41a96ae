import * as path from 'node:path';
import { Inject, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { signedContext } from '@platform/access';
import { TrailSources } from '@platform/auditing';
import { Config } from '@platform/config';
import { ConsumerRegistry, consumingSchema } from '@platform/consuming';
import { databaseProviders, projectorRole, READER, readerRole, type SchemaPart, WRITER } from '@platform/database';
import { directoryConsumer, directorySchema, PostgresDirectory } from '@platform/directory';
import { EventStore } from '@platform/event-store';
import { Directory } from '@platform/http';
import { Clock } from '@platform/kernel';
import { Log, Metrics } from '@platform/observability';
import { Vaults } from '@platform/pseudonymity';
import { readModelsController } from '@platform/read-models';
import type { DataSource } from 'typeorm';
import { auditSchema } from './audit.schema';
import { AuditTrail } from './trail/audit-trail';
import { Sequencer } from './trail/sequencer';
import { Sequencing, type SequencingState } from './trail/sequencing';
import { EventSource } from './trail/sources';
import { trailAgrees } from './trail/trail-agreement.projection';
import { TrailController } from './trail/trail.controller';
import { TrailReader } from './trail/trail-reader.projection';
import { TrailWriter } from './trail/trail-writer.projection';

const CONTEXT = 'audit';
const TROUBLE: Readonly<Record<SequencingState, number>> = { working: 0, elsewhere: 0, waiting: 1, stopped: 2 };
const roles = [readerRole(CONTEXT), projectorRole(CONTEXT)];

function sequencing(
  config: Config,
  store: EventStore,
  vaults: Vaults,
  writer: DataSource,
  clock: Clock,
  spools: TrailSources,
  log: Log,
): Sequencing {
  const sources = [...spools.all, new EventSource(store, vaults)];
  const keys = path.join(config.DATA_DIR, 'keys');
  const sequencerOf = (region: string): Sequencer => new Sequencer(region, new TrailWriter(writer), sources, keys, clock);
  return new Sequencing(
    store,
    () => vaults.regions(),
    sequencerOf,
    ({ region, state, code }) => log.write(state === 'stopped' ? 'error' : 'warn', `audit-log-${state}`, { region, code }),
  );
}

@Module({
  controllers: [TrailController, readModelsController(CONTEXT)],
  providers: [
    ...databaseProviders(CONTEXT),
    {
      provide: PostgresDirectory,
      useFactory: (source: DataSource, clock: Clock) => new PostgresDirectory(source, CONTEXT, clock),
      inject: [READER, Clock],
    },
    { provide: Directory, useExisting: PostgresDirectory },
    { provide: Sequencing, useFactory: sequencing, inject: [Config, EventStore, Vaults, WRITER, Clock, TrailSources, Log] },
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

  /** Beside its consumers, each sequencer remembers how far it has read the logs. */
  static readonly places = [{ table: 'audit.source', log: 'producer', position: 'position' }];
  static readonly agrees = trailAgrees;

  @Inject(ConsumerRegistry) private readonly registry!: ConsumerRegistry;
  @Inject(Sequencing) private readonly sequencing!: Sequencing;
  @Inject(TrailSources) private readonly spools!: TrailSources;
  @Inject(Metrics) private readonly metrics!: Metrics;

  onModuleInit(): void {
    this.metrics.gauge('audit_log_trouble', '0: works, 1: waits and tries again, 2: stopped, somebody has to look.', ['region'], () =>
      this.sequencing.health.map(({ region, state }) => ({ labels: { region }, value: TROUBLE[state] })),
    );
    this.metrics.gauge('audit_spools_damaged', 'Spools that cannot be read on.', [], () => [
      { labels: {}, value: this.spools.all.reduce((sum, { damaged }) => sum + damaged.size, 0) },
    ]);
    this.metrics.gauge('audit_spools_away', 'Services whose spools cannot be reached; their entries come later.', [], () => [
      { labels: {}, value: this.spools.all.filter(({ away }) => away).length },
    ]);
    this.registry.add(directoryConsumer(CONTEXT));
    this.registry.every({
      name: 'audit-trail',
      context: CONTEXT,
      tick: () => {
        this.sequencing.start();
        return Promise.resolve();
      },
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.sequencing.stop();
  }
}
