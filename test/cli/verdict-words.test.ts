import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/record/read.ts';
import { renderTerminal } from '../../src/report/text/terminal.ts';
import { type Ended, folder, home, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

/** What a run says of itself, in each format that people read. */
interface Said {
  readonly exitCode: number;
  /** Last line of the terminal. */
  readonly verdict: string;
  readonly terminal: string;
  readonly markdown: string;
  readonly page: string;
  /** The four cards of the page. */
  readonly answers: readonly string[];
  readonly cwd: string;
}

const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

async function ran(cwd: string, args: readonly string[], command = 'run'): Promise<Said> {
  const { exitCode, stdout } = await parity([command, ...args], { cwd });
  return saidIn(cwd, { exitCode, stdout });
}

function saidIn(cwd: string, { exitCode, stdout }: Pick<Ended, 'exitCode' | 'stdout'>): Said {
  const read = (name: string) => readFileSync(join(cwd, 'reports/latest', name), 'utf8');
  const page = read('report.html');
  const [, cards = ''] = /<div class="answers">([\s\S]*?)<\/div>/.exec(page) ?? [];
  return {
    ...{ exitCode, cwd, page, terminal: stdout, markdown: read('report.md') },
    verdict: stdout.trimEnd().split('\n').at(-1) ?? '',
    answers: cards.split('</section>').slice(0, 4).map(textOf),
  };
}

interface Setting {
  readonly old: (path: string) => Reply;
  readonly young: (path: string) => Reply;
  readonly paths: readonly string[];
  readonly config?: string;
}

/** A folder with a case for each path, and two services. */
async function setUp({ old, young, paths, config = '' }: Setting): Promise<string> {
  const [a, b] = [await serving(({ path }) => old(path)), await serving(({ path }) => young(path))];
  const cases = paths.map((path) => `  - { id: ${path.slice(1)}, safe: true, request: { path: ${path} } }\n`);
  return folder({
    'parity.yaml': `targets: { old: "${a.url}", new: "${b.url}" }\n${config}`,
    'cases/s.yaml': `suite: s\ncases:\n${cases.join('')}`,
  });
}

const same = (): Reply => [200, '{"a":1}'];

it('a row that stays open is not an answer that all is well', async () => {
  const said = { all: '[{"n":1}]', young: '[{"n":"1"}]' };
  const cwd = await setUp({
    old: () => [200, said.all],
    young: () => [200, said.young],
    paths: ['/a'],
    config: 'tracker: T.md\n',
  });
  await ran(cwd, []);
  const [{ id } = { id: '' }] = newestReport(cwd).findings;
  Object.assign(said, { all: '[]', young: '[]' });
  const empty = await ran(cwd, []);
  expect(empty.exitCode).toBe(0);
  expect(empty.verdict).toBe('PARITY the one case matches (1 tracker row stays open)');
  expect(empty.answers[0]).toContain('Only in part: 1 tracker row stays open.');
  expect(empty.answers[3]).toContain(
    `Decide about the open row. No case shows ${id}, but the run did not close the row. The notes and the status of a row give the reason.`,
  );
  expect(newestReport(cwd).tracker?.unsettled).toEqual([id]);
  Object.assign(said, { all: '[{"n":1}]', young: '[{"n":1}]' });
  const mended = await ran(cwd, []);
  expect(mended.verdict).toBe('PARITY the one case matches');
  expect(mended.answers[3]).toContain('Nothing. Keep this report with the decision.');
  expect(newestReport(cwd).tracker?.unsettled).toEqual([]);
});

it('a part of the library is not an answer for all of it', async () => {
  const cwd = await setUp({ old: same, young: same, paths: ['/a', '/b', '/c'] });
  const part = await ran(cwd, ['s/a']);
  expect(part.verdict).toBe('PARITY the one case matches (of 3 in the library)');
  expect(part.markdown).toContain('PARITY: the one case matches (of 3 in the library)\n');
  expect(part.page).toContain('<p>the one case matches (of 3 in the library).</p>');
  expect(part.answers[0]).toContain('Only in part: 1 of 3 cases ran.');
  expect(part.answers[3]).toContain('Compare the rest, too.');
  const whole = await ran(cwd, []);
  expect(whole.verdict).toBe('PARITY all 3 cases match');
  expect(whole.answers[0]).toContain('Yes, as far as these cases go.');
});

it('what matched below the level of its case is said for what it is', async () => {
  const cwd = await setUp({
    old: same,
    young: (path) => [200, path === '/shape' ? '{"b":1}' : path === '/value' ? '{"a":2}' : '{"a":1}'],
    paths: ['/same', '/shape', '/value'],
  });
  const byStatus = await ran(cwd, ['--level', 'status']);
  expect(byStatus.verdict).toBe('PARITY all 3 cases match');
  expect(byStatus.answers[0]).toContain(
    'Only in part: 1 of 3 match only in status code, 1 of 3 match only in status code and body shape.',
  );
  const byShape = await ran(cwd, ['--level', 'shape', 's/value', 's/same']);
  expect(byShape.answers[0]).toContain(
    'Only in part: 2 of 3 cases ran, 1 of 2 match only in status code and body shape.',
  );
});

it('one service compared with itself answers nothing, whatever comes of it', async () => {
  let asked = 0;
  const cwd = await setUp({ old: same, young: () => [200, `{"a":${asked++}}`], paths: ['/a', '/b'] });
  const quiet = await ran(cwd, ['--self-check']);
  expect(newestReport(cwd).run.selfCheck).toBe(true);
  expect(quiet.answers[0]).toContain('Does not apply: one service was compared with itself.');
  const alike = await setUp({ old: same, young: same, paths: ['/a', '/b'] });
  const { verdict, answers } = await ran(alike, ['--self-check', 's/a']);
  expect(verdict).toBe('PARITY the one case matches (of 2 in the library; one service compared with itself)');
  expect(answers[0]).toContain('Does not apply: one service was compared with itself.');
  await ran(alike, []);
  expect(newestReport(alike).run.selfCheck).toBe(false);
});

const tracked = 'tracker: T.md\n';

it('the findings of a verdict are as many as their states add up to', async () => {
  const cwd = await setUp({
    old: same,
    young: (path) => [200, path === '/a' ? '{"a":2}' : '{"a":1,"b":1}'],
    paths: ['/a', '/b'],
    config: tracked,
  });
  await ran(cwd, []);
  const [first] = newestReport(cwd).findings;
  await parity(['tracker', 'accept', first!.id, '--reason', 'known'], { cwd });
  const { verdict, markdown } = await ran(cwd, []);
  expect(verdict).toBe('DIVERGENT 1 of 2 cases diverges: 2 findings (1 open, 1 accepted)');
  expect(markdown).toContain('# ❌ DIVERGENT: 1 of 2 cases diverges: 2 findings (1 open, 1 accepted)\n');
});

it('without a tracker nothing is known to be new', async () => {
  const cwd = await setUp({ old: same, young: () => [200, '{"a":2}'], paths: ['/a', '/b'] });
  const { verdict, answers, markdown } = await ran(cwd, []);
  expect(verdict).toBe('DIVERGENT 2 of 2 cases diverge: 2 findings');
  expect(answers[2]).toBe('Is it new? Not known. No tracker was read.');
  expect(markdown).toContain('\n## Findings\n');
  expect(newestReport(cwd).findings.map(({ state }) => state)).toEqual(['new', 'new']);
});

it('what is accepted alarms nobody', async () => {
  const cwd = await setUp({ old: same, young: () => [200, '{"a":2}'], paths: ['/a'], config: tracked });
  const red = await ran(cwd, []);
  expect(red.page).toContain('<div class="verdict divergent"><span class="sign" aria-hidden="true">✗</span>');
  await parity(['tracker', 'accept', newestReport(cwd).findings[0]!.id, '--reason', 'known'], { cwd });
  const calm = await ran(cwd, []);
  expect([calm.exitCode, calm.verdict]).toEqual([0, 'DIVERGENT 1 of 1 case diverges, all accepted']);
  expect(calm.page).toContain(
    '<div class="verdict accepted"><span class="sign" aria-hidden="true">≈</span><h1>Divergent</h1>',
  );
  expect(calm.markdown).toContain('# ☑️ DIVERGENT: 1 of 1 case diverges, all accepted\n');
});

it('a divergent merge without a shard says how much is missing', async () => {
  const paths = Array.from({ length: 12 }, (_, index) => `/c${index}`);
  const cwd = await setUp({ old: same, young: () => [200, '{"a":2}'], paths });
  await parity(['run', '--shard', '1/2', '--out', 'one'], { cwd });
  const { exitCode, verdict, answers } = await ran(cwd, ['one/latest'], 'merge');
  const { divergent, notRun } = newestReport(cwd).counts;
  expect([exitCode, divergent + notRun]).toEqual([1, 12]);
  expect(verdict).toContain(` of 12 cases diverge: ${divergent} findings, ${notRun} could not be compared`);
  expect(answers[3]).toContain(`Not judged yet: ${notRun} could not be compared.`);
});

it('a divergent run that was interrupted says how much was not run', async () => {
  let stop = () => {};
  const cwd = await setUp({
    old: same,
    young: (path) => {
      if (path === '/c3') stop();
      return [200, '{"a":2}'];
    },
    paths: Array.from({ length: 40 }, (_, index) => `/c${index}`),
  });
  const args = [join(home, 'dist/cli/main.js'), 'run', '--concurrency', '1', '--rate', '20/s', '--noise', '0'];
  const child = spawn(process.execPath, args, { cwd, env: { HOME: cwd, LANG: 'C.UTF-8' } });
  stop = () => child.kill('SIGINT');
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const exitCode = (await new Promise<number | null>((resolve) => child.once('close', resolve))) ?? -1;
  const { verdict, answers } = saidIn(cwd, { exitCode, stdout });
  const { notRun } = newestReport(cwd).counts;
  expect([exitCode, notRun > 20]).toEqual([130, true]);
  expect(verdict).toMatch(new RegExp(`^DIVERGENT .*, ${notRun} were not run \\(interrupted\\)`));
  expect(answers[3]).toContain(`Not judged yet: ${notRun} were not run (interrupted)`);
});

it('what broke comes before what held, on as many lines as it needs', async () => {
  const cwd = await setUp({
    old: same,
    young: (path) => [200, '{"a":2}', path === '/a' ? { 'content-type': 'text/json' } : {}],
    paths: ['/a', '/b'],
    config: tracked,
  });
  const wide = await ran(cwd, []);
  const words = '2/2 status codes match · 1/2 headers diverge · 0/2 same value';
  expect(wide.terminal).toContain(`  ✗ s  ${words} · `);
  expect(wide.markdown).toContain(` | ${words} · all 2 bodies have the same shape |`);
  expect(wide.page).toContain(`<span class="words">new: ${words} · all 2 bodies have the same shape</span>`);
  expect(wide.answers[1]).toContain(`${words} · all 2 bodies have the same shape · 0/2 same bytes`);
  const narrow = renderTerminal(await readRun(join(cwd, 'reports/latest')), {
    colour: false,
    width: 48,
    unicode: true,
  });
  expect(narrow).toContain(
    [
      '  ✗ s  2/2 status codes match · 1/2 headers diverge',
      '       0/2 same value',
      '       all 2 bodies have the same shape',
      '',
    ].join('\n'),
  );
});

it('a suite that ticks though bodies diverge says that it is accepted', async () => {
  const cwd = await setUp({ old: same, young: () => [200, '{"b":2}'], paths: ['/a'], config: tracked });
  await ran(cwd, []);
  for (const { id } of newestReport(cwd).findings) await parity(['tracker', 'accept', id, '--reason', 'x'], { cwd });
  const { terminal, markdown } = await ran(cwd, []);
  const words = '1/1 status codes match · 1/1 body shapes diverge · 1 accepted';
  expect(terminal).toContain(`  ✓ s  ${words}`);
  expect(markdown).toContain(` | ${words} |`);
});

it('a self-check that seeded nothing says why', async () => {
  const cwd = await setUp({ old: same, young: () => [200, '{"b":2}'], paths: ['/a'] });
  const byStatus = await ran(cwd, ['--level', 'status']);
  expect(byStatus.terminal).toContain(
    '  1 of 1 case: 1 match\n  self-check: skipped, every matching case has bodies that differ\n',
  );
  const divergent = await ran(cwd, []);
  expect(divergent.terminal).toContain('  self-check: skipped, no case matched\n');
  const body = JSON.stringify(Array.from({ length: 3_000_000 }, () => 1));
  const big = await ran(await setUp({ old: () => [200, body], young: () => [200, body], paths: ['/a'] }), []);
  expect(big.terminal).toContain('  self-check: skipped, the answers of every matching case are too large\n');
});

it('a share of a hundred has one spelling', async () => {
  const cwd = await setUp({
    old: same,
    young: () => [200, '{"a":2}'],
    paths: ['/a'],
    config: 'compare: { ignore: [{ pointer: /a, reason: x }] }\n',
  });
  const { terminal } = await ran(cwd, []);
  expect(terminal).toContain('note: the rule ignore /a covers 100% of all values (1 of 1)');
  expect(terminal).toContain('1 of 1 values (100%)');
});

it.each([
  [
    'compare: { ignore: [{ pointer: "", reason: x }] }',
    '{ id: one, request: { path: /a } }, { id: two, request: { path: /b } }',
    'a rule leaves out 4 of 4 values',
  ],
  [
    'compare: { ignore: [{ pointer: /a, reason: x }, { pointer: /b, reason: x }] }',
    '{ id: one, request: { path: /a } }',
    'rules leave out 2 of 2 values',
  ],
  [
    '',
    '{ id: one, request: { path: /a }, compare: { ignore: [{ pointer: "", keep: nothing }] } }, { id: two, request: { path: /b } }',
    'a rule leaves out all values of 1 of 2 compared cases',
  ],
])('a parity that rules made says so in every form: %s', async (rules, cases, words) => {
  const two = () => [200, '{"a":1,"b":2}'] as const;
  const config = `${rules}\n`;
  const cwd = await setUp({ old: () => [...two()], young: () => [...two()], paths: [], config });
  writeFileSync(join(cwd, 'cases/s.yaml'), `suite: s\ncases: [${cases}]\n`);
  const { verdict, markdown, answers } = await ran(cwd, []);
  const cards = answers.join(' ');
  expect(verdict).toContain(`PARITY`);
  expect(verdict).toContain(`(${words})`);
  expect(markdown).toContain(`(${words})`);
  expect(cards).toContain(`Only in part: ${words}.`);
  expect(cards).toContain('Compare the rest, too.');
});

it('what rules leave out of a part is not a shortfall, and found noise is not a rule of anybody', async () => {
  const more = () => [200, '{"a":1,"b":2,"c":3}'] as [number, string];
  const part = 'compare: { ignore: [{ pointer: /a, reason: x }] }\n';
  const few = await ran(await setUp({ old: more, young: more, paths: ['/a'], config: part }), []);
  expect([few.verdict, few.answers.join(' ').includes('Yes, as far as these cases go.')]).toEqual([
    'PARITY the one case matches',
    true,
  ]);
  let count = 0;
  const noisy = (): Reply => {
    count += 1;
    return [200, `{"at":"${count}-x"}`];
  };
  const made = await ran(await setUp({ old: noisy, young: noisy, paths: ['/a'] }), []);
  expect(made.answers.join(' ')).toContain('Yes, as far as these cases go.');
  expect(made.terminal.replace(/\s+/g, ' ')).toContain(
    'note: what was found to be noise and forgiven, as by a rule ignore /at, covers 100% of all values (1 of 1)',
  );
  expect(made.terminal).toContain('noise, suppressed like ignore /at');
});

const members = (count: number, value: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value + index])));

