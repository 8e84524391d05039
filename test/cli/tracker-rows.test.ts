import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeTracker } from '../whole-tracker.ts';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

/** A server that answers each path with what `answers` holds for it at that moment. */
const telling = (answers: Record<string, unknown>) =>
  serving(({ path }) => [200, JSON.stringify(answers[path.split('/').at(-1)!])]);

const variants = ['Schema', 'Policy', 'Syntax'];
const library = (...names: string[]) =>
  `routes: ["/errors/{name}"]\ncases:\n${names.map((name) => `  - { id: ${name}, request: { method: GET, path: /errors/${name} } }\n`).join('')}`;
const tagged = (tag: string) =>
  Object.fromEntries(variants.map((name) => [name, { [tag]: name.toLowerCase(), field: 'x', reason: name }]));
const external = Object.fromEntries(variants.map((name) => [name, { [name]: { field: 'x', reason: name } }]));

async function project() {
  const go: Record<string, unknown> = tagged('kind');
  const targets = ['--target', `rust=${(await telling(external)).url}`, '--target', `go=${(await telling(go)).url}`];
  const cwd = await folder({ 'cases/e.yaml': library('Schema', 'Policy') });
  const command = (name: string, ...more: string[]) => parity([name, ...more, '--tracker', 'T.md'], { cwd });
  return {
    answer: (answers: Record<string, unknown>) => Object.assign(go, answers),
    cases: (...names: string[]) => writeFileSync(join(cwd, 'cases/e.yaml'), library(...names)),
    run: (...more: string[]) => command('run', ...targets, '--noise', '0', ...more),
    command,
    replay: (id: string) => parity(['replay', id, ...targets, '--noise', '0'], { cwd }),
    text: () => wholeTracker(join(cwd, 'T.md')),
    report: () => newestReport(cwd),
  };
}

describe('an accepted row', () => {
  it('stands for the form that was accepted: a tag under another name in the same class reopens it, another variant does not', async () => {
    const port = await project();
    await port.run();
    const [found, ...others] = port.report().findings;
    expect([found?.class, others]).toEqual(['enum-external-vs-flat', []]);
    await port.command('tracker', 'accept', found!.id, '--reason', 'agreed');
    expect((await port.run()).exitCode).toBe(0);
    port.cases('Schema', 'Policy', 'Syntax');
    expect((await port.run()).exitCode).toBe(0);
    port.answer(tagged('type'));
    const ended = await port.run('--fail-on', 'new');
    expect([ended.exitCode, port.report().findings.map(({ id, state }) => [id, state])]).toEqual([
      1,
      [[found!.id, 'reopened']],
    ]);
    expect(ended.stdout).toContain(
      `${found!.id} was accepted without GET /errors/{name} enum-external-vs-flat at /: tag type`,
    );
    await port.command('tracker', 'accept', found!.id, '--reason', 'the new name, too');
    expect((await port.run('--fail-on', 'new')).exitCode).toBe(0);
  });
});

describe('a finding that the newest run does not show', () => {
  it('is replayed as the newest run that shows it recorded it', async () => {
    const port = await project();
    await port.run();
    const { id } = port.report().findings[0]!;
    port.answer({ Policy: external.Policy });
    await port.run('e/Policy');
    expect(port.report().findings).toEqual([]);
    const still = await port.replay(id);
    expect([still.exitCode, still.stdout]).toEqual([
      1,
      expect.stringContaining(`STILL DIVERGENT  ${id}  1 of 2 cases`),
    ]);
    port.answer(external);
    // The first replay that finds it fixed is the newest run, and does not show it.
    for (const _ of [1, 2]) expect((await port.replay(id)).stdout).toContain(`FIXED  ${id}  0 of`);
    expect((await port.replay('P-00000000')).stderr).toContain('PX2603');
  });
});

describe('a finding that a run of a part knows less of', () => {
  it('is replayed with all cases that the newest whole run recorded', async () => {
    const port = await project();
    await port.run();
    const { id } = port.report().findings[0]!;
    await port.run('e/Policy');
    port.answer({ Policy: external.Policy });
    const ended = await port.replay(id);
    expect([ended.exitCode, ended.stdout]).toEqual([
      1,
      expect.stringContaining(`STILL DIVERGENT  ${id}  1 of 2 cases`),
    ]);
  });
});

describe('a finding that was accepted', () => {
  it('is still divergent where it is replayed, and fixed once it is gone; its row stays accepted', async () => {
    const port = await project();
    await port.run();
    const { id } = port.report().findings[0]!;
    await port.command('tracker', 'accept', id, '--reason', 'agreed');
    const [before, still] = [port.text(), await port.replay(id)];
    expect([still.exitCode, still.stdout]).toEqual([1, expect.stringContaining(`STILL DIVERGENT  ${id}  2 of 2`)]);
    port.answer(external);
    const gone = await port.replay(id);
    expect([gone.exitCode, gone.stdout]).toEqual([0, expect.stringContaining(`FIXED  ${id}  0 of 2`)]);
    expect([before.includes(`| ${id} | _accepted_ |`), port.text()]).toEqual([true, before]);
  });
});

describe('an open row', () => {
  it('is closed by its own cases alone, and says which are gone', async () => {
    const port = await project();
    await port.run();
    const { id } = port.report().findings[0]!;
    port.answer({ ...external, Policy: tagged('kind').Policy });
    port.cases('Schema', 'Syntax');
    const swapped = await port.run();
    expect([swapped.exitCode, port.text().includes(`| ${id} | _open_ |`)]).toEqual([0, true]);
    expect(swapped.stdout).toContain(`${id} is not shown any more, but 1 of its cases is not in the library`);
    port.cases('Schema', 'Syntax', 'Policy');
    expect((await port.run()).exitCode).toBe(1);
    port.answer(external);
    await port.run();
    expect(port.text()).toContain(`| ${id} | _fixed_ |`);
  });

  it.each([
    ['the page of the newest run', [], (id: string) => `](reports/latest/report.html#${id})`],
    ['nothing where no page is written', ['--reporter', 'terminal'], () => null],
    ['nothing where the run folders are elsewhere', ['--out', '../elsewhere'], () => null],
  ])('links to %s', async (_why, flags, link) => {
    const port = await project();
    await port.run(...flags);
    const id = /P-[0-9A-F]{8}/.exec(port.text())![0];
    expect(port.text().match(/\]\([^)]*\)/)?.[0] ?? null).toBe(link(id));
  });
});

describe('a finding that is replayed', () => {
  it.each([
    ['is fixed where its cases show nothing', external, 0, /^FIXED {2}P-\w+ {2}0 of 2 cases show it$/m],
    [
      'is fixed but fails where they show another divergence',
      { Schema: { x: 1 }, Policy: { x: 2 } },
      1,
      /^FIXED {2}P-\w+ {2}0 of 2 cases show it; 2 cases now show (?:another finding|other findings), P-\w+ \((?:breaking|risky)\)/m,
    ],
    ['is not where it is still there', tagged('kind'), 1, /^STILL DIVERGENT {2}P-\w+ {2}2 of 2 cases show it$/m],
  ])('%s', async (_why, answers, code, words) => {
    const port = await project();
    await port.run();
    const { id } = port.report().findings[0]!;
    port.answer(answers);
    const ended = await port.replay(id);
    expect([ended.exitCode, words.test(ended.stdout) ? words : ended.stdout]).toEqual([code, words]);
  });
});
