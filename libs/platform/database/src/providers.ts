import type { Provider } from '@nestjs/common';
import { Databases } from './databases';

/** TypeORM DataSource of a context's request-handling role (reads, row-level security). */
export const READER = Symbol('READER');
/** TypeORM DataSource of a context's projector role. */
export const WRITER = Symbol('WRITER');

/** A context module's own two connections; modules see only their own. */
export const databaseProviders = (context: string): Provider[] => [
  { provide: READER, useFactory: (databases: Databases) => databases.reader(context), inject: [Databases] },
  { provide: WRITER, useFactory: (databases: Databases) => databases.writer(context), inject: [Databases] },
];
