import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { either } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';

const texts: Readonly<Record<string, readonly string[]>> = {
  lower: ['true', 'false'],
  capital: ['True', 'False'],
  upper: ['TRUE', 'FALSE'],
};

function truthOf(text: string | null): boolean | null {
  if (text === null) return null;
  const [isTrue, isFalse] = [0, 1].map((at) => Object.values(texts).some((pair) => pair[at] === text));
  return isTrue ? true : isFalse ? false : null;
}

/** `true` and `"true"`, or `"True"`. */
const rule = respelling('bool-as-string', {
  kinds: either(['boolean'], ['string']),
  locate(a, b) {
    if (b.kind === 'boolean' && String(truthOf(textOf(a))) === b.raw) return 'boolean';
    const text = textOf(b);
    if (a.kind !== 'boolean' || String(truthOf(text)) !== a.raw) return null;
    return Object.keys(texts).find((name) => texts[name]!.includes(text!)) ?? null;
  },
  rewrite(a, to) {
    if (to !== 'boolean')
      return a.kind === 'boolean' ? { kind: 'string', raw: `"${texts[to]![a.raw === 'true' ? 0 : 1]}"` } : a;
    const truth = truthOf(textOf(a));
    return truth === null ? a : { kind: 'boolean', raw: String(truth) };
  },
  advice({ reference, candidate, key }, to) {
    const [text, boolean] = to === 'boolean' ? [reference, candidate] : [candidate, reference];
    const field = fieldOf(key);
    return [
      { target: text, text: `write true or false: ${field.go('bool')} in Go, ${field.rust('bool')} in Rust, no str()` },
      { target: boolean, text: `or write text: ${field.go('bool', ',string')} in Go, DisplayFromStr in Rust` },
    ];
  },
});

export const boolAsString = defineClass({
  id: 'bool-as-string',
  title: 'true and false are text on one side',
  severity: 'breaking',
  pass: 'boolean',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'A boolean on one side is "true", "True" or "TRUE" on the other.',
    example: [
      ['Rust, Go (bool)', '{"on":true}'],
      ['Python (str)', '{"on":"True"}'],
    ],
    why: [
      ['Go', '`json:",string"` quotes booleans'],
      ['Python', 'str(True) is True with a capital'],
      ['any', 'values from forms, environment or XML that nobody read'],
    ],
    breaks: 'Typed decoders refuse text; in JavaScript "false" is true.',
    fix: [
      ['Go', 'a bool field without the string option'],
      ['Python', 'bool, not str(…)'],
    ],
    proof: 'Quoting or unquoting in one spelling must give the candidate body.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  rule,
});
