import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Locked {
  readonly optional?: boolean;
  readonly resolved?: string;
  readonly engines?: { readonly node?: string };
}

const home = join(import.meta.dirname, '..');
const read = (name: string) => JSON.parse(readFileSync(join(home, name), 'utf8'));
const locked = Object.entries(read('package-lock.json').packages as Record<string, Locked>);
const oldest = (/^>=(\S+)$/.exec(read('package.json').engines.node)?.[1] ?? '').split('.').map(Number);

/** Whether a part of a range, as these packages write it, accepts the oldest Node of this project. */
function accepts(part: string): boolean {
  const [, sign, ...digits] = /^(\^|>=|)(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?$/.exec(part) ?? [];
  if (sign === undefined) return part === '*';
  const least = digits.map((digit) => Number(digit ?? 0) || 0);
  const [difference = 0] = least.flatMap((one, at) => (one === oldest[at] ? [] : [oldest[at]! - one]));
  return difference >= 0 && (sign === '>=' || least[0] === oldest[0]);
}

// npm leaves out an optional package whose engines do not fit, without a word: the native part of the bundler is one.
it('no optional package is left out on the oldest Node that this project supports', () => {
  const refused = locked.filter(([, { optional, engines }]) => {
    const range = engines?.node;
    return (
      optional === true && range !== undefined && !range.split('||').some((part) => accepts(part.replace(/\s+/g, '')))
    );
  });
  expect(oldest).toHaveLength(3);
  expect(refused.map(([path, { engines }]) => `${path}: ${engines?.node}`)).toEqual([]);
});

it('the lockfile names no registry', () => {
  expect(locked.filter(([, { resolved }]) => resolved?.startsWith('http')).map(([path]) => path)).toEqual([]);
});
