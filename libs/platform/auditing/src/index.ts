export * from './folding';
export * from './recorder';
export * from './spool';
export * from './spool-disk';
export type { SpoolRecord } from './spool-frame';
export * from './spool-reader';
export * from './spool-recorder';
