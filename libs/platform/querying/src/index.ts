export * from './decision-log';
export * from './reading';
export * from './on-record';
