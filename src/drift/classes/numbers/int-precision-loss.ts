import { sameNumber } from '../../../json/number.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';
import { printerNames, printFloat } from '../../kit/printers.ts';
import { maxDecimalLength } from './numbers.ts';

/** An integer beyond 2^53, as a double has it. */
function rounded(name: string): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > maxDecimalLength || !isInteger(raw) || Number.isSafeInteger(Number(raw)))
      return null;
    if (!Number.isFinite(Number(raw))) return null;
    const printed = printFloat(name, Number(raw));
    return sameNumber(printed, raw) ? null : numberNode(printed);
  };
}

const rule = normalising('int-precision-loss', {
  kinds: alike('number'),
  lossy: 'the digits above 2^53',
  ways: Object.fromEntries(printerNames.map((name) => [name, rounded(name)])),
  advice: ({ normaliser, keeper }, { key }) => [
    {
      target: normaliser,
      text: `read it as an integer: ${fieldOf(key).go('int64')} or Decoder.UseNumber() in Go, ${fieldOf(key).rust('i64')} or u128 in Rust, BigInt in JavaScript`,
    },
    { target: keeper, text: 'or send a string where clients read numbers as doubles' },
  ],
});

export const intPrecisionLoss = defineClass({
  id: 'int-precision-loss',
  title: 'an integer beyond 2^53 was rounded to a double on one side',
  severity: 'breaking',
  pass: 'number',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'One side sends an integer, the other the double nearest to it: the last digits are others.',
    example: [
      ['Rust (i64)', '{"id":9007199254740993}'],
      ['Go (any), JavaScript', '{"id":9007199254740992}'],
    ],
    why: [
      ['JavaScript', 'JSON.parse reads every number as a double'],
      ['Go', 'decoding into any gives float64 unless UseNumber is called'],
      ['Java', 'Gson reads numbers into Object as Double'],
      ['Rust', 'serde_json::Value has no integer beyond u64'],
      ['PHP', 'integers beyond 2^63 become floats'],
    ],
    breaks: 'Ids point to other records, amounts change, and nothing says so.',
    fix: [
      ['Go', 'Decoder.UseNumber(), or a field of type int64'],
      ['JavaScript', 'BigInt by a parser that keeps the source, or ids as strings'],
      ['PHP', 'JSON_BIGINT_AS_STRING'],
      ['Java', 'ToNumberPolicy.LONG_OR_DOUBLE of Gson'],
    ],
    proof:
      'The double nearest to the one integer, printed as some runtime does, must be the other number, byte for byte.',
    lossy: 'The exact digits of an integer above 2^53.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-6', 'https://pkg.go.dev/encoding/json#Decoder.UseNumber'],
  },
  rule,
});
