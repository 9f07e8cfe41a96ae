export type { Parked } from './bookkeeping';
export * from './consumer';
export * from './consumer-runner';
export { UnknownSchema } from './errors';
export { type Change, changesFor, type FollowedPage, followLogs, type FollowOptions, streamsOf } from './followed-logs';
export type { RebuildProgress, RebuildState } from './rebuild-books';
export * from './registry';
export { consumingSchema } from './schema';
