import { defineConfig } from 'vitest/config';

/** What starts windows, processes or works through large files; `npm test` runs it, `npm run check` does not. */
const slow = [
  'test/e2e/**/*.test.ts',
  'test/slow/**/*.test.ts',
  'test/check-cli.test.ts',
  'test/service/{demo,plan-calls,process}.test.ts',
  'test/diagnosis/route-exact.test.ts',
  'test/cohort/impact.test.ts',
  'test/exchange/{case,import,export,undo,hostile,roundtrip}.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: slow,
          testTimeout: 20_000,
          // Files share the loaded modules, which hold no state between tests; every core takes its part.
          isolate: false,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'e2e',
          include: slow,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
