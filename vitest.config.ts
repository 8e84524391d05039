import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/own-folder.ts'],
    // What a shared machine takes ten times as long for is no failure; what hangs is. What a test starts is given 150 seconds.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    env: { NO_COLOR: '1' },
  },
});
