import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTwin, startTwin } from '../../src/twins/twin.ts';
import { everyCase, forms, readCaptured } from './forms.ts';
import { type Capture, captureLibrary, readLibrary } from './library.ts';
import { answersToRecord, recordedFile, recordedText } from './recorded.ts';

const cases = await everyCase();

describe.each(forms)('the embedded twin $name answers as the real one was captured', ({ name, which, serdeErrors }) => {
  let twin: RunningTwin;
  let captured: Capture;
  beforeAll(async () => {
    twin = await startTwin(which, { serdeErrors });
    captured = await readCaptured(name);
  });
  afterAll(() => twin.close());

  test.each(cases.map((entry) => [entry.id, entry] as const))('%s', async (id, entry) => {
    expect((await captureLibrary(twin.url, [entry]))[id]).toEqual(captured[id]);
  });

  test('nothing is captured that is no longer sent', () => {
    expect(Object.keys(captured)).toEqual(cases.map(({ id }) => id));
  });

  test('the library leaves nothing behind and can run again', async () => {
    const library = await readLibrary();
    const first = await captureLibrary(twin.url, library);
    expect(await captureLibrary(twin.url, library)).toEqual(first);
    const listing = await (await fetch(`${twin.url}/v1/objects`)).json();
    expect(listing).toEqual({ objects: which === 'rust' ? [] : null, truncated: false });
  });
});

describe('the recorded answers of the embedded twins', () => {
  test('are the captured answers to every body that a twin would answer in another way by itself', async () => {
    expect(await readFile(recordedFile, 'utf8')).toBe(recordedText(await answersToRecord()));
  });

  test.each([
    ['an accepted artifact', '{"kind":"fill","artifact":{"form":"never recorded","fields":["x"]}}', 200, 200],
    ['a refused artifact', '{"kind":"never recorded","artifact":{}}', 422, 422],
    ['JSON of another type', '["never recorded"]', 422, 400],
    ['a body that is not JSON', '{"never recorded', 400, 400],
  ])('%s that was not recorded is answered by its content: %s in Rust, %s in Go', async (_, body, rust, go) => {
    const headers = { 'content-type': 'application/json' };
    for (const [which, status] of [['rust', rust] as const, ['go', go] as const]) {
      const twin = await startTwin(which);
      const response = await fetch(`${twin.url}/v1/validate`, { method: 'POST', headers, body });
      expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(/./)]);
      await twin.close();
    }
  });
});

describe('the library', () => {
  test('the Rust twin, which is the reference, answers every case with the status it expects', async () => {
    const captured = await readCaptured('rust');
    for (const { id, expected } of await readLibrary()) {
      const answered = captured[id]?.map(([answer]) => answer?.status);
      const wanted = expected.map((status, step) => status ?? answered?.[step]);
      expect({ id, answered }).toEqual({ id, answered: wanted });
    }
  });

  test('the suite validate has one accepted case and one for each way to be refused', async () => {
    const captured = await readCaptured('rust');
    const bodies = Object.entries(captured)
      .filter(([id]) => id.startsWith('validate/'))
      .map(([, [step]]) => Object.keys(JSON.parse(step?.[0]?.body as string) as object)[0]);
    expect(bodies.sort()).toEqual(['Completeness', 'Consistency', 'Policy', 'Schema', 'Schema', 'accepted']);
  });

  test('with serde errors the Go twin gives the same JSON as the Rust twin on every case of validate', async () => {
    const [rust, go] = await Promise.all([readCaptured('rust'), readCaptured('go-serde')]);
    for (const id of Object.keys(rust).filter((key) => key.startsWith('validate/'))) {
      expect(JSON.parse(go[id]?.[0]?.[0]?.body as string)).toEqual(JSON.parse(rust[id]?.[0]?.[0]?.body as string));
    }
  });

  test('a burst of five gives four uploads and one refusal', async () => {
    for (const { name } of forms) {
      const [burst] = (await readCaptured(name))['storage/too-many-uploads'] ?? [];
      expect(burst?.map(({ status }) => status)).toEqual([200, 200, 200, 201, 503]);
    }
  });
});
