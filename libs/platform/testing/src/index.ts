export * from './machine';
export * from './people';
export * from './scenario';
