import type { CaseComparison, Divergence } from '../../src/compare/model/divergence.ts';
import type { RecordedEvidence } from '../../src/record/evidence.ts';
import type { RunRecord } from '../../src/record/run-record.ts';
import type {
  RecordedBody,
  RecordedCase,
  RecordedComparison,
  RecordedExchange,
  RecordedFinding,
  RunFooter,
  RunHeader,
} from '../../src/record/types.ts';

export const header = (over: Partial<RunHeader> = {}): RunHeader => ({
  type: 'header',
  schema: 'parity-run/1',
  id: '20261121-101500-4f2a',
  startedAt: '2026-11-21T10:15:00.000Z',
  seed: 42,
  tool: { name: 'parity-prober', version: '0.1.0' },
  targets: [
    { name: 'rust', url: 'http://127.0.0.1:3100', role: 'reference' },
    { name: 'go', url: 'http://127.0.0.1:4110', role: 'candidate' },
  ],
  level: 'value',
  total: 6,
  selected: 6,
  comparedHeaders: ['content-type', 'location', 'allow'],
  ...over,
});

export const evidence = (over: Partial<RecordedEvidence> = {}): RecordedEvidence => ({
  selfCheck: { seeded: 40, seen: 38, hidden: [{ rule: 'ignore /request_id', count: 2 }], missed: [] },
  coverage: {
    routes: [{ route: 'POST /v1/validate', statuses: [200, 422], contentTypes: ['application/json'], cases: 6 }],
    emptyArrays: { count: 1, places: [{ route: 'GET /v1/objects', pointer: '/objects' }] },
    emptyFields: { count: 0, places: [] },
    bodiesSkipped: 0,
  },
  rules: [
    {
      rule: 'ignore /request_id',
      reason: 'generated per request',
      touched: 6,
      leaves: 60,
      share: 0.1,
      mutated: 6,
      unseen: 5,
      unread: 0,
    },
  ],
  uncomparedHeaders: ['content-length', 'date'],
  ...over,
});

export const footer = (over: Partial<RunFooter> = {}): RunFooter => ({
  type: 'footer',
  finishedAt: '2026-11-21T10:15:02.000Z',
  interrupted: false,
  verdict: 'parity',
  exitCode: 0,
  findings: [],
  evidence: evidence(),
  notes: [],
  tracker: { file: 'docs/ARCHITECTURE_COMPARISON.md', written: false, added: [], changed: [] },
  ...over,
});

export const textBody = (text: string): RecordedBody => ({ text, bytes: Buffer.byteLength(text), truncated: false });

export const exchange = (request: string, status: number, answer: string): RecordedExchange => ({
  step: 0,
  request: {
    method: 'POST',
    path: '/v1/validate',
    headers: [['content-type', 'application/json']],
    body: textBody(request),
  },
  response: {
    status,
    statusText: status === 200 ? 'OK' : 'Unprocessable Entity',
    headers: [
      ['Content-Type', 'application/json'],
      ['Date', 'Sat, 21 Nov 2026 10:15:01 GMT'],
      ['Content-Length', String(answer.length)],
    ],
    body: textBody(answer),
  },
  failure: null,
  durationMs: 3.5,
});

const held: CaseComparison['ladder'] = { status: true, shape: true, value: true, wire: true };
const shapeLost = { status: true, shape: false, value: false, wire: false };

export const comparison = (over: Partial<RecordedComparison> = {}): RecordedComparison => ({
  candidate: 'go',
  outcome: 'match',
  ladder: held,
  headers: true,
  reason: null,
  message: null,
  divergences: [],
  noise: [],
  ...over,
});

export const divergence = (over: Partial<Divergence> = {}): Divergence => ({
  exchange: 0,
  facet: 'body',
  pointer: '/Schema',
  kind: 'missing',
  rung: 'shape',
  reference: '{"field":"fingerprint","reason":"missing"}',
  candidate: null,
  ...over,
});

export const runCase = (id: string, over: Partial<RecordedCase> = {}): RecordedCase => ({
  type: 'case',
  id,
  suite: id.split('/')[0] ?? '',
  title: null,
  source: `cases/${id.split('/')[0]}.yaml:12`,
  comparisons: [comparison()],
  exchanges: null,
  ...over,
});

const kinds = [
  ['bad-operation', 'Operation', 'operation', 'an operation that does not exist'],
  ['empty-selector', 'Selector', 'selector', 'an empty selector is refused'],
  ['missing-field', 'Schema', 'fingerprint', 'a playbook without a fingerprint is a schema error'],
  ['unknown-kind', 'Kind', 'kind', 'a kind that nobody knows'],
  ['wrong-type', 'Type', 'steps', 'steps must be a list'],
] as const;

