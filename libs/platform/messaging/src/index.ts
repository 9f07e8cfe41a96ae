export * from './event-bus';
export * from './in-process/in-process-bus';
export * from './in-process/memory-topic-log';
export * from './in-process/postgres-topic-log';
export * from './in-process/topic-log';
export { busSchema } from './schema';