it('a case names all findings that it shows, and counts those beyond fifty', async () => {
  for (const [count, rest] of [
    [12, ''],
    [53, 'and 3 more'],
  ] as const) {
    const cwd = await setUp({
      old: () => [200, members(count, 0)],
      young: () => [200, members(count, 500)],
      paths: ['/a'],
    });
    const { page, markdown } = await ran(cwd, []);
    const { findings } = newestReport(cwd);
    expect(findings).toHaveLength(count);
    const matrix = page.indexOf('id="matrix"');
    const row = page.slice(page.indexOf('<tbody', matrix), page.indexOf('</tbody>', matrix));
    // The summary of a case is before the part that a link to the case opens.
    const evidence = page.slice(page.lastIndexOf('<details', page.indexOf('id="case-0"')));
    const summary = evidence.slice(0, evidence.indexOf('</summary>'));
    const line = markdown.split('\n').find((text) => text.startsWith('| `s/a` |')) ?? '';
    for (const text of [row, summary, line]) {
      const shown = text.replaceAll(/<[^>]*>/g, ' ').match(/\bP-[0-9A-F]{8}\b/g) ?? [];
      expect(shown).toHaveLength(Math.min(count, 50));
      expect(/and \d+ more/.exec(text)?.[0] ?? '').toBe(rest);
    }
  }
});

it('the id of a finding is in one piece, and a status code apart from its body', async () => {
  const cwd = await setUp({
    old: () => [422, '{"error":"customer is required"}'],
    young: () => [400, '{"code":"missing"}'],
    paths: ['/a'],
  });
  const { page } = await ran(cwd, []);
  const { id } = newestReport(cwd).findings.find(({ facet }) => facet === 'status')!;
  expect(page).toContain(`<a href="#${id}"><span class="id">${id}</span></a>`);
  expect(page).toContain('.id { white-space: nowrap; }');
  const block = page.slice(page.search(new RegExp(`<details [^>]*id="${id}"`)));
  const pair = block.slice(block.indexOf('<tbody>'), block.indexOf('</tbody>'));
  expect(pair).toMatch(/^<tbody><tr><td class="old">422<\/td><td class="young">400<\/td><\/tr>/);
});
