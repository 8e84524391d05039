import { sameNumber } from '../../../json/number.ts';
import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { either } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';
import { isDecimal } from './numbers.ts';

/** `"1.10"` and `1.10`, or `1.1`: an amount is a string on one side. */
const rule = respelling('decimal-string-vs-number', {
  kinds: either(['string'], ['number']),
  locate(a, b) {
    const [text, number] = a.kind === 'string' ? [textOf(a), numberOf(b)] : [textOf(b), numberOf(a)];
    if (!isDecimal(text) || !isDecimal(number) || isInteger(text) || !sameNumber(text, number)) return null;
    return a.kind === 'string' ? 'number' : 'string';
  },
  rewrite(a, to) {
    if (to === 'string') return a.kind === 'number' && isDecimal(a.raw) ? stringNode(a.raw) : a;
    const text = textOf(a);
    return isDecimal(text) ? numberNode(text) : a;
  },
  advice(site, to) {
    const [text, number] = to === 'string' ? [site.candidate, site.reference] : [site.reference, site.candidate];
    const field = fieldOf(site.key);
    const asText = field.rust('Decimal', 'with = "rust_decimal::serde::str"');
    const asNumber = field.rust('Decimal', 'with = "rust_decimal::serde::arbitrary_precision"');
    return [
      {
        target: text,
        text: `write a number: ${asNumber} in Rust, decimal.MarshalJSONWithoutQuotes = true in Go (shopspring)`,
      },
      {
        target: number,
        text: `or write a string, which no client rounds: ${asText} in Rust, ${field.go('decimal.Decimal')} in Go`,
      },
    ];
  },
});

export const decimalStringVsNumber = defineClass({
  id: 'decimal-string-vs-number',
  title: 'an amount is a string on one side and a number on the other',
  severity: 'breaking',
  pass: 'number',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'The same decimal, in quotes on one side only.',
    example: [
      ['Rust (rust_decimal), pydantic, Django', '{"price":"1.10"}'],
      ['Java (BigDecimal)', '{"price":1.10}'],
    ],
    why: [
      ['Rust', 'rust_decimal writes text unless the feature serde-float is on'],
      ['Python', 'pydantic and Django write text; a float in a plain dict stays a number'],
      ['Java', 'Jackson writes BigDecimal as a number'],
    ],
    breaks: 'Typed decoders refuse the other kind; a number loses the zero at its end, and digits beyond a double.',
    fix: [
      ['Rust', '#[serde(with = "rust_decimal::serde::str")] or rust_decimal::serde::arbitrary_precision'],
      ['Java', '@JsonFormat(shape = JsonFormat.Shape.STRING)'],
      ['Go', 'decimal.Decimal of shopspring; decimal.MarshalJSONWithoutQuotes'],
      [
        'Python (pydantic)',
        'Annotated[Decimal, PlainSerializer(float)] for a number; COERCE_DECIMAL_TO_STRING = False in Django REST framework',
      ],
      ['Node', 'Number(row.price) for a number: pg and Prisma give decimals as text'],
      ['PHP', '(float) $row["price"] for a number, number_format($price, 2, ".", "") for text'],
    ],
    proof:
      'Quoting or unquoting must give the same number; another number of digits after the point is decimal-scale besides.',
    flips: ['The features serde-float and serde-arbitrary-precision of rust_decimal'],
    sources: [
      'https://docs.rs/rust_decimal/latest/rust_decimal/',
      'https://github.com/FasterXML/jackson-databind/wiki/Serialization-features',
    ],
  },
  rule,
});
