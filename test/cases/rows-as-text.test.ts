import { describe, expect, test } from 'vitest';
import { fillRequest, type Variables } from '../../src/cases/variables.ts';
import { casesOf, errorOfCases } from './library.ts';

/** The last request of the only case, as it goes out, with `etag` captured by the first. */
async function sent(request: string, value: string, variables: Variables = { etag: 'CAPTURED' }) {
  const head = `cases:
  - id: x
    with: _rows.jsonl
    title: "<{{v}}>"
    steps:
      - request: { path: / }
        capture: { etag: { header: etag } }
      - request: { method: POST, ${request} }
`;
  const files = { 'a.yaml': head, '_rows.jsonl': JSON.stringify({ v: value }) };
  const [testCase] = await casesOf(files);
  const { path, headers, body } = fillRequest(testCase!.steps[1]!.request, variables);
  return { title: testCase!.title, path, headers, body: Buffer.from(body ?? []).toString('utf8') };
}

const values = [
  '{{etag}}',
  '{{ etag }}',
  'a{{other}}b',
  '{{{etag}}}',
  '{{',
  '{',
  "{{'{'}}",
  '{x}}',
  '{"a":{"b":"{{etag}}"}}',
  `\${ETAG}`,
  `\${ETAG:-x}`,
];

describe.each(values)('%s in a row of a file is text', (value) => {
  test.each([
    ['a path', 'path: "/{{v}}"', 'path', `/${value}`],
    ['a header', 'path: /, headers: { a: "<{{v}}>" }', 'headers', [['a', `<${value}>`]]],
    ['a JSON text', 'path: /, json: ["{{v}}"]', 'body', JSON.stringify([value])],
    ['a part of a JSON text', 'path: /, json: ["{{{v}}}"]', 'body', JSON.stringify([`{${value}}`])],
    ['a JSON key', 'path: /, json: { "{{v}}": 1 }', 'body', JSON.stringify({ [value]: 1 })],
    ['a raw body beside braces', "path: /, raw: '{{{{v}}}}'", 'body', `{{${value}}}`],
    ['a form', 'path: /, form: { k: "{{v}}" }', 'body', String(new URLSearchParams({ k: value }))],
    ['a padded body', 'path: /, raw: "{{v}}", pad: 40', 'body', value.padStart(40)],
  ] as const)('in %s', async (_, request, part, expected) => {
    // What no path can hold is none of these.
    const unfit = part === 'path' && /["\s]/.test(value);
    const found = unfit ? expected : (await sent(request, value))[part];
    expect(found).toEqual(expected);
  });

  test('beside a captured value, and in a title', async () => {
    const { body, title } = await sent('path: /, raw: "{{v}}{{etag}}{{v}}"', value);
    expect([body, title]).toEqual([`${value}CAPTURED${value}`, `<${value}>`]);
  });
});

test('a name that comes of a value and of what stands around it is not a placeholder', async () => {
  const request = "path: /, raw: '{{et{{v}}}}'";
  expect((await sent(request, 'ag')).body).toBe('{{etag}}');
});

test('what looks like a placeholder in a .csv file and inside a JSON value is text', async () => {
  const file = (rows: string, body: string) =>
    `cases:\n  - id: x\n    with: ${rows}\n    request: { path: /, method: POST, json: ${body} }\n`;
  const body = async (files: Record<string, string>) => {
    const [testCase] = await casesOf(files);
    return Buffer.from(fillRequest(testCase!.steps[0]!.request, {}).body ?? []).toString('utf8');
  };
  expect(await body({ 'a.yaml': file('_r.csv', '["{{v}}"]'), '_r.csv': 'v\n{{x}}\n' })).toBe('["{{x}}"]');
  const row = '{"v":{"{{x}}":["{{y}}"]}}';
  const deep = { 'a.yaml': file('_r.jsonl', '["{{v}}", "= {{v}}"]'), '_r.jsonl': row };
  const value = { '{{x}}': ['{{y}}'] };
  expect(JSON.parse(await body(deep))).toEqual([value, `= ${JSON.stringify(value)}`]);
});

test.each([
  ['a header', `request: { path: /, headers: { authorization: "Bearer \${KEY}" } }`, 'authorization: Bearer '],
  ['a value', `values: { k: "\${KEY}" }\n    request: { path: /, headers: { x: "{{k}}" } }`, 'x: '],
  [
    'a header whose braces would close around it',
    `request: { path: /, headers: { x: "{{a\${KEY}}}" } }`,
    'x: {{a',
    '}}',
  ],
])(
  'what looks like a placeholder in a variable of the environment is text in %s',
  async (_, lines, before, after = '') => {
    for (const value of ['se{{cret}}value', '{{secret}}', 'secret']) {
      const [testCase] = await casesOf({ 'a.yaml': `cases:\n  - id: x\n    ${lines}\n` }, { KEY: value });
      const { headers } = fillRequest(testCase!.steps[0]!.request, { secret: 'no', asecret: 'no' });
      expect(headers.map((pair) => pair.join(': '))).toEqual([`${before}${value}${after}`]);
    }
  },
);

test('a default may still name a captured value, and a placeholder that stands for nothing is still found', async () => {
  const steps = (header: string) => `cases:
  - id: x
    steps:
      - request: { path: / }
        capture: { etag: { header: etag } }
      - request: { path: /, headers: { x: "${header}" } }
`;
  const [testCase] = await casesOf({ 'a.yaml': steps(`\${NONE:-{{etag}}}`) });
  expect(fillRequest(testCase!.steps[1]!.request, { etag: 'E' }).headers).toEqual([['x', 'E']]);
  const { problems } = await errorOfCases({ 'a.yaml': steps('{{etga}}') });
  expect(problems.map(({ message, hint }) => [message, hint])).toEqual([
    [
      '`{{etga}}` has no value: no earlier step captures it, and not every row of `with` has it',
      'did you mean `etag`?',
    ],
  ]);
});

test('one brace can be written', async () => {
  const { path, body } = await sent(`path: "/{{'{'}}{etag}}", form: { "{{'{'}}": "{{'{'}}{etag}}-{{etag}}" }`, '');
  expect([path, body]).toEqual(['/{{etag}}', '%7B=%7B%7Betag%7D%7D-CAPTURED']);
});

test('the name of a body file may have braces', async () => {
  const file = 'cases:\n  - id: x\n    with: _r.csv\n    request: { method: POST, path: /, file: "{{v}}.txt" }\n';
  const [testCase] = await casesOf({ 'a.yaml': file, '_r.csv': 'v\n{{x}}\n', '{{x}}.txt': 'found' });
  expect(Buffer.from(fillRequest(testCase!.steps[0]!.request, {}).body ?? []).toString()).toBe('found');
});
