import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { Found } from '../../kit/drift-rule.ts';
import type { Field } from '../../kit/field.ts';
import { either } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { isOrdinal, type Pairs, pairing, type ScalarKind } from './enumerations.ts';

/** Any two lists without repetition can be paired: at least two pairs, and each of them, must come again in another body. */
function isUnrepeated(found: readonly Found<Pairs>[]): boolean {
  const bodies = new Map<string, Set<string>>();
  for (const { parameters, body } of found)
    for (const value of parameters.values.keys()) {
      const seen = bodies.get(value) ?? new Set<string>();
      bodies.set(value, seen.add(body));
    }
  return bodies.size < 2 || [...bodies.values()].some((seen) => seen.size < 2);
}

/** A name that a programmer gives: words of letters, no sentence. */
const variant = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

function isVariant(node: JsonNode): boolean {
  const text = textOf(node);
  return text !== null && variant.test(text);
}

function enumRecipe(kind: ScalarKind, field: Field): string {
  return kind === 'number'
    ? `a number: ${field.rust('E')} deriving serde_repr::Serialize_repr in Rust, ${field.go('E')} without MarshalText in Go`
    : `a name: ${field.rust('E')} deriving Serialize in Rust, MarshalText on the type of ${field.go('E')} in Go`;
}

/** `"Closed"` and `1`. */
const rule = pairing('enum-string-vs-int', {
  kinds: either(['string'], ['number']),
  pairs: (a, b) => (isVariant(a) && isOrdinal(b)) || (isOrdinal(a) && isVariant(b)),
  doubts: isUnrepeated,
  recipe: enumRecipe,
});

export const enumStringVsInt = defineClass({
  id: 'enum-string-vs-int',
  title: 'a variant has a name on one side and a number on the other',
  severity: 'breaking',
  pass: 'enumeration',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'Each name of one side stands for one number of the other.',
    example: [
      ['Rust (serde), Java', '["Open","Closed"]'],
      ['Go (iota), .NET', '[0,1]'],
    ],
    why: [
      ['Go', 'a constant of iota is a number, even if it has a String method'],
      ['.NET', 'System.Text.Json writes numbers without JsonStringEnumConverter'],
      ['Rust, Java', 'write the name'],
    ],
    breaks: 'A switch on the name falls through; an enum decoder refuses the number.',
    fix: [
      ['Go', 'MarshalText on the type'],
      ['Rust', 'serde_repr::Serialize_repr'],
      ['.NET', 'JsonStringEnumConverter'],
      ['Java', '@JsonValue, or @JsonFormat(shape = NUMBER)'],
    ],
    proof:
      'One map, one to one, of at least two values must give the candidate body. It is confirmed as soon as every pair came again in another body; until then it is a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal', 'https://docs.rs/serde_repr/latest/serde_repr/'],
  },
  rule,
});
