import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProgram } from '../../src/cli/program.ts';
import { memoizeBounded } from '../../src/structures/memoize-bounded.ts';
import { home, pagePaths, readPage } from './page.ts';
import { commandToRun, missingLine, type Step, stepsOf } from './steps.ts';
import { makeWorld, type World } from './world.ts';

const pages = pagePaths().map(readPage);

function textOf(path: string): string {
  return readFileSync(join(home, path), 'utf8');
}

async function follow(step: Step, world: World): Promise<void> {
  if (step.kind === 'file') return world.write(step.name, step.text);
  const line = commandToRun(step.command);
  if (line === null) return;
  const { exitCode, output } = await world.run(line, step.ci);
  expect(exitCode, `${line}\n${output}`).toBe(step.exit);
  if (step.shown === null) return;
  expect(missingLine(step.shown.map(world.local), output), `is not there:\n${output}`).toBeNull();
}

function nameOf(step: Step): string {
  return step.kind === 'file' ? `${step.name} is as the tool reads it` : `$ ${step.command} ends with ${step.exit}`;
}

describe.each(pages)('$path', (page) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world.end());

  it.each(stepsOf(page).map((step) => ({ step, name: nameOf(step) })))('line $step.line: $name', ({ step }) =>
    follow(step, world),
  );

  it('shows no file and no command in a form that is not checked', () => {
    const unchecked = page.blocks.filter(
      ({ language, file }) => file === null && !['sh', 'console', 'text', 'markdown'].includes(language),
    );
    expect(unchecked.map(({ language, line }) => `${language} at line ${line}`)).toEqual([]);
  });

  it('names files that are there, and commands and flags that the tool has', () => {
    const files = page.spans.filter((span) => /^(?:src|test|docs|schema|\.ci)\/[a-z0-9./-]+$/.test(span));
    expect(files.filter((file) => !existsSync(join(home, file)))).toEqual([]);
    expect(page.spans.filter((span) => span.startsWith('parity ') && !isCommand(span))).toEqual([]);
  });

  it('links to what is there', () => {
    const broken = page.links.filter((link) => !/^https:\/\//.test(link) && !resolves(link, page.path));
    expect(broken).toEqual([]);
  });
});

/** A page has hundreds of links to itself. */
const anchorsIn = memoizeBounded(20, (path: string) => readPage(path).anchors);

function resolves(link: string, from: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : relative(home, join(home, dirname(from), file));
  if (!existsSync(join(home, path))) return false;
  return anchor === undefined || anchorsIn(path).has(anchor);
}

const commands = (command: Command): Command[] => [command, ...command.commands.flatMap(commands)];
const all = commands(await makeProgram(() => {})).filter((command) => command.commands.length === 0);
const fullName = (command: Command): string =>
  command.parent === null ? 'parity' : `${fullName(command.parent)} ${command.name()}`;

/** Whether a command line begins with a command of the tool and has flags of that command only. */
function isCommand(line: string): boolean {
  if (/^parity help(?: [a-z-]+)?$/.test(line)) return true;
  const command = all.find((one) => line === fullName(one) || line.startsWith(`${fullName(one)} `));
  const flags = Array.from(line.matchAll(/ (--[a-z-]+)/g), ([, flag]) => flag!);
  const known = [...(command?.options ?? []).map((option) => option.long), '--help', '--version'];
  return (
    (command !== undefined || /^parity (?:COMMAND )?--(?:help|version)$/.test(line)) &&
    flags.every((flag) => known.includes(flag))
  );
}

/** All names of properties in a JSON Schema, at any depth. */
function propertiesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === 'properties' && inner !== null && typeof inner === 'object' ? Object.keys(inner) : []),
    ...propertiesIn(inner),
  ]);
}

describe('the handbook is complete', () => {
  it.each([
    ['docs/cases.md', 'schema/case.json'],
    ['docs/config.md', 'schema/config.json'],
    ['docs/gauntlet.md', 'schema/gauntlet.json'],
    ['docs/reports.md', 'schema/report.json'],
  ])('%s names every key of %s', (page, schema) => {
    const keys = new Set(propertiesIn(JSON.parse(textOf(schema))));
    expect([...keys].filter((key) => !textOf(page).includes(`\`${key}\``))).toEqual([]);
    expect(keys.size).toBeGreaterThan(10);
  });

  const named = all.map((command) => ({ name: fullName(command), command }));

  it.each(named)('docs/commands.md has $name and its flags', ({ name, command }) => {
    const text = textOf('docs/commands.md');
    expect(text.split('\n').includes(`## ${name}`), `a heading for ${name}`).toBe(true);
    const flags = command.options.map((option) => option.long ?? '');
    expect(flags.filter((flag) => !text.includes(`\`${flag}`))).toEqual([]);
  });

  it('docs/commands.md has no command and no flag that is not there', () => {
    const text = textOf('docs/commands.md');
    const flags = new Set(all.flatMap((command) => command.options.map((option) => option.long)));
    const told = new Set(Array.from(text.matchAll(/--[a-z][a-z-]+/g), ([flag]) => flag));
    expect([...told].filter((flag) => !flags.has(flag) && !['--help', '--version'].includes(flag))).toEqual([]);
    const names = new Set(all.map(fullName));
    const headings = [...text.matchAll(/^## (parity .+)$/gm)].map(([, name]) => name!);
    expect(headings.filter((name) => !names.has(name))).toEqual([]);
  });

  it('README.md links to every page', () => {
    const { links } = readPage('README.md');
    const handbook = pagePaths().filter((path) => path.startsWith('docs/'));
    expect(handbook.filter((path) => !links.includes(path))).toEqual([]);
  });

  it('the picture is there, and small enough for a page', () => {
    const { size } = statSync(join(home, 'docs/images/report.png'));
    expect([size > 10_000, size < 300 * 1024]).toEqual([true, true]);
  });
});

describe('what the pages are checked with', () => {
  it.each([
    ['curl http://127.0.0.1:3100', 'a program that nobody knows'],
    ['npx parity run && rm -rf x', 'a known one before an unknown one'],
    ['npx parity-prober', 'a name that only begins alike'],
  ])('refuses the command %s: %s', (command) => {
    expect(() => commandToRun(command)).toThrow(/no test runs/);
  });

  it.each([
    { shown: ['a', 'b'], output: 'a\nb\n', missing: null, why: 'all of it' },
    { shown: ['a', '…', 'c'], output: 'a\nb\nb\nc', missing: null, why: 'lines left out' },
    { shown: ['a … c'], output: 'a b c', missing: null, why: 'text left out' },
    { shown: ['a', 'c'], output: 'a\nb\nc', missing: 'c', why: 'a line left out in silence' },
    {
      shown: ['a'],
      output: 'a\nb',
      missing: '(the end, but the output goes on: b)',
      why: 'an end left out in silence',
    },
    { shown: ['…', 'x'], output: 'a\nb', missing: 'x', why: 'a line that is not there' },
  ])('holds shown lines against output: $why', ({ shown, output, missing }) => {
    expect(missingLine(shown, output)).toBe(missing);
  });
});
