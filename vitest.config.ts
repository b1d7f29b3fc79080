import { defineConfig } from 'vitest/config';

/** A busy machine must not fail a test that would pass on an idle one. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    exclude: ['dist/**', 'node_modules/**'],
    globalSetup: 'test/setup.ts',
  },
});
