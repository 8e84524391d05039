import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/twins/twin.ts';
import { capturedFile, everyCase, forms, readCaptured } from './forms.ts';
import { type Capture, captureLibrary, captureText } from './library.ts';
import { startRealTwin, toolchains } from './real.ts';
import { answersToRecord, recordedFile, recordedText } from './recorded.ts';

const cases = await everyCase();
const BUILD_TIMEOUT_MS = 10 * 60_000;

describe.each(forms)('the real twin $name', ({ name, which, serdeErrors }) => {
  const missing = !toolchains[which];
  const compiler = which === 'rust' ? 'cargo' : 'go';

  if (missing && process.env.CI === 'true') {
    test(`needs ${compiler}, which CI must have`, () => {
      expect(toolchains[which]).toBe(true);
    });
  }

  describe.skipIf(missing)(missing ? `skipped: ${compiler} is not installed` : 'built and captured afresh', () => {
    let fresh: Capture;
    beforeAll(async () => {
      const twin = await startRealTwin(which, { serdeErrors });
      try {
        fresh = await captureLibrary(twin.url, cases);
      } finally {
        await twin.close();
      }
      if (process.env.PARITY_RECAPTURE === '1') {
        await writeFile(capturedFile(name), captureText(fresh));
        await writeFile(recordedFile, recordedText(await answersToRecord()));
      }
    }, BUILD_TIMEOUT_MS);

    test('answers as it was captured', async () => {
      expect(fresh).toEqual(await readCaptured(name));
    });

    test('is answered for by the embedded twin', async () => {
      const twin = await startTwin(which, { serdeErrors });
      try {
        expect(await captureLibrary(twin.url, cases)).toEqual(fresh);
      } finally {
        await twin.close();
      }
    });
  });
});
