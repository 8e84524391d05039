import { stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { captureCatalog, catalogCases, readCatalogCapture } from './captured.ts';
import { startReplay } from './replay.ts';
import { servers } from './servers.ts';

const cases = await catalogCases();

describe.each(servers)('the captured answers of $name', ({ name }) => {
  test('are there for every case, and for no other', async () => {
    expect(Object.keys(await readCatalogCapture(name))).toEqual(cases.map(({ id }) => id));
  });

  test('come back from the replay as they were captured', async () => {
    const replay = await startReplay(name);
    try {
      expect(await captureCatalog(replay.url, cases)).toEqual(await readCatalogCapture(name));
    } finally {
      await replay.close();
    }
  });

  test('stay small, and name nothing of the machine they were captured on', async () => {
    expect((await stat(new URL(`captured/${name}.json`, import.meta.url))).size).toBeLessThan(128 * 1024);
    const text = JSON.stringify(await readCatalogCapture(name));
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|site-packages|node_modules|\.rs:\d|\.go:\d|\.java:\d/);
  });
});

test('no two cases send the same request', () => {
  const requests = cases.map(({ steps }) => JSON.stringify(steps[0]!.request));
  expect(requests.filter((one, i) => requests.indexOf(one) !== i)).toEqual([]);
});

test('a request that was not captured gets no answer', async () => {
  const replay = await startReplay('axum');
  try {
    await expect(fetch(`${replay.url}/parts/4711`)).rejects.toThrow();
  } finally {
    await replay.close();
  }
});
