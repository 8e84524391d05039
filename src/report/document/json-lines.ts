import { maxBytes } from '../limits.ts';
/** A JSON value for display: leaves and keys keep their source text. */
export type Sketch =
  | { readonly kind: 'leaf'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly Sketch[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: Sketch])[] };
const deepest = 64;
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const depthOf = (tokens: readonly string[]): number => {
  let depth = 0;
  let most = 0;
  for (const each of tokens) {
    if (each === '{' || each === '[') most = Math.max(most, ++depth);
    else if (each === '}' || each === ']') depth--;
  }
  return most;
};

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

const next = (cursor: Cursor): string => cursor.tokens[cursor.at++] ?? '';

const takeList = <T>(cursor: Cursor, end: string, take: () => T): readonly T[] => {
  const list: T[] = [];
  while (cursor.at < cursor.tokens.length && cursor.tokens[cursor.at] !== end) {
    list.push(take());
    if (cursor.tokens[cursor.at] === ',') cursor.at++;
  }
  cursor.at++;
  return list;
};

const takeValue = (cursor: Cursor): Sketch => {
  const first = next(cursor);
  if (first === '[') return { kind: 'array', items: takeList(cursor, ']', () => takeValue(cursor)) };
  if (first !== '{') return { kind: 'leaf', text: first };
  const takeMember = (): readonly [string, Sketch] => {
    const key = next(cursor);
    cursor.at++;
    return [key, takeValue(cursor)];
  };
  return { kind: 'object', members: takeList(cursor, '}', takeMember) };
};

/** A JSON text (RFC 8259) of at most 100 KB and 64 levels as a sketch; null for anything else. */
export const sketchJson = (text: string): Sketch | null => {
  if (text.length > maxBytes || !isJson(text)) return null;
  const tokens = text.match(token) ?? [];
  return depthOf(tokens) > deepest ? null : takeValue({ tokens, at: 0 });
};

const brackets = { array: ['[', ']'], object: ['{', '}'] } as const;

/** The brackets of a list and how its items print, for one that has items; null for a value of one line. */
export const bracketsOf = (sketch: Sketch): readonly [open: string, close: string] | null => {
  if (sketch.kind === 'leaf') return null;
  const size = sketch.kind === 'array' ? sketch.items.length : sketch.members.length;
  return size === 0 ? null : brackets[sketch.kind];
};

/** Parts of a list with what comes before each: nothing, or the key. */
export const lineParts = (sketch: Sketch): readonly (readonly [before: string, part: Sketch])[] => {
  if (sketch.kind === 'leaf') return [];
  if (sketch.kind === 'array') return sketch.items.map((item) => ['', item] as const);
  return sketch.members.map(([key, value]) => [`${key}: `, value] as const);
};

/** A sketch as indented lines. */
export const printLines = (sketch: Sketch, indent = '', before = '', after = ''): readonly string[] => {
  const pair = bracketsOf(sketch);
  if (pair === null) {
    const text = sketch.kind === 'leaf' ? sketch.text : brackets[sketch.kind].join('');
    return [indent + before + text + after];
  }
  const parts = lineParts(sketch);
  const inner = parts.flatMap(([key, part], index) =>
    printLines(part, `${indent}  `, key, index < parts.length - 1 ? ',' : ''),
  );
  return [indent + before + pair[0], ...inner, indent + pair[1] + after];
};
