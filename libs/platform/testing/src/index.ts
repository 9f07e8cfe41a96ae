export * from './arbitrary';
export * from './machine';
export * from './people';
export * from './recorded';
export * from './rules';
export * from './scenario';
