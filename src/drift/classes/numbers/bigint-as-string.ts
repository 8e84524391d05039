import { defineClass } from '../../definition/define-class.ts';
import type { Fix, Site } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { either } from '../../kit/kinds.ts';
import { isInteger, numberNode } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';

/** The fixes for a number that one side quotes. */
function quotingFixes({ reference, candidate, key }: Site, to: string, types: { go: string; rust: string }): Fix[] {
  const [text, number] = to === 'string' ? [candidate, reference] : [reference, candidate];
  const field = fieldOf(key);
  const quoted = `${field.go(types.go, ',string')} in Go, ${field.rust(types.rust, 'with = "…"')} with serde_with::DisplayFromStr in Rust`;
  return [
    { target: text, text: `write a number: ${field.go(types.go)} in Go, ${field.rust(types.rust)} in Rust` },
    { target: number, text: `or write a string: ${quoted}` },
  ];
}

/** `"9007199254740993"` and `9007199254740993`: the digits are the same, the kind is not. */
const rule = respelling('bigint-as-string', {
  kinds: either(['string'], ['number']),
  locate(a, b) {
    if (a.kind === 'number' && isInteger(a.raw) && b.kind === 'string' && b.raw === `"${a.raw}"`) return 'string';
    if (b.kind === 'number' && isInteger(b.raw) && a.kind === 'string' && a.raw === `"${b.raw}"`) return 'number';
    return null;
  },
  rewrite(a, to) {
    if (to === 'string') return a.kind === 'number' && isInteger(a.raw) ? { kind: 'string', raw: `"${a.raw}"` } : a;
    const digits = a.kind === 'string' ? a.raw.slice(1, -1) : '';
    return isInteger(digits) ? numberNode(digits) : a;
  },
  advice: (site, to) => quotingFixes(site, to, { go: 'int64', rust: 'i64' }),
});

export const bigintAsString = defineClass({
  id: 'bigint-as-string',
  title: 'an integer is a number on one side and a string on the other',
  severity: 'breaking',
  pass: 'number',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'The same digits, in quotes on one side only.',
    example: [
      ['Rust (serde)', '{"id":9007199254740993}'],
      ['Go (`json:",string"`, protojson)', '{"id":"9007199254740993"}'],
    ],
    why: [
      ['Go', 'protojson writes 64-bit integers as strings; encoding/json does so with the string option'],
      ['JavaScript', 'numbers above 2^53 lose digits, so many APIs quote them; parameters of a path are strings'],
    ],
    breaks: 'Typed decoders refuse the other kind; untyped ones compare "1" with 1.',
    fix: [
      ['Go', '`json:"id,string"` to quote, or no string option'],
      ['Rust', 'serde_with::DisplayFromStr to quote'],
      ['Java', '@JsonSerialize(using = ToStringSerializer.class) to quote'],
      ['Node', 'String(id) for text, Number(id) for a number; a BigInt needs a toJSON'],
      ['Python (pydantic)', 'Annotated[int, PlainSerializer(str)] for text'],
      ['.NET', '[JsonNumberHandling(JsonNumberHandling.WriteAsString)]'],
      ['PHP', '(int) $row["id"], or PDO::ATTR_STRINGIFY_FETCHES => false'],
    ],
    proof: 'Quoting or unquoting the exact digits must give the candidate value.',
    sources: ['https://protobuf.dev/programming-guides/json/'],
  },
  rule,
});
