export * from './log';
export type { LogLine } from './log-line';
export * from './metrics';
export * from './observability.module';
export * from './readiness';
export * from './request-log';
export * from './tracing';
