import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMitmproxy } from '../../src/import/formats/mitmproxy.ts';
import { type EntryParts, entryItem, type TrafficEntry } from '../../src/import/read/entry.ts';
import { openSource } from '../../src/import/read/source.ts';
import { importCases } from '../../src/recorder/import-cases.ts';
import { TrafficReducer } from '../../src/recorder/reduce.ts';

function entry(method: string, url: string, more: Partial<EntryParts> = {}): TrafficEntry {
  const item = entryItem({ where: { file: 'f', line: 1 }, method, url, ...more });
  if (item.kind !== 'entry') throw new Error(`${method} ${url} is left out`);
  return item.entry;
}

const answer = (body: unknown, status = 200, headers: readonly (readonly [string, string])[] = []) => ({
  response: {
    status,
    headers: [['content-type', 'application/json'] as const, ...headers],
    body: Buffer.from(JSON.stringify(body)),
  },
});

function casesOf(entries: readonly TrafficEntry[], isAll = false) {
  const reducer = new TrafficReducer(isAll);
  const taken = entries.map((one) => reducer.add(one));
  return { taken, ...importCases(reducer.kept, { isAll, suite: 's', taken: new Set() }) };
}

interface Step {
  readonly request: { readonly method: string; readonly path: string };
  readonly capture?: object;
}

/** Id and requests of each case. */
function shown(rows: readonly object[]): string[] {
  return rows.map((row) => {
    const { id, request, steps } = row as { id: string; request?: Step['request']; steps?: readonly Step[] };
    const requests = steps?.map((step) => step.request) ?? [request!];
    return `${id}: ${requests.map(({ method, path }) => `${method} ${path}`).join(', ')}`;
  });
}

