import { beforeAll, describe, expect, test } from 'vitest';
import type { Capture } from '../library.ts';
import { captureCatalog, catalogCases, readCatalogCapture, writeCatalogCapture } from './captured.ts';
import { hasToolchain, servers, startCatalog } from './servers.ts';

const cases = await catalogCases();
const BUILD_TIMEOUT_MS = 10 * 60_000;

describe.each(servers)('the real server $name', (server) => {
  const { name, toolchain } = server;
  const missing = !hasToolchain(server);

  if (missing && process.env.CI === 'true') {
    test(`needs ${toolchain}, which CI must have`, () => {
      expect(missing).toBe(false);
    });
  }

  describe.skipIf(missing)(missing ? `skipped: ${toolchain} is not there` : 'built and captured afresh', () => {
    let fresh: Capture;
    beforeAll(async () => {
      const running = await startCatalog(server);
      try {
        fresh = await captureCatalog(running.url, cases, server);
        expect(await captureCatalog(running.url, cases, server), 'it answers the same when asked again').toEqual(fresh);
      } finally {
        await running.close();
      }
      if (process.env.PARITY_RECAPTURE === '1') await writeCatalogCapture(name, fresh);
    }, BUILD_TIMEOUT_MS);

    test('answers as it was captured', async () => {
      expect(fresh).toEqual(await readCatalogCapture(name));
    });
  });
});
