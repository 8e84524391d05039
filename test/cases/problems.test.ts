import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCases } from '../../src/cases/read/load.ts';
import { ParityError } from '../../src/errors.ts';
import { folderWith, lines } from '../config/folder.ts';
import { errorOfCases } from './library.ts';

const one = (id: string, path = '/') => `cases: [{ id: ${id}, request: { path: ${path} } }]\n`;

test('the problems of all files come together, each with its line', async () => {
  const error = await errorOfCases({
    'a.yaml':
      'cases:\n  - id: x\n    request:\n      path: /\n      headres: { a: b }\n  - id: y\n    request: { path: x }\n',
    'b.jsonl': '{"id":"x","request":{"path":"/"}}\n{"id":"y","request":{"pth":"/"}}\n[]\n',
    'c.yaml': one('fine'),
  });
  expect(error).toMatchObject({ code: 'PX2201', exitCode: 2, message: '5 problems in 2 files. Nothing was sent.' });
  expect(lines(error)).toEqual([
    'a.yaml:5:7 unknown key "headres" in `request` (did you mean `headers`?)',
    'a.yaml:7:22 a path begins with `/` (the host comes from the url of the target)',
    'b.jsonl:2:21 `path` is missing',
    'b.jsonl:2:22 unknown key "pth" in `request` (did you mean `path`?)',
    'b.jsonl:3:1 a line of a JSON Lines file is one JSON object',
  ]);
  expect(error.problems[0]).toMatchObject({ source: '      headres: { a: b }', length: 7 });
});

