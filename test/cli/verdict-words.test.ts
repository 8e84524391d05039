import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
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

async function ran(cwd: string, args: readonly string[]): Promise<Said> {
  const { exitCode, stdout } = await parity(['run', ...args], { cwd });
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

it('a part of the library is no answer for all of it', async () => {
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
    'Only in part: 1 of 3 match in their status codes alone, 1 of 3 match in status code and body shape alone.',
  );
  const byShape = await ran(cwd, ['--level', 'shape', 's/value', 's/same']);
  expect(byShape.answers[0]).toContain(
    'Only in part: 2 of 3 cases ran, 1 of 2 match in status code and body shape alone.',
  );
});

it('one service against itself answers nothing, whatever comes of it', async () => {
  let asked = 0;
  const cwd = await setUp({ old: same, young: () => [200, `{"a":${asked++}}`], paths: ['/a', '/b'] });
  const quiet = await ran(cwd, ['--self-check']);
  expect(newestReport(cwd).run.selfCheck).toBe(true);
  expect(quiet.answers[0]).toContain('No answer: one service against itself.');
  const alike = await setUp({ old: same, young: same, paths: ['/a', '/b'] });
  const { verdict, answers } = await ran(alike, ['--self-check', 's/a']);
  expect(verdict).toBe('PARITY the one case matches (of 2 in the library; one service against itself)');
  expect(answers[0]).toContain('No answer: one service against itself.');
  await ran(alike, []);
  expect(newestReport(alike).run.selfCheck).toBe(false);
});
