import { Kind } from '../../json/document.ts';
import { maxNumbers } from '../limits.ts';
import { appendMember, type BodyPlace, type JsonBody, replaceNode, sourceOf } from '../model/body.ts';
import type { Draft } from '../model/probe.ts';
import type { Seed } from '../model/seed.ts';

type Row = readonly [name: string, lexeme: string, ...aims: string[]];

const range = ['number-range', 'int-precision-loss'];

/** Number lexemes that are read, kept and printed each in another way. */
const lexemes: readonly Row[] = [
  ['negative', '-1', 'number-range'],
  ['negative-zero', '-0', 'number-form', 'float-integral-suffix'],
  ['i32-max-plus-1', '2147483648', 'number-range'],
  ['2-53-minus-1', '9007199254740991', ...range],
  ['2-53', '9007199254740992', ...range],
  ['2-53-plus-1', '9007199254740993', ...range],
  ['i64-max', '9223372036854775807', ...range],
  ['i64-max-plus-1', '9223372036854775808', ...range],
  ['i64-min', '-9223372036854775808', ...range],
  ['i64-min-minus-1', '-9223372036854775809', ...range],
  ['u64-max', '18446744073709551615', ...range],
  ['u64-max-plus-1', '18446744073709551616', ...range],
  ['40-digits', '1234567890123456789012345678901234567890', ...range],
  ['1e400', '1e400', 'number-range', 'nan-infinity'],
  ['1e16', '1e16', 'number-form', 'float-exponent-large'],
  ['1e-7', '1e-7', 'number-form', 'float-exponent-small'],
  ['1e-400', '1e-400', 'number-range'],
  ['upper-exponent', '1E5', 'number-form'],
  ['plus-exponent', '1e+5', 'number-form'],
  ['negative-zero-fraction', '-0.0', 'number-form', 'float-integral-suffix'],
  ['20-digits', '0.10000000000000000555', 'number-form', 'float-parse-ulp'],
  ['ulp', '0.36238800000000004', 'float-parse-ulp', 'number-form'],
];

/** Numbers at the limits of what runtimes keep, for the first numbers of the body; where there is none, in a member that nobody knows. */
export function number(seed: Seed): Draft[] {
  const { json } = seed;
  if (json === null) return [];
  if (json.numbers.length > 0) return json.numbers.slice(0, maxNumbers).flatMap((place) => numbersAt(json, place));
  if (json.document.kind[0] !== Kind.object) return [];
  return lexemes.map(([name, lexeme, ...aims]) => ({
    name: `unknown.${name}`,
    title: `a member that nobody knows is ${lexeme}`,
    aims,
    change: { body: appendMember(json, 0, `"parity_unknown":${lexeme}`) },
  }));
}

function numbersAt(body: JsonBody, place: BodyPlace): Draft[] {
  const own = sourceOf(body, place.node);
  const whole = /^-?\d+$/.test(own) && own.length < 30;
  const spelled: readonly Row[] = whole
    ? [
        ['same-with-fraction', `${own}.0`, 'number-form', 'float-integral-suffix'],
        ['same-with-exponent', `${own}e0`, 'number-form'],
        ['with-half', `${own}.5`, 'number-form', 'validation-status'],
      ]
    : [];
  return [...spelled, ...lexemes].map(([name, lexeme, ...aims]) => ({
    name: `${place.slug}.${name}`,
    title: `${place.pointer || 'the body'} is ${lexeme}`,
    aims,
    change: { body: replaceNode(body, place.node, lexeme) },
  }));
}

/** Around the limits of System.Text.Json (64), serde_json (128), PHP (512) and encoding/json (10,000). */
const depths = [64, 129, 513, 10_001];

/** Arrays nested so deep, in a member that nobody knows and in the place of a value that is read. */
export function depth(seed: Seed): Draft[] {
  const { json } = seed;
  if (json === null) return [];
  const containers = json.members.filter(({ node }) => json.document.kind[node]! >= Kind.array);
  const used: BodyPlace | undefined = containers.at(-1) ?? json.members[0];
  return depths.flatMap((levels) => {
    const nest = `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const draft = (name: string, where: string, body: Uint8Array): Draft => ({
      name: `${name}-${levels}`,
      title: `${where} is nested ${levels} levels deep`,
      aims: ['depth-limit'],
      change: { body },
    });
    const place = used === undefined ? [] : [draft('used', used.pointer, replaceNode(json, used.node, nest))];
    const unknown =
      json.document.kind[0] === Kind.object ? appendMember(json, 0, `"parity_unknown":${nest}`) : Buffer.from(nest);
    return [draft('unknown', 'a member that nobody knows', new Uint8Array(unknown)), ...place];
  });
}
