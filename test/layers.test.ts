import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..', 'src');

/** Rooms from left to right: a room imports only from rooms to its left (and from itself). Neighbours in one step do not know each other. */
const line = [
  ['errors'],
  ['structures'],
  ['json'],
  ['xml'],
  ['recorded'],
  ['config'],
  ['processes'],
  ['cases'],
  ['probe', 'import'],
  ['http'],
  ['proxy'],
  ['replay'],
  ['compare'],
  ['noise', 'drift'],
  ['findings'],
  ['tracker', 'record'],
  ['report', 'redact'],
  ['assurance'],
  ['run'],
  ['library'],
  ['recorder'],
  ['gauntlet', 'live', 'engine'],
  ['cli'],
];
/**
 * Sub-rooms from left to right, by room: a sub-room imports only from those to its left. `.` is what lies in the room itself, aside from
 * its limits.ts, which all of them may import.
 */
const inside: Readonly<Record<string, readonly string[]>> = {
  config: ['source', '.'],
  cases: ['.', 'fast', 'read'],
  probe: ['model', 'groups', '.'],
  import: ['curl', 'read', 'formats', '.'],
  http: ['.', 'connection', 'send'],
  replay: ['services', 'middleware', '.'],
  compare: ['values', 'captures', 'model', 'headers', 'rules', 'json', 'media', '.'],
  noise: ['evidence', 'values', 'detectors', 'arrays', 'references', '.'],
  drift: [
    'kit',
    'http-kit',
    'definition',
    ...['classes/enums', 'classes/keys', 'classes/numbers', 'classes/structure', 'classes/text', 'classes/times'],
    ...['classes/http/acceptance', 'classes/http/errors', 'classes/http/headers', 'classes/http/request-head'],
    ...['classes/http/routing', 'classes'],
    'engine',
    '.',
  ],
  tracker: ['rows', 'file', 'reconcile', 'markdown', '.'],
  record: ['lines', '.'],
  report: ['document', 'page', 'html', 'text', '.'],
  run: ['model', 'judging', 'recording', 'divergent', 'warnings', 'observers', 'noise-survey', '.'],
  live: ['counts', 'compare', 'gate', 'page', '.'],
  gauntlet: ['.', 'services', 'smoke', 'review', 'assess'],
};
/** Rooms that stand apart: what they may import besides themselves and errors. */
const apart: Readonly<Record<string, readonly string[]>> = { twins: [] };
/** Only the command line may touch the process and the console, and the library takes its defaults from the process. */
const ownsProcess = /\bprocess\.(?:stdout|stderr|argv|exit|exitCode|env|on|once|cwd)\b|\bconsole\./;

function roomOf(path: string): string {
  const first = relative(src, path).split('/')[0]!;
  return first === 'index.ts' ? 'index' : first.replace(/\.ts$/, '');
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(src, file));

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map((match) => join(dirname(file), match[1]!));
}

/** The position of a room in the line; -1 for a room that is not in it. */
function stepOf(room: string): number {
  return line.findIndex((step) => step.includes(room));
}

function mayImport(from: string, to: string): boolean {
  if (from === to || to === 'errors' || from === 'index') return true;
  if (from in apart) return apart[from]!.includes(to);
  if (to in apart) return from === 'cli';
  return stepOf(to) < stepOf(from);
}

/** Files that are left once all that import nothing else that is left, and all that nothing else imports, are taken away again and again. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  let left = new Map(imports);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    const imported = new Set([...left.values()].flat());
    left = new Map(
      [...left]
        .filter(([file]) => imported.has(file))
        .map(([file, targets]) => [file, targets.filter((target) => left.has(target))] as const)
        .filter(([, targets]) => targets.length > 0),
    );
  }
  return [...left.keys()].map((file) => relative(src, file));
}

/** The sub-room of a file: its folder below the room, `.` for the room itself; null for the limits of the room. */
function subRoomOf(file: string): string | null {
  const parts = relative(src, file).split(sep).slice(1);
  return parts.join('/') === 'limits.ts' ? null : parts.slice(0, -1).join('/') || '.';
}

/** Whether an import within a room leads to the left, or stays in its sub-room. */
function keepsOrder(room: string, file: string, target: string): boolean {
  const [from, to] = [subRoomOf(file), subRoomOf(target)];
  if (to === null || from === to) return true;
  return from !== null && inside[room]!.indexOf(to) < inside[room]!.indexOf(from);
}

describe('the layer rule', () => {
  it('knows every room', () => {
    const rooms = new Set(files.map(roomOf));
    const known = new Set([...line.flat(), ...Object.keys(apart), 'index']);
    expect([...rooms].filter((room) => !known.has(room))).toEqual([]);
  });

  it('is kept by every import', () => {
    const broken = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(roomOf(file), roomOf(target)))
        .map((target) => `${relative(src, file)} imports ${relative(src, target)}`),
    );
    expect(broken).toEqual([]);
  });

  it('knows every sub-room of the rooms whose sub-rooms have an order', () => {
    const known = files.filter((file) => roomOf(file) in inside && subRoomOf(file) !== null);
    expect(known.filter((file) => !inside[roomOf(file)]!.includes(subRoomOf(file)!))).toEqual([]);
  });

  it('is kept between the sub-rooms of a room: no import runs back up', () => {
    const broken = files
      .filter((file) => roomOf(file) in inside)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => roomOf(target) === roomOf(file) && !keepsOrder(roomOf(file), file, target))
          .map((target) => `${relative(src, file)} imports ${relative(src, target)}`),
      );
    expect(broken).toEqual([]);
  });

  it('is kept inside rooms, too: no files import one another in a circle, types included', () => {
    expect(circlesIn(new Map(files.map((file) => [file, importsOf(file)])))).toEqual([]);
  });

  it('leaves process and console to the command line', () => {
    const users = files.filter(
      (file) => !['cli', 'library'].includes(roomOf(file)) && ownsProcess.test(readFileSync(file, 'utf8')),
    );
    expect(users.map((file) => relative(src, file))).toEqual([]);
  });
});
