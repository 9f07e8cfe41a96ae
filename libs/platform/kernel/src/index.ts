export * from './days';
export * from './deciding';
export * from './errors';
export * from './events';
export * from './ids';
export * from './names';
export * from './vocabulary';
