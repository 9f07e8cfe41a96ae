export type { Parked } from './bookkeeping';
export * from './consumer';
export * from './consumer-runner';
export { UnknownSchema } from './errors';
export * from './registry';
export { consumingSchema } from './schema';
