export * from './decision-log';
export * from './reading';
