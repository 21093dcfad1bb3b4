import { defineConfig } from 'vitest/config';

/** What starts windows, processes or works through large files; `npm test` runs it, `npm run check` does not. */
const slow = [
  'test/e2e/**/*.test.ts',
  'test/slow/**/*.test.ts',
  'test/check-cli.test.ts',
  'test/service/{demo,plan-calls,process}.test.ts',
  'test/diagnosis/route-exact.test.ts',
  'test/cohort/impact.test.ts',
  'test/exchange/{case,import,import-bureaus,import-choices,export,undo,hostile,roundtrip}.test.ts',
];

// The product's home: what day a moment belongs to must not depend on where, or at which hour, the tests run.
process.env.TZ = 'Asia/Shanghai';

/** How fast something is belongs to the bench: here a limit only ends what hangs, also on a machine with much else to do. */
const MINUTE = 60_000;
const common = {
  setupFiles: ['test/random-seed.ts'],
  expect: { poll: { timeout: 2 * MINUTE, interval: 50 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: slow,
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
          // Files share the loaded modules, which hold no state between tests; every core takes its part.
          isolate: false,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: slow,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
          fileParallelism: false,
        },
      },
    ],
  },
});
