export * from './application';
export { DemoClock, SystemClock } from './clock';
export { TimeOrderedIds } from './ids';
export { derivedKey, folders, type Foundation, layFoundation } from './parts';
export { type Parts, PlatformModule } from './platform.module';
export { Services } from './services';
