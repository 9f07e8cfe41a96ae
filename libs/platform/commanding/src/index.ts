export * from './handlers';
export * from './pipeline';
export * from './slice';
export * from './system';
