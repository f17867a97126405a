import config from './jest.config.js';

/** The wider sweep over the engine and the CDKTF command line: npm run test:engine. */
export default {
  ...config,
  testMatch: ['<rootDir>/__tests__/engine-sweep/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
};
