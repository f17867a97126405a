// Libraries that have no other form than modules.
const modulesOnly = 'echarts|zrender|p-limit|yocto-queue|string-width|get-east-asian-width|strip-ansi|ansi-regex';

/** Tests run the TypeScript sources through swc; the framework stays in the packages' own CommonJS form. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/engine-sweep/'],
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out', '<rootDir>/dist'],
  transformIgnorePatterns: [`/node_modules/(?!(${modulesOnly})/)`],
  transform: {
    [`^.+\\.ts$|/node_modules/(${modulesOnly})/.+\\.js$`]: [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.ts$': '$1' },
  maxWorkers: 2,
  // Only processes that tests start take longer than a second.
  testTimeout: 120_000,
};
