import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..', 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Words of an older, private vocabulary: the glossary of docs/architecture.md has a standard term for each. */
const banned = new Set(
  (
    'told tells telling untold stands drawn things lately sights holding holdings lesson lessons territory beside seat ' +
    'most fewest longest'
  ).split(' '),
);
const bannedPairs = ['generated', 'goes together', 'go together', 'going together', 'one thing', 'in force'];

/** The words of a name in camelCase, PascalCase, CONSTANT_CASE or kebab-case, in lower case. */
function wordsOf(name: string): string[] {
  return Array.from(name.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g), ([word]) => word.toLowerCase());
}

function isPlain(name: string): boolean {
  const words = wordsOf(name);
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`);
  return !words.some((word) => banned.has(word)) && !pairs.some((pair) => bannedPairs.includes(pair));
}

function exportsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return Array.from(
    text.matchAll(/^export (?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm),
    ([, name]) => name!,
  );
}

describe('names are standard terms', () => {
  it('in file and folder names', () => {
    expect(files.filter((file) => !file.replace(/\.ts$/, '').split('/').every(isPlain))).toEqual([]);
  });

  it('in exported names', () => {
    const found = files.flatMap((file) =>
      exportsOf(file)
        .filter((name) => !isPlain(name))
        .map((name) => `${name} in ${file}`),
    );
    expect(found).toEqual([]);
  });
});

describe('limits', () => {
  it('stand in the limits.ts of their room, except for those of one drift class', () => {
    const outside = files
      .filter((file) => basename(file) !== 'limits.ts' && !/^(?:drift\/classes|twins|cli|json|structures)\//.test(file))
      .flatMap((file) =>
        Array.from(
          readFileSync(join(src, file), 'utf8').matchAll(/^(?:export )?const ((?:max|min)[A-Z]\w*) = [\d_ n*<()]+;$/gm),
          ([, name]) => `${name} in ${file}`,
        ),
      );
    expect(outside).toEqual([]);
  });
});
