export { auditSchema } from './audit.schema';
export * from './trail/log-keys';
export * from './trail/sequencer';
export * from './trail/sequencing';
export * from './trail/sources';
export { TrailWriter } from './trail/trail-writer.projection';
