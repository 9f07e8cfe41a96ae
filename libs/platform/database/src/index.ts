export * from './databases';
export * from './providers';
