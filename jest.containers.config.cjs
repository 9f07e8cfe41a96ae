// The engines a cluster runs on, from their own images: for machines with Docker or Podman. Images are pulled at first use.
const { testPathIgnorePatterns, globalTeardown, ...shared } = require('./jest.config.cjs');

module.exports = {
  ...shared,
  testMatch: ['<rootDir>/{apps,libs,tools}/**/*.containers.spec.ts'],
  globalSetup: '<rootDir>/tools/container-engine.ts',
  reporters: [
    ['default', { summaryThreshold: 0 }],
    ['<rootDir>/tools/count-reporter.cjs', { file: '.data/container-counts.json' }],
  ],
  verbose: true,
  testTimeout: 300_000,
  maxWorkers: 1,
};
