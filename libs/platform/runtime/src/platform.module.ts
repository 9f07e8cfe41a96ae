import { type DynamicModule, Module } from '@nestjs/common';
import { ContextSigner } from '@platform/access';
import { AuditRecorder, TrailSources } from '@platform/auditing';
import { Pipeline } from '@platform/commanding';
import { Config, SetupToken } from '@platform/config';
import { ConsumerRegistry, ConsumerRunner } from '@platform/consuming';
import { Databases } from '@platform/database';
import { EventStore } from '@platform/event-store';
import { Doorkeeper } from '@platform/http';
import { Clock } from '@platform/kernel';
import { EventBus } from '@platform/messaging';
import { Vaults } from '@platform/pseudonymity';
import { DecisionLog, Reading } from '@platform/querying';
import { TrailDoorkeeper } from './trail-doorkeeper';

/** The parts a process runs on, made before the application is. */
export interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly databases: Databases;
  readonly store: EventStore;
  readonly bus: EventBus;
  readonly vaults: Vaults;
  readonly recorder: AuditRecorder;
  readonly decisions: DecisionLog;
  readonly pipeline: Pipeline;
  readonly registry: ConsumerRegistry;
  readonly runner: ConsumerRunner;
  readonly signer: ContextSigner;
  readonly setupToken: SetupToken;
  /** Where decisions are collected from, for the context that keeps the trail. */
  readonly trailSources: TrailSources;
}

/** Gives every context module the same parts. Which adapters they are was decided by configuration. */
@Module({})
export class PlatformModule {
  static of(parts: Parts): DynamicModule {
    const providers = [
      { provide: Config, useValue: parts.config },
      { provide: Databases, useValue: parts.databases },
      { provide: EventStore, useValue: parts.store },
      { provide: EventBus, useValue: parts.bus },
      { provide: Vaults, useValue: parts.vaults },
      { provide: AuditRecorder, useValue: parts.recorder },
      { provide: DecisionLog, useValue: parts.decisions },
      { provide: Doorkeeper, useValue: new TrailDoorkeeper(parts.decisions, parts.recorder, parts.vaults) },
      { provide: Reading, useValue: new Reading(parts.decisions) },
      { provide: Pipeline, useValue: parts.pipeline },
      { provide: ConsumerRegistry, useValue: parts.registry },
      { provide: ConsumerRunner, useValue: parts.runner },
      { provide: ContextSigner, useValue: parts.signer },
      { provide: SetupToken, useValue: parts.setupToken },
      { provide: TrailSources, useValue: parts.trailSources },
    ];
    return { module: PlatformModule, global: true, providers, exports: providers };
  }
}
