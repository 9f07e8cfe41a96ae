export { directoryConsumer, directoryConsumerName, ownDirectoryConsumer } from './directory-consumer';
export * from './past-standing';
export * from './postgres-directory';
export { directorySchema, directoryTables } from './schema';
