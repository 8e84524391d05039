import { describe, expect, it } from 'vitest';
import { mediaType } from '../../../src/compare/headers/media-type.ts';
import { rulesForMedia } from '../../../src/compare/rules/media-scope.ts';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';

const ignore = (pointer: string, media?: string) => ({
  pointer,
  keep: 'type' as const,
  reason: null,
  ...(media === undefined ? {} : { media }),
});
const types = (...names: readonly string[]) => names.map(mediaType);
const rules = (...list: readonly ReturnType<typeof ignore>[]): CompareOptions => ({ ...defaultCompare, ignore: list });
/** Made anew: what is found for an object of options is kept. */
const mixed = () =>
  rules(ignore('/any'), ignore('/json', 'application/json'), ignore('/text', 'text/*'), ignore('/html', 'text/html'));

describe('of the rules are in force for a pair of bodies', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['those for their type, and those for all', ['application/json', 'application/json'], ['/any', '/json']],
    ['those for their family', ['text/plain', 'text/plain'], ['/any', '/text']],
    ['those for both of their types', ['text/html', 'text/plain'], ['/any', '/text']],
    ['those for all alone, where the types have nothing in common', ['text/html', 'application/json'], ['/any']],
    ['those for all alone, where there is no type', ['', ''], ['/any']],
  ])('%s', (_, names, expected) => {
    expect(rulesForMedia(mixed(), types(...names)).ignore.map(({ pointer }) => pointer)).toEqual(expected);
  });

  it.each<readonly [string, CompareOptions]>([
    ['no rules', rules()],
    ['rules for all types', rules(ignore('/a'))],
    ['rules for this type', rules(ignore('/a', 'text/html'), ignore('/b', 'text/*'), ignore('/c'))],
  ])('all, and the options are the same object: %s', (_, options) => {
    expect(rulesForMedia(options, types('text/html', 'text/html'))).toBe(options);
  });

  it('one set for one selection, so it is compiled once, and another one for another', () => {
    const options = mixed();
    const [text, html, json] = ['text/plain', 'text/html', 'application/json'].map((name) =>
      rulesForMedia(options, types(name)),
    );
    expect(rulesForMedia(options, types('text/css'))).toBe(text);
    expect(new Set([text, html, json]).size).toBe(3);
  });
});