const divergentCase = ([id, variant, field, title]: (typeof kinds)[number]): RecordedCase => {
  const inner = `{"field":"${field}","reason":"not acceptable here"}`;
  const flat = `{"Kind":"${variant.toLowerCase()}","Field":"${field}","Reason":"not acceptable here"}\n`;
  const asked = '{"kind":"playbook","artifact":{"operation":"fill"}}';
  return runCase(`validate/${id}`, {
    title,
    comparisons: [
      comparison({
        outcome: 'divergent',
        ladder: shapeLost,
        divergences: [
          divergence({ pointer: `/${variant}`, reference: inner }),
          divergence({ pointer: '/Kind', kind: 'extra', reference: null, candidate: `"${variant.toLowerCase()}"` }),
          divergence({
            pointer: '',
            kind: 'bytes',
            rung: 'wire',
            reference: `{"${variant}":${inner}}`,
            candidate: flat.trim(),
          }),
        ],
      }),
    ],
    exchanges: { rust: [exchange(asked, 422, `{"${variant}":${inner}}`)], go: [exchange(asked, 422, flat)] },
  });
};

export const enumFinding = (over: Partial<RecordedFinding> = {}): RecordedFinding => ({
  id: 'P-3F2A9C1D',
  fingerprint: '3f2a9c1d00000000000000000000000000000000000000000000000000000000',
  candidate: 'go',
  facet: 'body',
  rung: 'shape',
  class: 'enum-external-vs-flat',
  also: ['key-casing', 'trailing-newline'],
  verified: true,
  verifiedAt: 'wire',
  recognised: false,
  severity: 'breaking',
  direction: null,
  impact: 'A client of the flat form reads an empty kind.',
  route: 'POST /v1/validate',
  routes: ['POST /v1/validate'],
  pointer: '',
  title: 'rust wraps the variant in a key of its own, go names it in the member Kind',
  fixes: [
    {
      target: 'rust',
      text: '#[serde(tag = "Kind", rename_all = "snake_case", rename_all_fields = "PascalCase")] on the enum',
    },
    {
      target: 'go',
      text: 'a MarshalJSON that writes the variant as the only key, and json:"field" tags on its members',
    },
  ],
  cases: kinds.map(([id]) => `validate/${id}`),
  example: {
    case: 'validate/missing-field',
    reference: '{"Schema":{"field":"fingerprint","reason":"not acceptable here"}}',
    candidate: '{"Kind":"schema","Field":"fingerprint","Reason":"not acceptable here"}',
  },
  state: 'new',
  decision: null,
  divergences: kinds.flatMap(([id]) => [[`validate/${id}`, 'go', 0] as const, [`validate/${id}`, 'go', 1] as const]),
  ...over,
});

const validateCases = [...kinds.map(divergentCase), runCase('validate/valid', { title: 'a valid playbook' })];

/** Six cases of one suite, five of them divergent with one cause. */
export const divergentRun = (): RunRecord => ({
  header: header(),
  cases: validateCases,
  footer: footer({ verdict: 'divergent', exitCode: 1, findings: [enumFinding()] }),
});

/** Everything matches. */
export const parityRun = (): RunRecord => ({
  header: header({ total: 3, selected: 3 }),
  cases: ['a', 'b', 'c'].map((id) => runCase(`storage/${id}`)),
  footer: footer(),
});

/** The five divergent cases again, after somebody accepted their cause. */
export const acceptedRun = (): RunRecord => ({
  header: header(),
  cases: validateCases,
  footer: footer({
    verdict: 'divergent',
    findings: [enumFinding({ state: 'accepted', decision: 'clients use the v2 envelope; see ADR 12' })],
  }),
});

const refused = {
  reason: 'connection-refused',
  message: 'go refused the connection at 127.0.0.1:4110',
  hint: 'start it',
};

/** One case of three could not be judged, one showed noise. */
export const inconclusiveRun = (): RunRecord => ({
  header: header({ total: 9, selected: 3 }),
  cases: [
    runCase('storage/get', {
      comparisons: [comparison({ outcome: 'inconclusive', reason: refused.reason, message: refused.message })],
      exchanges: {
        rust: [exchange('', 200, 'hello')],
        go: [{ ...exchange('', 200, ''), response: null, failure: refused }],
      },
    }),
    runCase('storage/list', {
      comparisons: [comparison({ outcome: 'inconclusive', reason: 'flaky', message: 'rust shows it against itself' })],
    }),
    runCase('storage/put'),
  ],
  footer: footer({ verdict: 'inconclusive', exitCode: 3, notes: ['go is down: 1 case was not judged'] }),
});

/** The tool was killed after two of six cases. */
export const cutOffRun = (): RunRecord => ({ header: header(), cases: validateCases.slice(3, 5), footer: null });

