export * from './application';
export { backUp, type BackupWish, type Manifest } from './backup';
export { DemoClock, SystemClock } from './clock';
export { TimeOrderedIds } from './ids';
export { derivedKey, folders, type Foundation, layFoundation } from './parts';
export { type Parts, PlatformModule } from './platform.module';
export { Services } from './services';
export { restore, type RestoreWish } from './restore';
