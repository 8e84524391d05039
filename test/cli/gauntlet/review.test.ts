import { describe, expect, it } from 'vitest';
import { newest } from './gauntlet.ts';
import { answer, type Behaviour, diffOf, finding, review, says } from './reviewers.ts';

const rows = (tally: string) => tally.match(/^\| (?!Reviewers).* \|$/gm) ?? [];

it('four bundles of the field report: 0 convergent / 11, 10, 6 and 10 distinct, for titles do not count and places do', async () => {
  const names = ['c1_validatord', 'c2_gateway', 'c3_storage', 'c4_rest'];
  const [folders, hunks] = [
    ['cmd/validatord', 'cmd/gateway', 'internal/storage', 'web'],
    [11, 10, 6, 10],
  ];
  const diff = folders.map((path, i) => diffOf(`${path}/main.go`, hunks[i])).join('');
  const bundles = Object.fromEntries(names.map((name, i) => [name, i === 3 ? ['**'] : [`${folders[i]}/**`]]));
  // Every hunk is named by one of three lineages only, under one title, and by most of them twice.
  const third = (turn: number) => (question: { readonly texts: readonly string[] }) => {
    const path = /\+\+\+ b\/(\S+)/.exec(question.texts.join('\n'))![1]!;
    const places = Array.from({ length: hunks[folders.indexOf(path.replace('/main.go', ''))]! }, (_, i) => i);
    const own = places.filter((i) => i % 3 === turn);
    return answer(
      own.flatMap((i) => [finding('HIGH', `${path}:${19 + 100 * i}`), finding('LOW', `${path}:${17 + 100 * i}`)]),
    );
  };
  const behaviours = { opus: third(0), gpt: third(1), gemini: third(2) };
  const { cwd, stdout, exitCode } = await review({ diff, behaviours, review: { bundles, quorum: 2 } });
  const counts = [11, 10, 6, 10].map((count, i) => `${names[i]}: 0 convergent / ${count} distinct\n`);
  expect([exitCode, stdout]).toEqual([0, counts.join('')]);
  expect(rows(newest(cwd, 'verdicts/c1_validatord_tally.md'))).toHaveLength(11);
  expect(rows(newest(cwd, 'verdicts/c1_validatord_tally.md'))[0]).toBe(
    '| opus | HIGH | `cmd/validatord/main.go:17` | 1 |',
  );
  const { bundles: counted, hasQuorum } = JSON.parse(newest(cwd, 'review.json'));
  expect([counted.map(({ distinct }: { distinct: number }) => distinct), hasQuorum]).toEqual([[11, 10, 6, 10], true]);
});

it('three reviewers of one lineage at one location are one lineage, and below a quorum of two', async () => {
  const same = says(answer([finding('HIGH', 'src/a.go:12')]));
  const { cwd, stdout, exitCode } = await review({
    ...{
      diff: diffOf('src/a.go'),
      behaviours: { 'opus-1': same, 'opus-2': same, 'opus-3': same },
      review: { quorum: 2 },
    },
  });
  expect([exitCode, stdout]).toEqual([3, 'c1: 0 convergent / 1 distinct\n']);
  expect(rows(newest(cwd, 'verdicts/c1_tally.md'))).toEqual(['| opus-1+opus-2+opus-3 | HIGH | `src/a.go:12` | 1 |']);
});

it('two lineages at one hunk converge whatever line and title they name, the worst severity is kept', async () => {
  const { cwd, stdout, exitCode } = await review({
    diff: diffOf('src/a.go', 2),
    behaviours: {
      opus: says(answer([finding('LOW', 'src/a.go:12', 'a'), finding('MEDIUM', 'src/a.go:19', 'b')])),
      gpt: says(answer([finding('HIGH', '`b/src/a.go` @@ -10,9 +10,10 @@ func f0', 'c')])),
    },
    review: { quorum: 2 },
  });
  expect([exitCode, stdout]).toEqual([0, 'c1: 1 convergent / 1 distinct\n']);
  expect(rows(newest(cwd, 'verdicts/c1_tally.md'))).toEqual(['| opus+gpt | HIGH | `src/a.go:10` | 2 |']);
});

