import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { either } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';

const unwritable = new Set(['NaN', 'Infinity', '-Infinity']);

/** `null` and `"NaN"`: a float that JSON has no number for. */
const rule = respelling('nan-as-string', {
  kinds: either(['string'], ['null']),
  lossy: 'whether it was NaN or an infinity',
  locate(a, b) {
    if (b.kind === 'null' && unwritable.has(textOf(a) ?? '')) return 'null';
    const text = textOf(b) ?? '';
    return a.kind === 'null' && unwritable.has(text) ? text : null;
  },
  rewrite(a, to) {
    if (to !== 'null') return a.kind === 'null' ? stringNode(to) : a;
    return unwritable.has(textOf(a) ?? '') ? { kind: 'null', raw: 'null' } : a;
  },
  advice({ reference, candidate, key }, to) {
    const [nil, text] = to === 'null' ? [candidate, reference] : [reference, candidate];
    return [
      {
        target: text,
        text: 'in Java JsonWriteFeature.WRITE_NAN_AS_STRINGS off, and null where there is no number; in .NET no AllowNamedFloatingPointLiterals',
      },
      { target: nil, text: `or make it plain that there is no number: ${fieldOf(key).rust('Option<f64>')} in Rust` },
    ];
  },
});

export const nanAsString = defineClass({
  id: 'nan-as-string',
  title: 'a float that JSON has no number for is null on one side and text on the other',
  severity: 'breaking',
  pass: 'number',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'FastAPI and Javalin',
  page: {
    what: 'NaN, Infinity or -Infinity: null on one side, a string on the other.',
    example: [
      ['Rust (serde_json), JavaScript', '{"v":null}'],
      ['Java (Jackson)', '{"v":"NaN"}'],
    ],
    why: [
      ['Rust, JavaScript, pydantic', 'write null'],
      ['Java', 'Jackson writes a string (WRITE_NAN_AS_STRINGS)'],
      ['.NET', 'throws, or writes a string with AllowNamedFloatingPointLiterals'],
      ['Go', 'fails: json: unsupported value: NaN'],
      ['Python', 'json.dumps writes NaN, which is not JSON'],
    ],
    breaks: 'Decoders of floats refuse null or the string; null may also mean that there is no value.',
    fix: [
      ['Java', 'JsonWriteFeature.WRITE_NAN_AS_STRINGS off'],
      ['Python', 'allow_nan=False; ser_json_inf_nan in pydantic'],
      ['any', 'guard the division, and say null where there is no number'],
    ],
    proof:
      'Writing null for the text (or one text for null) at this place in all samples must give the candidate body.',
    lossy: 'Whether it was NaN, infinity, minus infinity, or no value.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-6'],
  },
  rule,
});