test.each<[string, string, string[]]>([
  ['an empty file', '', ['1:1 the file is empty (begin with `cases:`)']],
  ['a file of comments', '# later\n', ['1:1 the file is empty (begin with `cases:`)']],
  [
    'words of other tools',
    'cases:\n  - name: a\n    request: GET /a?q=1\n  - id: b\n    request: { verb: GET, url: /b, query: { a: 1 }, body: x, query_params: 1 }\n',
    [
      '2:5 `id` is missing',
      '2:5 unknown key "name" (did you mean `title`?)',
      '3:14 `request` must be a map, not text (write it as { "method": "GET", "path": "/a?q=1" })',
      '5:14 `path` is missing',
      '5:16 unknown key "verb" in `request` (did you mean `method`?)',
      '5:27 unknown key "url" in `request` (did you mean `path`?)',
      '5:36 unknown key "query" in `request` (a query stands in the path: /search?q=1)',
      '5:53 unknown key "body" in `request` (a body is one of `json`, `text`, `form`, `multipart`, `raw`, `base64` and `file`)',
      '5:62 unknown key "query_params" in `request` (a query stands in the path: /search?q=1)',
    ],
  ],
  [
    'a merge key of YAML 1.1',
    'cases:\n  - id: a\n    request: &get { path: /a }\n  - id: b\n    request:\n      <<: *get\n      path: /b\n',
    ['6:7 unknown key "<<" in `request` (merge keys are no part of YAML 1.2: write the keys out)'],
  ],
  ['a list', '- id: x\n', ['1:1 a case file must be a map (begin with `cases:`)']],
  [
    'a case with problems of every sort',
    `cases:
  - id: a b
    request: { path: health, json: 1, text: x }
    expect: { status: "200" }
    steps: []
  - id: c
    steps:
      - request: { path: x }
      - request: { path: /, method: get }
        parallel: 0
`,
    [
      '2:9 "a b" cannot be an id (use letters, digits, `.`, `_` and `-`, beginning with a letter or digit)',
      '3:22 a path begins with `/` (the host comes from the url of the target)',
      '3:39 `text` cannot be combined with `json`: a request has one body (remove one of them)',
      '4:23 `status` must be a number, not text',
      '5:12 `steps` must have at least 1 item(s)',
      '8:26 a path begins with `/` (the host comes from the url of the target)',
      '9:37 the method "get" is not in capitals (write GET)',
      '10:19 `parallel` must be at least 1',
    ],
  ],
  [
    'cases below a key of the file that does not fit',
    'safe: 1\ncases:\n  - { id: a b, with: [{ n: a }, { n: b }], request: { path: "{{n}}" } }\n  - 1\n',
    [
      '1:7 `safe` must be true or false, not a number',
      '3:11 "a b" cannot be an id (use letters, digits, `.`, `_` and `-`, beginning with a letter or digit)',
      '3:61 a path begins with `/` (the host comes from the url of the target)',
      '4:5 this must be a map, not a number',
    ],
  ],
  [
    'cases below values that do not fit, which might stand for anything in them',
    'values: 1\ncases:\n  - { id: x, request: { path: / }, expect: { status: "{{n}}" } }\n',
    ['1:9 `values` must be a map, not a number'],
  ],
  [
    'a file that is not a case file',
    'a: 1\n',
    [
      '1:1 a case file needs the key `cases` (a file that is not a case file goes into a folder whose name begins with `_`)',
    ],
  ],
  ['no case', 'cases: []\n', ['1:8 `cases` must have at least 1 item(s)']],
  ['a key of the file', `${one('x')}sute: a\n`, ['2:1 unknown key "sute" (did you mean `suite`?)']],
  [
    'ids',
    'cases:\n  - { id: a b, request: { path: / } }\n  - { id: 404, request: { path: / } }\n  - { request: { path: / } }\n',
    [
      '2:11 "a b" cannot be an id (use letters, digits, `.`, `_` and `-`, beginning with a letter or digit)',
      '3:11 `id` must be text, not a number (put it in quotes)',
      '4:5 `id` is missing',
    ],
  ],
  [
    'a suite',
    `suite: a/b\n${one('x')}`,
    ['1:8 "a/b" cannot name a suite (set `suite:` to letters, digits, `.`, `_` and `-`)'],
  ],
  ['no request', 'cases: [{ id: x }]\n', ['1:9 a case needs `request` or `steps` (request: { path: / })']],
  [
    'request beside steps',
    'cases:\n  - id: x\n    steps: [{ request: { path: / } }]\n    expect: { status: 200 }\n',
    ['4:5 `expect` cannot be combined with `steps` (move it into a step)'],
  ],
  [
    'a step without request',
    'cases:\n  - id: x\n    steps:\n      - expect: { status: 200 }\n',
    ['4:9 `request` is missing'],
  ],
  [
    'expectations',
    'cases: [{ id: x, request: { path: / }, expect: { status: 99, body: x } }]\n',
    ['1:58 `status` must be at least 100', '1:62 unknown key "body" in `expect` (known keys: status)'],
  ],
  ['parallel', 'cases: [{ id: x, request: { path: / }, parallel: 101 }]\n', ['1:50 `parallel` must be at most 100']],
  [
    'captures',
    'cases:\n  - id: x\n    request: { path: / }\n    capture:\n      a: { pointer: x }\n      b: {}\n      c: { header: a, pointer: / }\n      d: { status: false }\n',
    ['8:20 `status` must be `true`, not true or false'],
  ],
  [
    'captures, once their form is right',
    'cases:\n  - id: x\n    request: { path: / }\n    capture:\n      a: { pointer: x }\n      b: {}\n      c: { header: a, pointer: / }\n      d: { header: "a b" }\n      1x: { status: true }\n      __proto__: { status: true }\n',
    [
      '5:21 "x" is not a JSON Pointer: it must be empty or begin with `/` (write "/x")',
      '6:7 a captured value comes from one of `pointer`, `header`, `match` and `status` (`match` may be combined with `pointer` or `header`)',
      '7:7 a captured value comes from one of `pointer`, `header`, `match` and `status` (`match` may be combined with `pointer` or `header`)',
      '8:20 "a b" is not a header name',
      '9:7 "1x" cannot name a captured value (use a letter, then letters, digits, `_`, `-`)',
      '10:7 "__proto__" cannot name a captured value (use a letter, then letters, digits, `_`, `-`)',
    ],
  ],
  [
    'compare',
    'cases: [{ id: x, request: { path: / }, compare: { levl: wire } }]\n',
    ['1:51 unknown key "levl" in `compare` (did you mean `level`?)'],
  ],
  [
    'a placeholder before its capture',
    'cases:\n  - id: x\n    steps:\n      - request: { path: "/a/{{ etag }}" }\n        capture: { etags: { header: etag } }\n      - request: { path: "/{{etag}}" }\n',
    [
      "4:30 `{{etag}}` has no value: no earlier step captures it, and not every row of `with` has it (to send the braces as they are, write {{'{'}}{etag}})",
      '6:28 `{{etag}}` has no value: no earlier step captures it, and not every row of `with` has it (did you mean `etags`?)',
    ],
  ],
  [
    'a captured value in the spelling of others',
    `cases:
  - id: x
    steps:
      - request: { path: '/\${id}/{id}/:id' }
        capture: { id: { pointer: /id } }
      - request: { path: '/a/\${id}?q={id}&r={{id}}' }
      - request: { path: '/a/:id/\${di}/{{id}}:id/:ids' }
`,
    [
      `6:26 "\${id}" would be sent as it stands, and an earlier step captures \`id\` (write {{id}}; to send it as it is, capture under another name)`,
      '6:26 "{id}" would be sent as it stands, and an earlier step captures `id` (write {{id}}; to send it as it is, capture under another name)',
      '7:26 ":id" would be sent as it stands, and an earlier step captures `id` (write {{id}}; to send it as it is, capture under another name)',
    ],
  ],
  [
    'an environment variable where none is known',
    `cases:
  - id: x
    request: { method: POST, path: '/\${KEY}/x?k=\${KEY:-1}', json: { user: [{ name: '\${USER_NAME}' }, 'the \${USER_NAME}'] } }
  - { id: y, request: { method: POST, path: "/\${{'{'}}KEY}/\${key}", json: { a: "\${{'{'}}KEY}" }, headers: { a: '\${HOME:-x}' } } }
  - { id: z, request: { method: POST, path: /, form: { a: '\${KEY:-x}' } } }
`,
    [
      `3:36 "\${KEY}" would be sent as it stands: headers and \`values\` alone know environment variables (set \`values: { name: "\${KEY}" }\` and write {{name}} here; to send it as it is, write \${{'{'}}KEY})`,
      `3:84 "\${USER_NAME}" would be sent as it stands: headers and \`values\` alone know environment variables (set \`values: { name: "\${USER_NAME}" }\` and write {{name}} here; to send it as it is, write \${{'{'}}USER_NAME})`,
      `5:59 "\${KEY:-x}" would be sent as it stands: headers and \`values\` alone know environment variables (set \`values: { name: "\${KEY:-x}" }\` and write {{name}} here; to send it as it is, write \${{'{'}}KEY:-x})`,
    ],
  ],
  [
    'an unknown tag',
    'cases: [{ id: x, request: { path: !env X } }]\n',
    ['1:40 the tag "!env" is not supported (write a plain value)'],
  ],
])('PX2201 at the place: %s', async (_, file, expected) => {
  const error = await errorOfCases({ 'a.yaml': file });
  expect(lines(error)).toEqual(expected.map((line) => `a.yaml:${line}`));
  expect(error.code).toBe('PX2201');
});

