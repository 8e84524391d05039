import { expect, test } from 'vitest';
import type { BodyTemplate, RequestTemplate } from '../../src/cases/case.ts';
import { fillRequest } from '../../src/cases/variables.ts';
import { errorOf } from '../config/folder.ts';
import { casesOf, errorOfCases } from './library.ts';

const template = (parts: Partial<RequestTemplate>): RequestTemplate => ({
  method: 'POST',
  path: '/',
  headers: [],
  body: null,
  holdMs: 0,
  chunkBytes: null,
  ...parts,
});
const bodyOf = (body: BodyTemplate, variables: Record<string, string>) =>
  Buffer.from(fillRequest(template({ body }), variables).body ?? []).toString('utf8');

test.each([
  ['unreserved characters stay', 'aZ0-._~', 'aZ0-._~'],
  ['all others are encoded as UTF-8', 'a/b?c=d&e#%20 é😀', 'a%2Fb%3Fc%3Dd%26e%23%2520%20%C3%A9%F0%9F%98%80'],
  ['also those that encodeURIComponent leaves', "!'()*", '%21%27%28%29%2A'],
  ['line breaks', '\r\n', '%0D%0A'],
  ['what looks like a placeholder', '{{b}}', '%7B%7Bb%7D%7D'],
  ['what looks like a replacement pattern', '$&$1', '%24%26%241'],
])('in a path: %s', (_, value, expected) => {
  expect(fillRequest(template({ path: '/x/{{a}}?q={{ a }}' }), { a: value, b: 'no' }).path).toBe(
    `/x/${expected}?q=${expected}`,
  );
});

test('in a header the value stands as it is', () => {
  const { headers } = fillRequest(template({ headers: [['If-Match', 'W/{{a}}, {{a}}']] }), { a: '"x$&"' });
  expect(headers).toEqual([['If-Match', 'W/"x$&", "x$&"']]);
});

test.each(['a\r\nb: c', 'a\n', '\0', '€'])('a value that no header can hold is PX2301: %j', async (a) => {
  const error = await errorOf(() => fillRequest(template({ headers: [['x', '{{a}}']] }), { a }));
  expect(error.code).toBe('PX2301');
  expect(error.message).toContain('cannot stand in the header `x`');
});

test('a value that was not captured is PX2302, also one that every object has', async () => {
  for (const name of ['a', 'constructor']) {
    const error = await errorOf(() => fillRequest(template({ path: `/{{${name}}}` }), {}));
    expect([error.code, error.message]).toEqual(['PX2302', `no value was captured for {{${name}}}`]);
  }
});

test.each<[string, BodyTemplate, string, string]>([
  [
    'JSON: escaped, and a string stays a string',
    { kind: 'json', text: '{"k":"{{a}}"}' },
    '"\\\n1',
    '{"k":"\\"\\\\\\n1"}',
  ],
  ['JSON: a number stays a string', { kind: 'json', text: '["{{a}}"]' }, '12', '["12"]'],
  ['JSON: a key', { kind: 'json', text: '{"{{a}}":1}' }, 'é"', '{"é\\"":1}'],
  ['text: as it is', { kind: 'text', text: '<{{a}}>', mediaType: null }, '&"é', '<&"é>'],
  ['a form: encoded', { kind: 'text', text: 'k={{a}}', mediaType: null, encoding: 'form' }, 'a b&c', 'k=a+b%26c'],
  ['bytes: untouched', { kind: 'bytes', bytes: Buffer.from('{{a}}'), mediaType: null }, 'x', '{{a}}'],
  [
    'braces that are not placeholders',
    { kind: 'text', text: '{{}} {{a b}} {{1}} {a}', mediaType: null },
    'x',
    '{{}} {{a b}} {{1}} {a}',
  ],
])('in a body of %s', (_, body, a, expected) => {
  expect(bodyOf(body, { a })).toBe(expected);
});

const capturing = (body: string) =>
  `cases:\n  - id: x\n    steps:\n      - request: { path: / }\n        capture: { a: { header: a } }\n      - request: { method: POST, path: /, ${body} }\n`;

test('from the file to the bytes: a form and a multipart body with captured values', async () => {
  const [form] = await casesOf({ 'a.yaml': capturing('form: { k: "x {{a}}&" }') });
  const filledForm = fillRequest(form!.steps[1]!.request, { a: 'b&c d' });
  expect(Buffer.from(filledForm.body ?? []).toString()).toBe('k=x+b%26c+d%26');
  const [multipart] = await casesOf({ 'a.yaml': capturing('multipart: [{ name: n, value: "{{a}}" }]') });
  const filled = fillRequest(multipart!.steps[1]!.request, { a: 'b&c' });
  expect(Buffer.from(filled.body ?? []).toString()).toContain('\r\n\r\nb&c\r\n--parity-');
});

test('a captured value in a multipart body that holds bytes is refused', async () => {
  const parts = 'multipart: [{ name: n, value: "{{a}}" }, { name: b, base64: AA== }]';
  const error = await errorOfCases({ 'a.yaml': capturing(parts) });
  expect(error.problems.map(({ message }) => message)).toEqual([
    'a captured value cannot stand in a multipart body that also holds bytes',
  ]);
});
