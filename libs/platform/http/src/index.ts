export * from './directory';
export * from './request-scope';