test.each([
  ['the same', 'x', 'the id `s/x` is already used at a.yaml:2:9'],
  ['case aside', 'X', 'the id `s/X` is already used at a.yaml:2:9 (as `s/x`: only upper and lower case differ)'],
])('an id that is there twice names both places: %s', async (_, second, message) => {
  const error = await errorOfCases({ 'a.yaml': `suite: s\n${one('x')}`, 'b.yaml': `suite: s\n${one(second)}` });
  expect(lines(error)).toEqual([`b.yaml:2:15 ${message} (give one of them another id, or another suite)`]);
});

test('whatever stands in a file, it gives cases or a ParityError with a place', async () => {
  const seed =
    'suite: s\ncases:\n  - id: x\n    with: [{ a: 1 }]\n    request: { path: "/{{a}}", headers: { b: c }, json: [1] }\n';
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    '- ',
    '\n',
    '"',
    '&a ',
    '*a',
    '!!str ',
    '{{a}}',
    '__proto__: 1',
    '~',
    '\t',
  );
  const edit = fc.tuple(fc.nat(seed.length), fc.nat(6), piece);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const text = edits.reduce((out, [at, cut, put]) => out.slice(0, at) + put + out.slice(at + cut), seed);
      const root = folderWith({ 'a.yaml': text });
      const result = await loadCases([root], { root, env: {} }).catch((error: unknown) => error);
      if (result instanceof ParityError)
        expect(result.problems.every(({ line, col }) => line >= 1 && col >= 1)).toBe(true);
      else expect(result).toMatchObject({ cases: expect.any(Array) });
    }),
    { numRuns: 300 },
  );
});
