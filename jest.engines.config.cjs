// The engines of a cluster: a real Kafka broker, and KurrentDB's test server or a real one where KURRENTDB_URL is set.
const { testPathIgnorePatterns, workerIdleMemoryLimit, ...shared } = require('./jest.config.cjs');

module.exports = {
  ...shared,
  testMatch: ['<rootDir>/{apps,libs,tools}/**/*.engine.spec.ts'],
  // What they need (Java and Maven for Kafka) `.ci/run` installs. Where it is missing they fail: an engine nobody tested must not look fine.
  reporters: ['default', ['<rootDir>/tools/count-reporter.cjs', { file: '.data/engine-counts.json' }]],
  testTimeout: 180_000,
  // One at a time: an engine wants the machine for itself.
  maxWorkers: 1,
};
