import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { handlersFor } from '@platform/commanding';
import { ConsumerRegistry, consumingSchema } from '@platform/consuming';
import { databaseProviders, projectorRole, READER, readerRole, type SchemaPart } from '@platform/database';
import { directorySchema, ownDirectoryConsumer, PostgresDirectory } from '@platform/directory';
import { Directory } from '@platform/http';
import { Clock } from '@platform/kernel';
import { readModelsController } from '@platform/read-models';
import { WaysBack } from '@platform/sign-in';
import type { DataSource } from 'typeorm';
import { Awaiting } from './awaiting';
import { KeepWhatEventsName } from './keep-what-events-name.reactor';
import { MemberAccess } from './member/member.access';
import { MemberController } from './member/member.controller';
import { memberSlice } from './member/member-slice';
import { StaffReading } from './member/staff-reading';
import { StaffRegister } from './member/staff-register.projection';
import { WaysBackByMachine } from './member/ways-back-by-machine';
import { OpenWork } from './open-work.projection';
import { OrganisationAccess } from './organisation/organisation.access';
import { OrganisationController } from './organisation/organisation.controller';
import { OrganisationRegister } from './organisation/organisation-register.projection';
import { organisationSlice } from './organisation/organisation-slice';
import { PolicyAccess } from './policy/policy.access';
import { PolicyController } from './policy/policy.controller';
import { PolicyRegister } from './policy/policy-register.projection';
import { policySlice } from './policy/policy-slice';
import { SupersedePolicyWhenPolicyActivated } from './policy/supersede-policy-when-policy-activated.reactor';
import { publishedOf } from './published';
import { RegionAccess } from './region/region.access';
import { RegionController } from './region/region.controller';
import { RegionRegister } from './region/region-register.projection';
import { regionSlice } from './region/region-slice';
import { regionsSchema } from './regions.schema';
import { Running } from './running';
import { GuidedSetup } from './setup/guided-setup';
import { GuidedSetupController } from './setup/guided-setup.controller';
import { Setup } from './setup/setup';
import { SetupController } from './setup/setup.controller';
import { Streams } from './streams';
import { TeamAccess } from './team/team.access';
import { TeamController } from './team/team.controller';
import { TeamRegister } from './team/team-register.projection';
import { teamSlice } from './team/team-slice';
import { agreementSlice } from './territorial-agreement/agreement-slice';
import { AgreementRegister } from './territorial-agreement/agreement-register.projection';
import { ExpireAgreements } from './territorial-agreement/expire-agreements.reactor';
import { TerritorialAgreementAccess } from './territorial-agreement/territorial-agreement.access';
import { TerritorialAgreementController } from './territorial-agreement/territorial-agreement.controller';

const CONTEXT = 'regions';
const roles = [readerRole(CONTEXT), projectorRole(CONTEXT)];

@Module({
  imports: [CqrsModule],
  controllers: [
    RegionController,
    OrganisationController,
    MemberController,
    TeamController,
    TerritorialAgreementController,
    PolicyController,
    SetupController,
    GuidedSetupController,
    readModelsController(CONTEXT),
  ],
  providers: [
    ...databaseProviders(CONTEXT),
    {
      provide: PostgresDirectory,
      useFactory: (source: DataSource, clock: Clock) => new PostgresDirectory(source, CONTEXT, clock),
      inject: [READER, Clock],
    },
    { provide: Directory, useExisting: PostgresDirectory },
    { provide: WaysBack, useClass: WaysBackByMachine },
    ...[Setup, GuidedSetup, Streams, Running, Awaiting, StaffReading, OpenWork],
    ...[RegionRegister, OrganisationRegister, StaffRegister, TeamRegister, AgreementRegister, PolicyRegister],
    ...[SupersedePolicyWhenPolicyActivated, ExpireAgreements, KeepWhatEventsName],
    ...[RegionAccess, OrganisationAccess, MemberAccess, TeamAccess, TerritorialAgreementAccess, PolicyAccess],
    ...handlersFor(regionSlice, RegionAccess),
    ...handlersFor(organisationSlice, OrganisationAccess),
    ...handlersFor(memberSlice, MemberAccess),
    ...handlersFor(teamSlice, TeamAccess),
    ...handlersFor(agreementSlice, TerritorialAgreementAccess),
    ...handlersFor(policySlice, PolicyAccess),
  ],
})
export class RegionsModule implements OnModuleInit {
  /** What the relay carries to the other contexts. */
  static readonly publishes = { context: CONTEXT, toMessage: publishedOf };

  /** Objects of the context's schema, in the order the owner makes them. */
  static readonly schema: readonly SchemaPart[] = [
    regionsSchema,
    { schemas: [CONTEXT], roles, sql: directorySchema(CONTEXT) },
    { schemas: [CONTEXT], roles, sql: consumingSchema(CONTEXT) },
  ];

  @Inject(ConsumerRegistry) private readonly registry!: ConsumerRegistry;
  @Inject(RegionRegister) private readonly regions!: RegionRegister;
  @Inject(OrganisationRegister) private readonly organisations!: OrganisationRegister;
  @Inject(StaffRegister) private readonly staff!: StaffRegister;
  @Inject(TeamRegister) private readonly teams!: TeamRegister;
  @Inject(AgreementRegister) private readonly agreements!: AgreementRegister;
  @Inject(PolicyRegister) private readonly policies!: PolicyRegister;
  @Inject(OpenWork) private readonly work!: OpenWork;
  @Inject(SupersedePolicyWhenPolicyActivated) private readonly superseding!: SupersedePolicyWhenPolicyActivated;
  @Inject(KeepWhatEventsName) private readonly keeping!: KeepWhatEventsName;
  @Inject(ExpireAgreements) private readonly expiry!: ExpireAgreements;

  onModuleInit(): void {
    this.registry.add(ownDirectoryConsumer(CONTEXT, publishedOf), ...this.work.consumers());
    for (const register of [this.regions, this.organisations, this.staff, this.teams, this.agreements, this.policies])
      this.registry.add(register.consumer());
    this.registry.add(this.superseding.consumer(), this.keeping.consumer());
    this.registry.every(this.expiry);
    this.registry.publish(CONTEXT, publishedOf);
  }
}
