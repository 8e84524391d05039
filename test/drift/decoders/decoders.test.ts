import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { behaviours, driftClasses } from '../../../src/drift/classes/catalogue.ts';
import { JsonSyntaxError } from '../../../src/json/document.ts';
import { readJson } from '../../../src/json/read.ts';
import { toTree } from '../../../src/json/tree.ts';
import { goProgram } from './go-decoder.ts';
import { rustProgram } from './rust-decoder.ts';
import { type Typed, typeOf } from './type-of.ts';
import { zodDecodes } from './zod-decoder.ts';

/** One body that a client reads with a decoder made for the other side's body. */
interface Reading {
  readonly id: string;
  readonly type: Typed;
  readonly body: Buffer;
}

function treeOf(text: string) {
  const document = readJson(Buffer.from(text));
  return document instanceof JsonSyntaxError ? null : toTree(document);
}

/** Of each class that two bodies show: its two examples, each read by a decoder for the other one. */
const readings = [...driftClasses.values()].flatMap(({ id, example }): Reading[] => {
  if (behaviours.has(id) || id === 'nondeterministic') return [];
  const [a, b] = example.map(([, bytes]) => bytes.replaceAll('␊', '\n'));
  const [x, y] = [treeOf(a!), treeOf(b!)];
  if (x === null || y === null) return [];
  return [
    { id, type: typeOf(x), body: Buffer.from(b!) },
    { id, type: typeOf(y), body: Buffer.from(a!) },
  ];
});

const types = readings.map(({ type }) => type);
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-decoders-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', input });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.slice(-4000)}`);
  return stdout;
}

const answers = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => line === 'true');

function decodeInGo(): boolean[] {
  writeFileSync(join(folder, 'main.go'), goProgram(types));
  return answers(run('go', ['run', 'main.go'], readings.map(({ body }) => `${body.toString('base64')}\n`).join('')));
}

function decodeInRust(): boolean[] {
  run('cargo', ['init', '--quiet', '--vcs', 'none', '--name', 'decoders', '.']);
  const manifest = readFileSync(join(folder, 'Cargo.toml'), 'utf8');
  writeFileSync(
    join(folder, 'Cargo.toml'),
    `${manifest.trimEnd()}\nserde = { version = "1", features = ["derive"] }\nserde_json = "1"\n\n[profile.dev]\ndebug = false\n`,
  );
  writeFileSync(join(folder, 'src/main.rs'), rustProgram(types));
  return answers(run('cargo', ['run', '--quiet'], readings.map(({ body }) => `${body.toString('hex')}\n`).join('')));
}

const page = join(import.meta.dirname, '../../../docs/severity.md');

/** Breaking all the same: numbers and bytes are others, and a type of enum names or of bytes, which these decoders have not, refuses them. */
const silent = ['base64-variant', 'enum-numbering', 'enum-variant-casing', 'int-overflow', 'int-precision-loss'];

/** The class and, for each decoder, whether it takes both examples. */
type Row = readonly [id: string, ...takes: boolean[]];

function rowsOf(decoders: readonly (readonly boolean[])[]): Row[] {
  const ids = [...new Set(readings.map(({ id }) => id))];
  return ids.map((id) => [id, ...decoders.map((takes) => takes.every((take, at) => readings[at]!.id !== id || take))]);
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ([id, ...takes]) =>
      `| \`${id}\` | ${takes.map((take) => (take ? 'reads it' : '**fails**')).join(' | ')} | ${driftClasses.get(id)!.severity} |`,
  );
  return ['| Class | serde | encoding/json | zod | Severity |', '|---|---|---|---|---|', ...lines].join('\n');
}

describe('strict decoders of three languages over the examples of all classes', { timeout: 240_000 }, () => {
  let rows: Row[] = [];
  beforeAll(() => {
    const zod = readings.map(({ type, body }) => zodDecodes(type, body));
    rows = rowsOf([decodeInRust(), decodeInGo(), zod]);
  }, 240_000);

  it('fail on no example of a class that is cosmetic', () => {
    const failing = rows.filter(
      ([id, ...takes]) => driftClasses.get(id)!.severity === 'cosmetic' && takes.includes(false),
    );
    expect(failing).toEqual([]);
  });

  it('fail on an example of each class that is breaking, but of those that give clients another value in silence', () => {
    const read = rows.filter(
      ([id, ...takes]) => driftClasses.get(id)!.severity === 'breaking' && !takes.includes(false),
    );
    expect(read.map(([id]) => id).sort()).toEqual(silent);
  });

  it('give the table in docs/severity.md (write it again: PARITY_WRITE_DOCS=1)', () => {
    const text = readFileSync(page, 'utf8');
    const [before = '', written = '', after = ''] = text.split(/<!-- decoders:(?:begin|end) -->\n/);
    const table = `${tableOf(rows)}\n`;
    if (process.env.PARITY_WRITE_DOCS === '1')
      writeFileSync(page, `${before}<!-- decoders:begin -->\n${table}<!-- decoders:end -->\n${after}`);
    else expect(written).toBe(table);
  });
});
