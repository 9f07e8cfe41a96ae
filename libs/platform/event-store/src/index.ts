export * from './errors';
export * from './event-store';
export { KurrentDbEventStore, type KurrentOptions } from './kurrentdb/kurrentdb-event-store';
export * from './memory/memory-event-store';
export { handOver, homeOf } from './postgres/embedded-home';
export * from './postgres/embedded-postgres';
export * from './postgres/listener';
export * from './postgres/postgres-event-store';
export { eventStoreSchema } from './postgres/schema';
