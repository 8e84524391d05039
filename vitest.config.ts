import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/own-folder.ts'],
    // What a shared machine takes ten times as long for is no failure; what hangs is. What a test starts is given 150 seconds.
    // What a file imports is compiled, and optimised, once: a third of the processor's time. No test changes what others import.
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    env: { NO_COLOR: '1' },
  },
});