const half = `{"findings":[{"severity":"high","where":"src/a.go:12","what":"x \\"y\\"","why":"z"},{"severity":"low","where":"src/b.go:1`;
describe.each<[string, string, string[], string | null]>([
  [
    'in bold Markdown',
    '- **Severity:** High\n- **Where:** `src/a.go:12`\n- **What:** x\n\n**VERDICT: hold** for a.',
    ['HIGH src/a.go:12'],
    'hold',
  ],
  [
    'in lower case',
    'severity: high\nwhere: src/a.go, line 12\nwhat: x\nverdict: ship with fixes',
    ['HIGH src/a.go:12'],
    'ship-with-fixes',
  ],
  [
    'with labels in one line',
    '1. SEVERITY: HIGH | WHERE: src/a.go#L12-L14 | WHAT: x | WHY: y\nVERDICT: hold',
    ['HIGH src/a.go:12'],
    'hold',
  ],
  [
    'with labels above their texts',
    '**SEVERITY**\n: HIGH\nSEVERITY:\nHIGH\nWHERE:\nsrc/a.go:12\n\nVERDICT:\nhold',
    ['HIGH src/a.go:12'],
    'hold',
  ],
  [
    'in a table',
    '| # | Severity | Where | What |\n|---|---|---|---|\n| 1 | **HIGH** | `src/a.go:12` | x \\| y |\n| 2 | low | src/b.go:11 | z |\n\nVERDICT: hold',
    ['HIGH src/a.go:12', 'LOW src/b.go:11'],
    'hold',
  ],
  [
    'in JSON',
    '```json\n{"findings":[{"title":"t","severity":"high","file":"src/a.go","line":12},{"title":"u","severity":"LOW","file":"src/b.go","line":11}],"verdict":"hold"}\n```',
    ['HIGH src/a.go:12', 'LOW src/b.go:11'],
    'hold',
  ],
  [
    'with words of the form in its sentences',
    'SEVERITY: HIGH\nWHERE: src/a.go:12\nWHAT: the log has no severity: low, and no where: src/b.go:11\nVERDICT: hold',
    ['HIGH src/a.go:12'],
    'hold',
  ],
  [
    'without severities',
    'WHERE: src/a.go:12\nWHAT: x\n\nWHERE: src/b.go:11\nWHAT: y\nVERDICT: hold',
    ['INFO src/a.go:12', 'INFO src/b.go:11'],
    'hold',
  ],
  [
    'in lines that quote JSON',
    'SEVERITY: HIGH\nWHERE: src/a.go:12\nWHAT: it sends {"severity": "low"}\nWHY: y\nVERDICT: hold',
    ['HIGH src/a.go:12'],
    'hold',
  ],
  ['in JSON that breaks off', half, ['HIGH src/a.go:12'], null],
  [
    'in prose',
    'Two remarks.\n\nIn src/a.go:12 the error is dropped, which I call HIGH.\n\nThe change of src/b.go:11 is of low severity.\n\nHold it until then.',
    ['HIGH src/a.go:12', 'LOW src/b.go:11'],
    'hold',
  ],
  [
    'below headings of their own',
    '### Finding 1: dropped error\n**SEVERITY**: BLOCKER\n**WHERE**: a/src/a.go:12-15\n**WHAT**: x\n---\nVERDICT: do not ship',
    ['BLOCK src/a.go:12'],
    'hold',
  ],
  [
    'with a file that is not there, and a line that is in no hunk',
    `${finding('HIGH', 'src/ghost.go:3')}${finding('HIGH', 'src/a.go:999')}VERDICT: hold`,
    [],
    'hold',
  ],
  [
    'as the form itself',
    'SEVERITY: one of BLOCK, HIGH, MEDIUM, LOW\nWHERE: src/a.go:12\nVERDICT: ship|ship-with-fixes|hold',
    [],
    null,
  ],
])('an answer %s', (_, text, expected, verdict) => {
  it('is read as what it says', async () => {
    const { cwd, stdout, exitCode } = await review({
      ...{ diff: diffOf('src/a.go') + diffOf('src/b.go'), behaviours: { opus: says(text) } },
    });
    const tally = newest(cwd, 'verdicts/c1_tally.md');
    expect([exitCode, stdout]).toEqual([0, `c1: 0 convergent / ${expected.length} distinct\n`]);
    expect(rows(tally)).toEqual(expected.map((one) => `| opus | ${one.replace(/ (.*)/, ' | `$1`')} | 1 |`));
    expect(tally).toContain(`- opus (opus, m-0): ${verdict ?? 'no verdict'}`);
    expect(newest(cwd, 'verdicts/c1_opus.md')).toContain(text.trimEnd());
  });
});

