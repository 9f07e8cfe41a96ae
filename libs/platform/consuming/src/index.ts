export * from './consumer';
export * from './registry';
