// The engines of a cluster: a real Kafka broker, and KurrentDB's test server or a real one where KURRENTDB_URL is set.
const { testPathIgnorePatterns, ...shared } = require('./jest.config.cjs');

module.exports = {
  ...shared,
  testMatch: ['<rootDir>/{apps,libs,tools}/**/*.engine.spec.ts'],
  reporters: ['default'],
  // One at a time: an engine wants the machine for itself.
  maxWorkers: 1,
};
