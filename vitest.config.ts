import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/own-folder.ts'],
    // What a shared machine takes ten times as long for is no failure; what hangs is.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    env: { NO_COLOR: '1' },
  },
});
