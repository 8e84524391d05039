import fc from 'fast-check';
import { compareJson } from '../../src/compare/json/compare-json.ts';
import type { JsonComparison } from '../../src/compare/model/divergence-list.ts';
import { compileRules } from '../../src/compare/rules/compiled-rules.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import { read } from '../json/documents.ts';

/** A JSON value that can be spelled in many ways: keys in order, numbers as lexemes, strings as text. */
export type Model =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly is: boolean }
  | { readonly kind: 'number'; readonly lexeme: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly Model[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: Model])[] };

/** Keys that every object of JavaScript has, and keys that are awkward in a pointer. */
export const prototypeKeys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];
const keys = ['a', 'b', 'id', 'name', '', '0', 'a/b', 'm~n', 'é', '😀', '"', '\\', '\n', ...prototypeKeys];
const texts = ['', 'a', 'b', 'é', '😀', '"\\/', '\n\t', '\u0001', '\u2028', '\ufffe', '\ud800', ...prototypeKeys];
const lexemes = ['0', '1', '-1', '7', '1.5', '0.1', '100', '9007199254740992', '9007199254740993', '1e400', '1e-400'];

const { model } = fc.letrec<{ model: Model }>((tie) => ({
  model: fc.oneof(
    { maxDepth: 5, depthSize: 'medium', depthIdentifier: 'model' },
    fc.constant<Model>({ kind: 'null' }),
    fc.boolean().map((is): Model => ({ kind: 'boolean', is })),
    fc.constantFrom(...lexemes).map((lexeme): Model => ({ kind: 'number', lexeme })),
    fc.constantFrom(...texts).map((text): Model => ({ kind: 'string', text })),
    fc
      .array(tie('model'), { maxLength: 5, depthIdentifier: 'model' })
      .map((items): Model => ({ kind: 'array', items })),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...keys), tie('model')), {
        maxLength: 5,
        selector: ([key]) => key,
        depthIdentifier: 'model',
      })
      .map((members): Model => ({ kind: 'object', members })),
  ),
}));

/** Any JSON value of moderate size. */
export const anyModel: fc.Arbitrary<Model> = model;

/** An object or an array at the root, with something in it: most bodies. */
export const anyBody: fc.Arbitrary<Model> = fc.oneof(
  fc.array(model, { minLength: 1, maxLength: 5 }).map((items): Model => ({ kind: 'array', items })),
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), model), { minLength: 1, maxLength: 5, selector: ([key]) => key })
    .map((members): Model => ({ kind: 'object', members })),
);

/** Compact JSON: strings as `JSON.stringify` has them. */
export function print(value: Model): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.is);
    case 'number':
      return value.lexeme;
    case 'string':
      return JSON.stringify(value.text);
    case 'array':
      return `[${value.items.map(print).join(',')}]`;
    case 'object':
      return `{${value.members.map(([key, member]) => `${JSON.stringify(key)}:${print(member)}`).join(',')}}`;
  }
}

/** How often a property of the comparator is tried; `PARITY_PROPERTY_RUNS` in the environment says how often instead. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Number(process.env.PARITY_PROPERTY_RUNS ?? usual) };
}

/** A source of choices: a number below `n`. */
export type Choose = (n: number) => number;

/** Choices from a seed (mulberry32), so that fast-check can shrink and repeat them. */
export function chooser(seed: number): Choose {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) % n;
  };
}

function spellText(text: string, choose: Choose): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  // A pair of surrogates stays one character, or becomes two escapes; half of one would mean something else.
  const whole = choose(2) === 0;
  if (whole) return JSON.stringify(text).replaceAll('/', choose(2) ? '\\/' : '/');
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`;
}

function spellNumber(lexeme: string, choose: Choose): string {
  const [mantissa = '', exponent] = lexeme.split('e');
  const longer = mantissa.includes('.') ? `${mantissa}00` : `${mantissa}.0`;
  const power = exponent === undefined ? ['', 'e0', 'E+00'][choose(3)] : `${'eE'[choose(2)]}${exponent}`;
  return `${choose(2) ? longer : mantissa}${power}`;
}

function shuffled<T>(list: readonly T[], choose: Choose): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = choose(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}

/** The same value in other words: escapes, number spelling, white space, key order. */
export function respell(value: Model, choose: Choose): string {
  const space = () => ['', '', ' ', '\n\t'][choose(4)]!;
  const around = (text: string) => `${space()}${text}${space()}`;
  if (value.kind === 'string') return around(spellText(value.text, choose));
  if (value.kind === 'number') return around(spellNumber(value.lexeme, choose));
  if (value.kind === 'array')
    return around(`[${value.items.map((item) => respell(item, choose)).join(',') || space()}]`);
  if (value.kind !== 'object') return around(print(value));
  const members = shuffled(value.members, choose).map(
    ([key, member]) => `${around(spellText(key, choose))}:${respell(member, choose)}`,
  );
  return around(`{${members.join(',') || space()}}`);
}

/** The rungs' own definition of shape, naively: type trees agree, an empty array with every array. */
export function shapesAgree(a: Model, b: Model): boolean {
  if (a.kind === 'array' && b.kind === 'array') {
    if (a.items.length === 0 || b.items.length === 0) return true;
    const covers = (from: readonly Model[], to: readonly Model[]) =>
      from.every((x) => to.some((y) => shapesAgree(x, y)));
    return covers(a.items, b.items) && covers(b.items, a.items);
  }
  if (a.kind !== 'object' || b.kind !== 'object') return a.kind === b.kind;
  const [membersA, membersB] = [new Map(a.members), new Map(b.members)];
  if (membersA.size !== membersB.size) return false;
  return [...membersA].every(([key, value]) => membersB.has(key) && shapesAgree(value, membersB.get(key)!));
}

/** Compares two JSON texts under rules. */
export function compareTexts(
  a: string | Uint8Array,
  b: string | Uint8Array,
  options: Partial<CompareOptions> = {},
): JsonComparison {
  const rules = compileRules({ ...defaultCompare, ...options });
  return compareJson(read(a), read(b), { rules, sameCapture: (x, y) => x === y });
}
