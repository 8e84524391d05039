import { expect, test } from 'vitest';
import { z } from 'zod';
import { cutOffRun, divergentRun, exchange, hostileRun, inconclusiveRun, parityRun, runCase } from './records.ts';
import { renderers } from './renderers.ts';

const pairs = z.array(z.object({ name: z.string(), value: z.string() }));
const size = z.int().min(-1);
const message = {
  httpVersion: z.string(),
  cookies: z.array(z.never()),
  headers: pairs,
  headersSize: size,
  bodySize: size,
};
/** What HAR 1.2 demands of a file (its custom members begin with an underscore). */
const har = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    entries: z.array(
      z.object({
        startedDateTime: z.iso.datetime(),
        time: z.number().min(0),
        request: z.object({
          ...message,
          method: z.string(),
          url: z.url(),
          queryString: pairs,
          postData: z.object({ mimeType: z.string(), text: z.string() }).optional(),
        }),
        response: z.object({
          ...message,
          status: z.int(),
          statusText: z.string(),
          content: z.object({ size: z.int(), mimeType: z.string(), text: z.string().optional() }),
          redirectURL: z.string(),
        }),
        cache: z.object({}),
        timings: z.object({ send: z.number(), wait: z.number(), receive: z.number() }),
      }),
    ),
  }),
});

const plain = { colour: false, width: 80, unicode: true };

test.each([
  ['divergent', divergentRun, 10],
  ['parity', parityRun, 0],
  ['inconclusive', inconclusiveRun, 2],
  ['cut off', cutOffRun, 4],
])('the HAR file of a run that is %s has what HAR 1.2 demands', (_, run, count) => {
  const { log } = har.parse(JSON.parse(renderers.har(run(), plain)));
  expect(log.entries).toHaveLength(count);
});

test('an answer that did not come is an entry with status 0 and its reason', () => {
  const { log } = JSON.parse(renderers.har(inconclusiveRun(), plain));
  expect(log.entries[1]).toMatchObject({
    _case: 'storage/get',
    _target: 'go',
    response: { status: 0, _error: 'connection-refused: go refused the connection at 127.0.0.1:4110' },
  });
});

test('a binary body is base64, and the query of a path is listed', () => {
  const sent = exchange('{}', 200, 'x');
  const binary = { base64: 'AAEC', bytes: 3, truncated: false };
  const one = {
    ...sent,
    request: { ...sent.request, path: '/a?x=1&y=%20z' },
    response: { status: 200, statusText: 'OK', headers: [['content-type', 'image/png']] as const, body: binary },
  };
  const cases = [runCase('s/a', { exchanges: { rust: [one] } })];
  const { log } = JSON.parse(renderers.har({ ...divergentRun(), cases }, plain));
  expect(log.entries[0].request.queryString).toEqual([
    { name: 'x', value: '1' },
    { name: 'y', value: ' z' },
  ]);
  expect(log.entries[0].response.content).toEqual({ size: 3, mimeType: 'image/png', text: 'AAEC', encoding: 'base64' });
});

test('a HAR file shows every character that cannot be seen', () => {
  const text = renderers.har(hostileRun(), plain);
  expect(() => JSON.parse(text)).not.toThrow();
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Cs}/u);
});
