import { expect, it } from 'vitest';
import { fillRequest } from '../../src/cases/variables.ts';
import { deriveProbes } from '../../src/probe/derive.ts';
import { caseFileText } from '../../src/probe/write.ts';
import { casesOf } from '../cases/library.ts';

const file = `suite: s
routes: [/v1/x]
cases:
  - id: valid
    safe: true
    request: { method: POST, path: /v1/x, headers: { authorization: "Bearer \${TOKEN}" }, json: { a: 1 } }
    compare:
      level: shape
      ignore: [{ pointer: /id, reason: generated }]
      unordered: [/items, { pointer: /tags, key: name }]
      tolerance: [{ pointer: /score, relative: 1e-9 }]
      replace: [{ pointer: /at, pattern: "\\\\d+", with: "0" }]
      origins: true
    expect: { status: 201 }
`;
const env = { TOKEN: 'a-secret-of-the-test' };

it.each(['jsonl', 'yaml'] as const)(
  '%s keeps the rules of the case, refers to its secrets, and calls nothing safe',
  async (format) => {
    const [valid] = await casesOf({ 's.yaml': file }, env);
    const { probes } = deriveProbes(valid!, { template: null, heavy: false });
    const cases = probes.slice(0, 3).map(({ testCase }) => testCase);
    const text = caseFileText(cases, { format, secrets: new Map([[env.TOKEN, 'TOKEN']]) });
    expect(text).not.toContain(env.TOKEN);
    const loaded = await casesOf({ [`p.${format}`]: text }, env);
    const kept = (one: (typeof cases)[number]) => ({
      id: one.id,
      compare: one.compare,
      routes: one.routes,
      expect: one.steps[0]?.expect,
    });
    expect(loaded.map(kept)).toEqual(cases.map(kept));
    expect(loaded.map(({ steps }) => steps[0]?.request.headers)).toEqual(
      cases.map(({ steps }) => steps[0]?.request.headers),
    );
    expect(loaded.map(({ safe }) => safe)).toEqual([false, false, false]);
  },
);

it('writes a long run of white space as a number', async () => {
  const [valid] = await casesOf({ 's.yaml': file }, env);
  const { probes } = deriveProbes(valid!, { template: null, heavy: true });
  const cases = probes.filter(({ id }) => id.startsWith('limits.body')).map(({ testCase }) => testCase);
  const text = caseFileText(cases, { format: 'jsonl', secrets: new Map() });
  expect(text.length).toBeLessThan(4000);
  expect(text.match(/"pad":\d+/g)).toEqual(['"pad":102401', '"pad":1048577', '"pad":2097153', '"pad":10485761']);
});

it('derives from braces, and writes them, so that they stay text', async () => {
  const secret = '{{a}}-secret-{{b}}';
  const literal = file.replace('path: /v1/x', `path: "/v1/{{'{'}}{x}}?q={{'{'}}{y}}"`);
  const [valid] = await casesOf({ 's.yaml': literal }, { TOKEN: secret });
  const { probes } = deriveProbes(valid!, { template: null, heavy: false });
  const sent = ({ steps: [step] }: (typeof probes)[number]['testCase']) => {
    const { body, ...rest } = fillRequest(step!.request, {});
    return { ...rest, body: Buffer.from(body ?? []).toString('latin1') };
  };
  expect(sent(probes[0]!.testCase)).toMatchObject({
    path: '/v1/{{x}}?q={{y}}',
    headers: [
      ['authorization', `Bearer ${secret}`],
      ['content-type', 'application/json'],
    ],
  });
  const first = probes.slice(0, 40).map(({ testCase }) => testCase);
  const text = caseFileText(first, { format: 'jsonl', secrets: new Map([[secret, 'TOKEN']]) });
  expect(text).not.toContain('-secret-');
  const loaded = await casesOf({ 'p.jsonl': text }, { TOKEN: secret });
  expect(loaded.map(sent)).toEqual(first.map(sent));
});
