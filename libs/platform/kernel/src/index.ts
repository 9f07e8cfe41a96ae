export * from './deciding';
export * from './errors';
export * from './events';
export * from './names';
export * from './vocabulary';