describe('the reduction of traffic to cases', () => {
  it('makes linked cases without credentials of flows that mitmdump wrote', async () => {
    const entries: TrafficEntry[] = [];
    for await (const item of readMitmproxy(openSource(join(import.meta.dirname, '../import/corpora/flows.mitm'))))
      if (item.kind === 'entry') entries.push(item.entry);
    const { rows, taken, variables, exchanges } = casesOf(entries);
    expect([entries.length, taken]).toEqual([5, ['kept', 'kept', 'kept', 'merged', 'kept']]);
    expect(shown(rows)).toEqual([
      'post-login-flow: POST /login, POST /orders, GET /orders/{{id}}',
      'get-none-404: GET /none?q=1',
    ]);
    expect(rows[0]).toMatchObject({
      cookies: true,
      steps: [{ capture: { access_token: { pointer: '/access_token' } } }, {}, {}],
    });
    expect(variables).toEqual(['PASSWORD']);
    expect(JSON.stringify([rows, exchanges])).not.toMatch(/token-of-ann|session-of-ann|password-of-ann/);
  });

  it('keeps one request for each route shape, status, and shapes of request and answer', () => {
    const entries = [
      entry('GET', '/items/1', answer({ id: 1 })),
      entry('GET', '/items/2', answer({ id: 2 })),
      entry('GET', '/items/3', answer({ error: 'x' }, 404)),
      entry('GET', '/items/4', answer({ id: 4, tags: ['a'] })),
      entry('GET', '/items/5?page=1', answer({ id: 5 })),
      entry('GET', '/items/6?page=2', answer({ id: 6 })),
    ];
    const { taken } = casesOf(entries);
    expect(taken).toEqual(['kept', 'merged', 'kept', 'kept', 'kept', 'merged']);
    expect(casesOf(entries, true).rows.length).toBe(6);
  });

  it('takes segments for values where there are very many at one place, also those that came first', () => {
    const entries = Array.from({ length: 500 }, (_, at) =>
      entry(
        'GET',
        `/people/name${'abcdefghij'[at % 10]}${String.fromCharCode(97 + (at % 26))}${'xyzw'[at % 4]}-${Math.floor(at / 20)}/posts`,
        { response: { status: 200, headers: [], body: null } },
      ),
    );
    expect(casesOf(entries).rows.length).toBe(1);
  });

  it('captures an identifier of a Location header, and keeps the request that gave it', () => {
    const entries = [
      entry('POST', '/jobs', {
        ...answer({ ok: true }, 202, [['Location', '/jobs/job-77x']]),
        body: Buffer.from('{}'),
      }),
      entry('GET', '/jobs/job-77x', answer({ done: true })),
    ];
    const { rows, frame } = casesOf(entries);
    expect(shown(rows)).toEqual(['post-jobs-flow: POST /jobs, GET /jobs/{{location}}']);
    expect(rows[0]).toMatchObject({
      steps: [{ capture: { location: { header: 'location', match: '/([^/?#]+)$' } } }, {}],
    });
    expect(frame).toEqual({ serial: true });
  });

  it('divides a flow that is too long, and each part begins with the requests whose answers it uses', () => {
    const login = entry('POST', '/login', answer({ token: 'token-number-one' }));
    const headers = [['authorization', 'Bearer token-number-one']] as const;
    const reads = Array.from({ length: 120 }, (_, at) =>
      entry('GET', `/page${String.fromCharCode(97 + (at % 26))}${'abcde'[Math.floor(at / 26)]}x/y`, {
        headers,
        ...answer({ [`k${at}`]: 1 }),
      }),
    );
    const { rows } = casesOf([login, ...reads], true);
    const flows = rows.map((row) => (row as { steps: readonly Step[] }).steps);
    expect(flows.map((steps) => steps[0]!.request.path)).toEqual(flows.map(() => '/login'));
    expect(flows.every((steps) => steps.length <= 50)).toBe(true);
    expect(new Set(flows.flatMap((steps) => steps.map(({ request }) => request.path))).size).toBe(121);
  });

  it('holds no more than its limits, and says what was too much', () => {
    const reducer = new TrafficReducer(true);
    const big = Buffer.alloc(2 * 2 ** 20, 0x61);
    const taken = Array.from({ length: 60 }, () =>
      reducer.add(entry('GET', '/big', { response: { status: 200, headers: [], body: big } })),
    );
    expect(taken.filter((one) => one === 'tooMany').length).toBeGreaterThan(30);
    expect(reducer.kept.length).toBeLessThan(30);
  });

  it('writes JSON as YAML, and puts large bodies into files', () => {
    const text = 'x'.repeat(5000);
    const entries = [
      entry('POST', '/a', { body: Buffer.from('{ "a": [1, 2] }'), headers: [['content-type', 'application/json']] }),
      entry('POST', '/b', { body: Buffer.from(text), headers: [['content-type', 'text/plain']] }),
    ];
    const { rows, files } = casesOf(entries);
    expect(rows[0]).toMatchObject({ request: { json: { a: [1, 2] } } });
    expect(rows[1]).toMatchObject({ request: { file: '_bodies/s-post-b.bin' } });
    expect([...files].map(([name, bytes]) => [name, bytes.toString()])).toEqual([['_bodies/s-post-b.bin', text]]);
  });

  it.each<readonly [title: string, text: string]>([
    ['JSON of 100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['JSON of 500 levels', '['.repeat(500) + ']'.repeat(500)],
    ['a string of ten million characters', JSON.stringify({ a: 'ab'.repeat(5_000_000) })],
    ['a string with 200,000 quotes', JSON.stringify({ a: '"b '.repeat(200_000) })],
    ['a key that is __proto__', '{"__proto__":{"a":1}}'],
  ])('takes a hostile body as it is: %s', (_, text) => {
    const body = Buffer.from(text);
    const headers = [['content-type', 'application/json']] as const;
    const { rows, files } = casesOf([entry('POST', '/a', { body, headers, response: { status: 200, headers, body } })]);
    const { raw, file } = (rows[0] as { request: { raw?: string; file?: string } }).request;
    expect(text.length > 4096 ? files.get(file ?? '')?.toString() === text : raw).toBe(text.length > 4096 ? true : raw);
  });

  it('writes the values of a case beside thousands of other credentials, in time and memory of their number', () => {
    const entries = Array.from({ length: 3000 }, (_, at) =>
      entry('GET', `/a/${at}`, {
        headers: [['authorization', `Bearer token-${at * 7919}`]],
        ...answer({ id: `id-${at}` }),
      }),
    );
    const { rows, variables } = casesOf(entries, true);
    expect([rows.length, variables.length]).toEqual([3000, 3000]);
    expect(JSON.stringify(rows)).not.toContain('token-');
  });
});
