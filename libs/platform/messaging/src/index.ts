export * from './event-bus';
export * from './in-process/in-process-bus';
export * from './in-process/memory-topic-log';
export * from './in-process/postgres-topic-log';
export * from './in-process/topic-log';
export * from './relay';
export * from './relay-checkpoints';
export { busSchema } from './schema';
