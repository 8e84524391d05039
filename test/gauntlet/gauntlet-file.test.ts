import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readGauntletFile } from '../../src/gauntlet/gauntlet-file.ts';
import { errorOf, folderWith, lines } from '../config/folder.ts';

const read = (cwd: string, env: Record<string, string> = {}, named: string | null = null) =>
  readGauntletFile(named, { cwd, env, secrets: new Set(), short: new Set() });

/** The example of the documentation, whole. */
const whole = `
services:
  - { name: db, command: [redis-server, --port, "6390"], ready: tcp://127.0.0.1:6390 }
  - { name: files, command: ./start.sh now, ready: { command: [test, -f, made] } }
smoke:
  - { name: d1, command: [./scripts/d1.sh], timeout: 60s, env: { PORT: "3110" } }
  - { name: g2, shell: "echo \${UNSET} | wc -c", wait: { until: "http://127.0.0.1:3110/health", every: 100ms, for: 5s } }
review:
  diff: { base: v1.0 }
  bundles: { c1_validatord: ["cmd/validatord/**"], c2_rest: ["**"] }
  refuse: 120KB
  reviewers:
    - { name: opus, lineage: claude, model: m-1, url: "http://127.0.0.1:3110/v1/chat", headers: { x-key: "\${KEY}" } }
parity: {}
assess:
  scorecard: [ { dimension: Reproducibility, checks: [ { command: [npm, test], points: 6 }, { file: .ci/run, points: 4 } ] } ]
  risks: risks.yaml
  claims: claims.yaml
  gates: [ { id: G1, title: smokes, command: [parity, smoke] } ]
`;
const registers = {
  'risks.yaml':
    '- { id: R-001, severity: HIGH, title: no tests, evidence: "src/a.go:17", closedBy: { command: ["true"] } }\n',
  'claims.yaml': '- { claim: it answers, test: "test/a.ts:3", risk: R-001 }\n',
};

test('a whole gauntlet.yaml is read with its defaults, its variables, its risks and its claims', async () => {
  const cwd = folderWith({ 'gauntlet.yaml': whole, ...registers });
  const file = await read(cwd, { KEY: 'k3y-of-the-gateway' });
  expect(file).toMatchObject({
    path: join(cwd, 'gauntlet.yaml'),
    root: cwd,
    services: [
      { name: 'db', timeout: 30_000 },
      { command: ['./start.sh', 'now'], ready: { command: ['test', '-f', 'made'] } },
    ],
    smoke: [
      { name: 'd1', timeout: 60_000, env: { PORT: '3110' } },
      { shell: `echo \${UNSET} | wc -c`, wait: { every: 100, for: 5000 } },
    ],
    review: {
      diff: { base: 'v1.0', head: 'HEAD' },
      ...{ timeout: 240_000, warn: 60_000, refuse: 120_000, quorum: 2, dismiss: [] },
      reviewers: [{ api: 'gateway', headers: { 'x-key': 'k3y-of-the-gateway' } }],
    },
    parity: { config: 'parity.yaml', select: [] },
    assess: { strict: false, gates: [{ id: 'G1' }] },
    risks: [{ id: 'R-001', closedBy: { command: ['true'] } }],
    claims: [{ test: 'test/a.ts:3' }],
  });
});

test('the quick checks of this project are a gauntlet.yaml', async () => {
  const { smoke } = await read(join(import.meta.dirname, '..', '..', '.ci'));
  expect(smoke.map(({ name }) => name)).toContain('types');
});

test('every part of a gauntlet.yaml is optional', async () => {
  const cwd = folderWith({ 'gauntlet.yaml': '' });
  expect(await read(cwd)).toMatchObject({ services: [], smoke: [], risks: [], claims: [] });
});

const check = (text: string) => `smoke:\n  - ${text}\n`;
const reviewers = (...names: string[]) =>
  names.map((name) => `    - { name: ${name}, lineage: a, model: m, url: "http://a/" }\n`).join('');
const review = (bundles: string, names: string) =>
  `review:\n  diff: a.diff\n  bundles: ${bundles}\n  reviewers:\n${names}`;