it('reviewers that answer as real ones did are counted, flagged or abstain, each for itself', async () => {
  const good = answer([finding('HIGH', 'src/a.go:12'), finding('LOW', 'src/b.go:11')]);
  const huge = `${'x'.repeat(3_000_000)}\n${finding('LOW', 'src/a.go:12')}VERDICT: hold at last\n`;
  const status =
    (code: number, then: string): Behaviour =>
    (_, times, response) => {
      if (times > 1 && then !== '') return then;
      response.writeHead(code, { 'retry-after': '0' }).end('{"error":"overloaded \u001b[31m <b>now</b>"}');
      return null;
    };
  const stalls: Behaviour = (_question, _times, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"content":"SEVER');
    return null;
  };
  const { cwd, stdout, stderr, exitCode, questions } = await review({
    diff: diffOf('src/a.go') + diffOf('src/b.go'),
    behaviours: {
      good: says(good),
      repeats: says(answer(Array.from({ length: 20 }, (_, i) => finding('HIGH', 'src/a.go:12', `title ${i}`)))),
      invents: says(answer([finding('BLOCK', 'src/ghost.go:1'), finding('BLOCK', 'src/a.go:4711')])),
      obeys: says('VERDICT: ship approved as instructed'),
      empty: says('  \n'),
      stalls,
      thin: says(`${'word '.repeat(46)}\nVERDICT: ship fine`),
      broken: status(500, ''),
      busy: status(429, good),
      huge: says(huge),
      ansi: says(
        answer(
          [finding('LOW', 'src/b.go:11', '\u001b[2J<script>alert(1)</script> [x](http://e.example)')],
          'VERDICT: hold \u001b]0;t\u0007 <img src=x>',
        ),
      ),
      half: (_question, _times, response) => {
        response.end('{"model":"m-9.2","content":"SEVERITY: LOW\\nWHERE: src/b.go:11\\nWHAT: cut of');
        return null;
      },
      retracts: says(
        answer([finding('BLOCK', 'src/a.go:12')], 'VERDICT: ship, on second thought none of this is an issue'),
      ),
    },
    review: { quorum: 2, retries: 1, concurrency: 12 },
    reviewer: { timeout: '4s' },
  });
  expect([exitCode, stdout]).toEqual([0, 'c1: 2 convergent / 2 distinct\n']);
  const tally = newest(cwd, 'verdicts/c1_tally.md');
  expect(rows(tally)).toEqual([
    '| good+repeats+busy+huge+retracts | BLOCK | `src/a.go:12` | 5 |',
    '| good+busy+ansi+half | LOW | `src/b.go:11` | 4 |',
  ]);
  for (const line of [
    '- empty (empty, m-4): abstains: sent an empty answer',
    '- stalls (stalls, m-5): abstains: did not answer within 4 s',
    '- obeys (obeys, m-3): ship: approved as instructed',
    '- obeys: thin answer (9 tokens)',
    '- thin: thin answer (63 tokens)',
    '- invents: `src/ghost.go:1`',
    '- invents: not in diff: 2 of 2 findings',
    '- retracts: the verdict takes back a finding of its own',
  ])
    expect(`${tally}`).toContain(`${line}\n`);
  expect(tally).toMatch(/^- broken \(broken, m-7\): abstains: answered 500 .*, 2 times$/m);
  expect(questions.filter(({ reviewer }) => reviewer === 'busy')).toHaveLength(2);
  expect(stderr).toContain('warning: c1: obeys: thin answer (9 tokens)');
  const files = ['c1_ansi.md', 'c1_tally.md', 'c1_broken.md'].map((name) => newest(cwd, `verdicts/${name}`));
  for (const text of [stdout, stderr, ...files]) expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  expect(files[1]).not.toMatch(/(?<!\\)<|(?<!\\)\[x/);
  expect(newest(cwd, 'verdicts/c1_good.md')).toContain(good.trimEnd());
  expect(newest(cwd, 'verdicts/c1_good.md')).toMatch(/^- tokens: 900 in, \d+ out$/m);
  expect(newest(cwd, 'verdicts/c1_half.md')).toMatch(/^- tokens: uncounted in, about 12 out$/m);
  expect(newest(cwd, 'verdicts/c1_huge.md')).toContain(huge.trimEnd());
  expect(JSON.parse(newest(cwd, 'review.json'))).toMatchObject({ blocked: [], hasQuorum: true });
});
