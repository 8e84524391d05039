import { sameNumber } from '../../../json/number.ts';
import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { hasSameKeys, isInteger, numberNode, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { printFloat } from '../../kit/printers.ts';
import { compareText } from '../../kit/text-order.ts';
import { isSame } from '../../kit/tree-equal.ts';
import { twoForms } from '../../kit/two-way-form.ts';

/** Printers of the floats of generic values: serde_json's Value before and after 1.0.147, Go's any, JavaScript. */
const domPrinters = ['zmij', 'ryu', 'go'] as const;

interface Reading {
  readonly printer: string;
}

/** A document as a generic value writes it again: keys sorted, numbers and texts spelled anew. */
function reread(node: JsonNode, printer: string): JsonNode {
  if (node.kind === 'array') return { kind: 'array', items: node.items.map((item) => reread(item, printer)) };
  if (node.kind === 'object') {
    const members = node.members.map((one) => ({ ...one, value: reread(one.value, printer) }));
    return { kind: 'object', members: members.sort((x, y) => compareText(x.key, y.key)) };
  }
  if (node.kind === 'string') return stringNode(textOf(node) ?? '');
  if (node.kind !== 'number' || isInteger(node.raw) || node.raw.length > 40) return node;
  const printed = printFloat(printer, Number(node.raw));
  return sameNumber(printed, node.raw) ? numberNode(printed) : node;
}

function hasNumber(node: JsonNode, fits: (raw: string) => boolean): boolean {
  if (node.kind === 'object') return node.members.some((one) => hasNumber(one.value, fits));
  if (node.kind === 'array') return node.items.some((item) => hasNumber(item, fits));
  return node.kind === 'number' && fits(node.raw);
}

function isSorted(node: ObjectNode): boolean {
  return node.members.every((one, i) => i === 0 || compareText(node.members[i - 1]!.key, one.key) < 0);
}

/** One number at least is spelled as no printer of doubles has it: somebody sent it so. */
function asSent(raw: string): boolean {
  return !isInteger(raw) && raw.length <= 40 && domPrinters.every((name) => printFloat(name, Number(raw)) !== raw);
}

/**
 * `{"z":1.50,"a":1}` and `{"a":1,"z":1.5}`: a document that one side hands on as it came, and the other reads and writes. The way
 * back is not known, so it is claimed in one direction only.
 */
const rule = twoForms<Reading>({
  id: 'raw-json-passthrough',
  find(rich, plain) {
    if (rich.kind !== 'object' || plain.kind !== 'object' || rich.members.length !== plain.members.length) return null;
    if (hasSameKeys(rich, plain) || !isSorted(plain) || uniqueKeys(rich) === null || !hasNumber(rich, asSent))
      return null;
    const printer = domPrinters.find((name) => isSame(reread(rich, name), plain));
    return printer === undefined ? null : { printer };
  },
  toPlain: (rich, { printer }) => reread(rich, printer),
  toRich: (plain) => plain,
  advice: () => ({
    rich: 'or read the document into a generic value, where nobody needs it as it was sent: serde_json::Value in Rust, any in Go',
    plain:
      'hand the document on as it came: Box<serde_json::value::RawValue> in Rust (feature raw_value), json.RawMessage in Go, @JsonRawValue in Jackson',
  }),
});

export const rawJsonPassthrough = defineClass({
  id: 'raw-json-passthrough',
  title: 'a document is handed on as it came on one side, and read and written again on the other',
  severity: 'cosmetic',
  pass: 'raw-json',
  evidence: 'documented',
  page: {
    what: 'One side keeps order and numbers of a document as a client sent it. The other reads it into a generic value, so that keys come out sorted and numbers spelled its own way.',
    example: [
      ['Go (json.RawMessage)', '{"doc":{"z":1.50,"a":"\\u003cb\\u003e"}}'],
      ['Rust (serde_json::Value)', '{"doc":{"a":"<b>","z":1.5}}'],
    ],
    why: [
      ['Go', 'json.RawMessage keeps keys and numbers, drops white space and escapes <, > and &'],
      [
        'Rust (serde_json)',
        'Value is a sorted map unless preserve_order is on, and a double unless arbitrary_precision is; RawValue keeps every byte',
      ],
      ['Node', 'JSON.parse and JSON.stringify keep the order of keys but not numbers, and put integer keys first'],
    ],
    breaks: 'Signatures and hashes over the document no longer fit; numbers beyond a double change their value.',
    fix: [
      ['Rust', 'Box<serde_json::value::RawValue>, with the feature raw_value'],
      ['Go', 'json.RawMessage on this side too, or any on both'],
    ],
    proof:
      'One side, read into a generic value and written with sorted keys, is the other side, letter by letter, and a number in it is spelled as no runtime prints it.',
    flips: [
      'serde_json 1.0.147 prints exponents with a plus sign',
      'Go with encoding/json/v2 does not escape <, > and &',
    ],
    sources: [
      'https://docs.rs/serde_json/latest/serde_json/value/struct.RawValue.html',
      'https://pkg.go.dev/encoding/json#RawMessage',
    ],
  },
  rule,
});