const bad: [title: string, text: string, problems: string[]][] = [
  ['an unknown key', 'smokes: []\n', ['1:1 unknown key "smokes" (did you mean `smoke`?)']],
  [
    'an unknown key of a check',
    check('{ name: a, comand: [x] }'),
    [
      '2:5 item 1 of `smoke` must have either `command` or `shell`',
      '2:16 unknown key "comand" in item 1 of `smoke` (did you mean `command`?)',
    ],
  ],
  [
    'a check of two commands',
    check('{ name: a, command: [x], shell: x }'),
    ['2:5 item 1 of `smoke` must have either `command` or `shell`'],
  ],
  [
    'a name that is not a file name',
    check('{ name: ../a, command: [x] }'),
    [expect.stringContaining('2:13 `name` must begin with a letter')],
  ],
  [
    'two checks of one name',
    check('{ name: a, command: [x] }\n  - { name: A, command: [x] }'),
    ['3:13 the name "A" is used twice (rename one of the two; upper and lower case do not count)'],
  ],
  [
    'two gates of one id',
    'assess: { gates: [ { id: G1, title: a, command: [x] }, { id: G1, title: b, command: [y] } ] }\n',
    [expect.stringContaining('1:62 the id "G1" is used twice')],
  ],
  [
    'a service that does not say when it is ready',
    'services: [ { name: a, command: [x] } ]\n',
    ['1:13 `ready` is missing'],
  ],
  [
    'a file of risks that is not there',
    'assess:\n  risks: nope.yaml\n',
    ['2:10 `assess.risks` names the file "nope.yaml", which does not exist (paths begin at the folder of this file)'],
  ],
  [
    'a duration without a unit',
    check('{ name: a, command: [x], timeout: "5" }'),
    ['2:39 `timeout` is wrong: "5" is not a duration; write it as 500ms, 10s or 2m'],
  ],
  [
    'a command line that needs a shell',
    check('{ name: a, command: "a | b" }'),
    [expect.stringContaining('2:25 `command` is not a list of words: `|` has no meaning here')],
  ],
  [
    'a wait for nothing known',
    check('{ name: a, command: [x], wait: { until: "ftp://a" } }'),
    ['2:45 `until` must begin with http://, https://, tcp:// or file:'],
  ],
  [
    'a variable that is not set',
    check(`{ name: a, command: [x], env: { A: "\${NONE}" } }`),
    [expect.stringContaining('the environment variable NONE is not set or is empty')],
  ],
  [
    'a reviewer whose answers would be the tally',
    review('{ b: ["**"] }', reviewers('tally')),
    [expect.stringContaining('two files of verdicts would have the name "b_tally"')],
  ],
  [
    'two answers of one name',
    review('{ a_b: ["x"], a: ["y"] }', reviewers('c', 'b_c')),
    [expect.stringContaining('two files of verdicts would have the name "a_b_c"')],
  ],
  [
    'more points than ten',
    'assess: { scorecard: [ { dimension: A, checks: [ { file: a, points: 6 }, { file: b, points: 5 } ] } ] }\n',
    [expect.stringContaining('has checks of more than 10 points together')],
  ],
];

describe('what is wrong in gauntlet.yaml is shown with its place', () => {
  test.each(bad)('%s', async (_, text, problems) => {
    const cwd = folderWith({ 'gauntlet.yaml': text });
    const error = await errorOf(() => read(cwd));
    expect([error.exitCode, lines(error)]).toEqual([
      2,
      problems.map((one) => (typeof one === 'string' ? `gauntlet.yaml:${one}` : one)),
    ]);
  });

  test('also in the file of risks', async () => {
    const cwd = folderWith({
      'gauntlet.yaml': 'assess: { risks: risks.yaml }\n',
      'risks.yaml': '- { id: R-1, severity: HGIH, title: x }\n',
    });
    expect(lines(await errorOf(() => read(cwd)))).toEqual([
      expect.stringMatching(/^risks\.yaml:1:24 `severity` must be .*\(did you mean `HIGH`\?\)$/),
    ]);
  });

  test('also two risks of one id, and a claim about a risk that is not there', async () => {
    const cwd = folderWith({
      'gauntlet.yaml': 'assess: { risks: risks.yaml, claims: claims.yaml }\n',
      'risks.yaml': '- { id: R-001, severity: LOW, title: x }\n- { id: r-001, severity: LOW, title: y }\n',
      'claims.yaml': '- { claim: x, risk: R-01 }\n',
    });
    expect(lines(await errorOf(() => read(cwd)))).toEqual([
      'risks.yaml:2:9 the id "r-001" is used twice (rename one of the two; upper and lower case do not count)',
    ]);
    writeFileSync(join(cwd, 'risks.yaml'), '- { id: R-001, severity: LOW, title: x }\n');
    expect(lines(await errorOf(() => read(cwd)))).toEqual([
      'claims.yaml:1:21 there is no risk "R-01" in the file of risks (did you mean `R-001`?)',
    ]);
  });

  test('also that the configuration of the parity run is not there, once it is needed', async () => {
    const file = await read(folderWith({ 'gauntlet.yaml': 'smoke: []\nparity: { select: [a] }\n' }));
    expect(lines(await errorOf(file.parityConfig))).toEqual([
      'gauntlet.yaml:2:9 `parity.config` names the file "parity.yaml", which does not exist (parity init writes a parity.yaml)',
    ]);
  });

  test('also that there is no such file', async () => {
    const cwd = folderWith({ '.git/x': '' });
    expect(await errorOf(() => read(cwd))).toMatchObject({ code: 'PX2105', exitCode: 2 });
    expect(await errorOf(() => read(cwd, {}, 'other.yaml'))).toMatchObject({ code: 'PX2105' });
  });
});
