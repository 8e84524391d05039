import { sameNumber } from '../../../json/number.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { numberNode, numberOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';
import { printerNames, printFloat } from '../../kit/printers.ts';
import { maxDecimalLength } from './numbers.ts';

/** A number spelled in no runtime's way, as it came from a client or a store, respelled by a printer. */
function respelled(name: string): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > maxDecimalLength) return null;
    const value = Number(raw);
    if (!Number.isFinite(value) || printerNames.some((one) => printFloat(one, value) === raw)) return null;
    const printed = printFloat(name, value);
    return sameNumber(printed, raw) ? numberNode(printed) : null;
  };
}

const rule = normalising('number-lexeme-normalised', {
  kinds: alike('number'),
  ways: Object.fromEntries(printerNames.map((name) => [name, respelled(name)])),
  advice: ({ normaliser, keeper }, { key }) => [
    {
      target: normaliser,
      text: `keep the source: ${fieldOf(key).rust('Box<RawValue>')} in Rust, ${fieldOf(key).go('json.RawMessage')} or json.Number in Go`,
    },
    { target: keeper, text: 'or read numbers as numbers before they are stored, and write them again' },
  ],
});

export const numberLexemeNormalised = defineClass({
  id: 'number-lexeme-normalised',
  title: 'a number is spelled as it came on one side, and anew on the other',
  severity: 'risky',
  pass: 'decimal-scale',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'One side keeps the spelling of a number from a client or a store (1E2, 1.50e0), the other reads it and prints it again.',
    example: [
      ['Go (json.RawMessage, json.Number)', '{"n":1E2}'],
      ['JavaScript, Go (float64)', '{"n":100}'],
    ],
    why: [
      ['Go', 'json.RawMessage and json.Number keep the source; any does not'],
      ['Rust', 'Box<RawValue> keeps it, serde_json::Value does not unless arbitrary_precision is on'],
    ],
    breaks: 'Signatures over the text of the number, and clients that show 1.50 as it came: prices lose a zero.',
    fix: [
      ['Rust', 'Box<RawValue>'],
      ['Go', 'json.RawMessage, Decoder.UseNumber()'],
    ],
    proof:
      'The one spelling must be what the printer of some runtime gives for the number of the other, byte for byte, and the number must be exactly the same.',
    flips: ['The feature arbitrary_precision of serde_json'],
    sources: [
      'https://pkg.go.dev/encoding/json#RawMessage',
      'https://docs.rs/serde_json/latest/serde_json/value/struct.RawValue.html',
    ],
  },
  rule,
});
