import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { handlersFor } from '@platform/commanding';
import { ConsumerRegistry, consumingSchema } from '@platform/consuming';
import { databaseProviders, projectorRole, READER, readerRole, type SchemaPart } from '@platform/database';
import { directoryConsumer, directorySchema, PostgresDirectory } from '@platform/directory';
import { Directory } from '@platform/http';
import { Clock } from '@platform/kernel';
import { readModelsController } from '@platform/read-models';
import type { DataSource } from 'typeorm';
import { AlertLog } from './alert-log';
import { AlertBoard } from './alert/alert-board.projection';
import { AlertChangesController } from './alert/alert-changes.controller';
import { AlertReading } from './alert/alert-reading';
import { alertSlice } from './alert/alert-slice';
import { AlertAccess } from './alert/alert.access';
import { AlertController } from './alert/alert.controller';
import { publishedAlert } from './alert/alert.published';
import { alertDeliverySlice } from './alert-delivery/alert-delivery-slice';
import { AlertDeliveryAccess } from './alert-delivery/alert-delivery.access';
import { DeliverWhenAlertIssued } from './alert-delivery/deliver-when-alert-issued.reactor';
import { Deliveries } from './alert-delivery/deliveries.projection';
import { DeliveryReading } from './alert-delivery/delivery-reading';
import { DeliveryController } from './alert-delivery/delivery.controller';
import { alertsRowSecurity, alertsSchema } from './alerts.schema';
import { Cohorts } from './cohorts.projection';
import { ExpireWhatIsDue } from './expire-what-is-due.reactor';
import { Handles } from './handles';
import { PolicyBook } from './policy-book';
import { Principals } from './principals';
import { Running } from './running';
import { subscriptionSlice } from './subscription/subscription-slice';
import { SubscriptionAccess } from './subscription/subscription.access';
import { SubscriptionController } from './subscription/subscription.controller';
import { Subscriptions } from './subscription/subscriptions.projection';

const CONTEXT = 'alerts';
const roles = [readerRole(CONTEXT), projectorRole(CONTEXT)];

@Module({
  imports: [CqrsModule],
  controllers: [AlertController, DeliveryController, SubscriptionController, AlertChangesController, readModelsController(CONTEXT)],
  providers: [
    ...databaseProviders(CONTEXT),
    {
      provide: PostgresDirectory,
      useFactory: (source: DataSource, clock: Clock) => new PostgresDirectory(source, CONTEXT, clock),
      inject: [READER, Clock],
    },
    { provide: Directory, useExisting: PostgresDirectory },
    ...[Handles, PolicyBook, Principals, Running, AlertLog, AlertReading, DeliveryReading],
    ...[AlertBoard, Deliveries, Subscriptions, Cohorts, DeliverWhenAlertIssued, ExpireWhatIsDue],
    ...[AlertAccess, AlertDeliveryAccess, SubscriptionAccess],
    ...handlersFor(alertSlice, AlertAccess),
    ...handlersFor(alertDeliverySlice, AlertDeliveryAccess),
    ...handlersFor(subscriptionSlice, SubscriptionAccess),
  ],
})
export class AlertsModule implements OnModuleInit {
  /** What the relay carries to the other contexts. */
  static readonly publishes = { context: CONTEXT, toMessage: publishedAlert };

  /** Objects of the context's schema, in the order the owner makes them. */
  static readonly schema: readonly SchemaPart[] = [
    alertsSchema,
    { schemas: [CONTEXT], roles, sql: directorySchema(CONTEXT) },
    { schemas: [CONTEXT], roles, sql: consumingSchema(CONTEXT) },
    ...alertsRowSecurity,
  ];

  @Inject(ConsumerRegistry) private readonly registry!: ConsumerRegistry;
  @Inject(AlertBoard) private readonly board!: AlertBoard;
  @Inject(Deliveries) private readonly deliveries!: Deliveries;
  @Inject(Subscriptions) private readonly subscriptions!: Subscriptions;
  @Inject(Cohorts) private readonly cohorts!: Cohorts;
  @Inject(DeliverWhenAlertIssued) private readonly deliverer!: DeliverWhenAlertIssued;
  @Inject(ExpireWhatIsDue) private readonly expiry!: ExpireWhatIsDue;

  onModuleInit(): void {
    const all = [this.board, this.deliveries, this.subscriptions, this.cohorts, this.deliverer];
    this.registry.add(directoryConsumer(CONTEXT), ...all.map((each) => each.consumer()));
    this.registry.every(this.expiry);
    this.registry.publish(CONTEXT, publishedAlert);
  }
}
