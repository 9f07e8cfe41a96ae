export { AuditModule } from './audit.module';
export { type PublishedCheckpoint, type TrailCut } from './trail/audit-trail';
export { Sequencing, type SequencingHealth } from './trail/sequencing';
