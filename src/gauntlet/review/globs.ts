import { compilePattern } from '../../config/pattern.ts';

/** Takes globs over paths; returns whether one of them fits a path. `*` and `?` stay within a name, `**` does not; a path without them fits itself and all below it. */
export function pathTest(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map((glob) => compilePattern(`(?s)^(?:${patternOf(glob.replace(/^\.\//, ''))})$`));
  return (path) => patterns.some((pattern) => pattern.matches(path));
}

const parts = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g;

/** A glob as a regular expression of RE2. */
function patternOf(glob: string): string {
  const source = Array.from(glob.matchAll(parts), ([part]) => partOf(part)).join('');
  if (glob.endsWith('/')) return `${source}.*`;
  return /[*?]/.test(glob) ? source : `${source}(?:/.*)?`;
}

function partOf(part: string): string {
  if (part === '**/') return '(?:.*/)?';
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.length > 1 && part.startsWith('{'))
    return `(?:${part.slice(1, -1).split(',').map(patternOfWord).join('|')})`;
  return quoted(part);
}

function patternOfWord(word: string): string {
  return Array.from(word.matchAll(parts), ([part]) => partOf(part)).join('');
}

function quoted(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