/** Two candidates; the second diverges in a header and in the value of a body. */
export const twoCandidatesRun = (): RunRecord => ({
  header: header({
    total: 2,
    selected: 2,
    targets: [...header().targets, { name: 'node', url: 'http://127.0.0.1:5110', role: 'candidate' }],
  }),
  cases: ['storage/get', 'storage/head'].map((id) =>
    runCase(id, {
      comparisons: [
        comparison(),
        comparison({
          candidate: 'node',
          outcome: 'divergent',
          ladder: { ...held, value: false, wire: false },
          headers: false,
          divergences: [
            divergence({
              facet: 'headers',
              pointer: '/content-type',
              kind: 'value',
              rung: null,
              reference: 'application/json',
              candidate: 'text/plain',
            }),
            divergence({ pointer: '/size', kind: 'value', rung: 'value', reference: '1.0', candidate: '1' }),
          ],
        }),
      ],
      exchanges: {
        rust: [exchange('', 200, '{"size":1.0,"items":[{"id":"a"},{"id":"b"}]}')],
        node: [exchange('', 200, '{"size":1.5,"items":[{"id":"b"},{"id":"c","toString":null}]}')],
      },
    }),
  ),
  footer: footer({
    verdict: 'divergent',
    exitCode: 1,
    findings: [
      enumFinding({
        id: 'P-00000002',
        candidate: 'node',
        facet: 'headers',
        rung: null,
        class: 'unexplained',
        also: [],
        verified: false,
        verifiedAt: null,
        severity: 'risky',
        route: 'GET /v1/objects/{key}',
        routes: ['GET /v1/objects/{key}'],
        impact: 'Clients choose what to do by this header.',
        pointer: '/content-type',
        title: 'the header content-type differs',
        fixes: [],
        cases: ['storage/get', 'storage/head'],
        example: { case: 'storage/get', reference: 'application/json', candidate: 'text/plain' },
        state: 'reopened',
        divergences: [
          ['storage/get', 'node', 0],
          ['storage/head', 'node', 0],
          ['storage/get', 'node', 1],
          ['storage/head', 'node', 1],
        ],
      }),
    ],
  }),
});

export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</style></title></textarea><svg onload=alert(1)>',
  'javascript:alert(1)',
  '\u001b[31mred\u001b]52;c;aGk=\u0007\u009b2J',
  '\n::error::forged\n##[error]forged ##vso[task.complete]',
  '::add-mask::x',
  ']]> \u0000\u0008\ufffe\ud800 end',
  '\u202etxt.exe\u2066\u200b\ufeff',
  '| a | b |\n|---|---|\n',
  '``` `code` ~~~ **bold** [a](http://x.example) ![i](http://x.example/b.png) @team #123 <!-- c --> </details>',
  '$(touch pwned) `touch pwned` \'; touch pwned; "',
  '\u{e0041}\u{1f600} ünï',
];

const hostileCase = (text: string, index: number): RecordedCase => {
  const sent: RecordedExchange = {
    step: 0,
    request: { method: text, path: text, headers: [[text, text]], body: textBody(text) },
    response: {
      status: 200,
      statusText: text,
      headers: [
        [text, text],
        ['content-type', text],
      ],
      body: textBody(text),
    },
    failure: null,
    durationMs: 1,
  };
  const failed: RecordedExchange = { ...sent, response: null, failure: { reason: text, message: text, hint: text } };
  return runCase(`${text}/${index}`, {
    suite: text,
    title: text,
    source: `${text}:7`,
    comparisons: [
      comparison({
        candidate: text,
        outcome: index % 2 === 0 ? 'divergent' : 'inconclusive',
        ladder: shapeLost,
        reason: index % 2 === 0 ? null : text,
        message: index % 2 === 0 ? null : text,
        divergences: [divergence({ pointer: `/${text}`, reference: text, candidate: text })],
      }),
    ],
    exchanges: { rust: [sent], [text]: [index % 2 === 0 ? sent : failed] },
  });
};

/** Hostile text wherever a target, a file or a person can put text. */
export const hostileRun = (texts: readonly string[] = hostileTexts): RunRecord => ({
  header: header({
    id: texts.join(''),
    startedAt: texts.join(''),
    tool: { name: texts.join(''), version: texts.join('') },
    targets: [
      { name: 'rust', url: 'http://127.0.0.1:3100', role: 'reference' },
      ...texts.map((text) => ({ name: text, url: text, role: 'candidate' as const })),
    ],
    level: texts.join(''),
    total: texts.length,
    selected: texts.length,
    comparedHeaders: texts,
  }),
  cases: texts.map(hostileCase),
  footer: footer({
    verdict: 'divergent',
    exitCode: 1,
    findings: texts.map((text, index) =>
      enumFinding({
        id: text,
        fingerprint: text,
        candidate: text,
        class: text,
        also: [text],
        route: text,
        pointer: text,
        title: text,
        fixes: [{ target: text, text }],
        cases: [`${text}/${index}`, text],
        example: { case: `${text}/${index}`, reference: text, candidate: text },
        state: index % 3 === 0 ? 'accepted' : 'new',
        decision: text,
        divergences: [[`${text}/${index}`, text, 0]],
      }),
    ),
    evidence: evidence({
      selfCheck: {
        seeded: 2,
        seen: 0,
        hidden: texts.map((text) => ({ rule: text, count: 1 })),
        missed: texts.map((text) => ({ case: text, mutation: text, pointer: text })),
      },
      rules: texts.map((text) => ({
        rule: text,
        reason: text,
        touched: 1,
        leaves: 1,
        share: 1,
        mutated: 1,
        unseen: 1,
        unread: 0,
      })),
      uncomparedHeaders: texts,
    }),
    notes: texts,
    tracker: { file: texts.join(''), written: true, added: texts, changed: texts },
  }),
});
