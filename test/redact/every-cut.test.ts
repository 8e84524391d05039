import { describe, expect, it } from 'vitest';
import { maskOf } from '../../src/redact/redact.ts';
import { casings, characterForms, secretValues, textForms } from './spellings.ts';

/** A form of a secret: the pieces that are one character of it each, or one unit of what it is as a whole. */
interface Spelled {
  readonly name: string;
  /** What is no part of the secret. */
  readonly before: string;
  readonly pieces: readonly string[];
}

function spelledForms(secret: string): Spelled[] {
  return Object.entries(casings).flatMap(([casing, inCase]) => [
    ...Object.entries(characterForms).map(([name, write]) => ({
      name: `${name}, ${casing}`,
      before: '',
      pieces: Array.from(inCase(secret), write),
    })),
    ...Object.entries(textForms).map(([name, write]) => {
      const { before, own } = write(inCase(secret));
      return { name: `${name}, ${casing}`, before, pieces: Array.from(own) };
    }),
  ]);
}

/** No more characters of a secret that follow one another may be seen; of a short one no more than a quarter. */
function maxSeen(pieces: readonly string[]): number {
  return Math.min(5, Math.floor(pieces.length / 4));
}

/** What is seen of a secret in a text, if it is too much; else null. */
function leakIn(shown: string, { pieces }: Spelled): string | null {
  const size = maxSeen(pieces) + 1;
  for (let at = 0; at + size <= pieces.length; at += 1) {
    const seen = pieces.slice(at, at + size).join('');
    if (shown.includes(seen)) return seen;
  }
  return null;
}

/** An excerpt shows no more. */
const maxExcerpt = 280;

/** Long forms are cut at fewer places: each is of the same kind as the one before it. */
function cutPositions(text: string): number[] {
  const step = text.length > 400 ? Math.floor(text.length / 60) : 1;
  return Array.from({ length: Math.floor(text.length / step) + 1 }, (_, n) => n * step);
}

function* excerpts(text: string): Generator<string> {
  for (const cut of cutPositions(text)) {
    yield `at 3: << ${text.slice(0, cut).slice(-maxExcerpt)}…`.replace(
      cut > maxExcerpt ? '<< ' : '',
      cut > maxExcerpt ? '…' : '',
    );
    yield `at 3: …${text.slice(cut).slice(0, maxExcerpt)}${text.length - cut > maxExcerpt ? '…' : ' >>'}`;
  }
}

describe('no cut of an excerpt leaves more of a secret than five characters, or a quarter of a short one', () => {
  it.each(Object.entries(secretValues))('where the secret has %s', { timeout: 120_000 }, (_, secret) => {
    const redact = maskOf(new Set([secret]));
    const leaks: string[] = [];
    for (const spelled of spelledForms(secret)) {
      const text = spelled.before + spelled.pieces.join('');
      const whole = redact(`<< ${text} >>`);
      if (leakIn(whole, spelled) !== null) leaks.push(`${spelled.name}: ${whole}`);
      for (const excerpt of excerpts(text)) {
        const shown = redact(excerpt);
        const leak = leakIn(shown, spelled);
        if (leak !== null) leaks.push(`${spelled.name}: ${leak} in ${shown} of ${excerpt}`);
      }
    }
    expect(leaks.slice(0, 12)).toEqual([]);
  });
});
