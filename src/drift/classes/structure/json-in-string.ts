import { JsonSyntaxError } from '../../../json/document.ts';
import { readJson } from '../../../json/read.ts';
import { type JsonNode, printTree, stringNode, toTree } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { areAlike } from '../../kit/node-predicates.ts';
import { textOf } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

/** Texts above this are not read as JSON. */
const maxTextLength = 256 << 10;

function parsed(node: JsonNode): JsonNode | null {
  const text = textOf(node);
  if (text === null || !/^[{[]/.test(text) || text.length > maxTextLength) return null;
  const document = readJson(Buffer.from(text));
  const tree = document instanceof JsonSyntaxError ? null : toTree(document);
  return tree?.kind === 'object' || tree?.kind === 'array' ? tree : null;
}

function isFilled(node: JsonNode): boolean {
  return (node.kind === 'object' && node.members.length > 0) || (node.kind === 'array' && node.items.length > 0);
}

/** A document as text inside of a document. */
const rule = twoForms<{ readonly text: true }>({
  id: 'json-in-string',
  kinds: either(['object', 'array'], ['string']),
  find(rich, plain) {
    const inner = isFilled(rich) ? parsed(plain) : null;
    return inner !== null && areAlike(rich, inner) ? { text: true } : null;
  },
  toPlain: (rich) =>
    rich.kind === 'object' || rich.kind === 'array'
      ? stringNode(Buffer.from(printTree(rich), 'latin1').toString('utf8'))
      : rich,
  toRich: (plain) => parsed(plain) ?? plain,
  advice: () => ({
    plain:
      'write the value itself: serde_json::value::RawValue in Rust, json.RawMessage in Go, JSON.parse(text) in Node, @JsonRawValue in Jackson, a JSON column type in the ORM',
    rich: 'or write it as text: serde_with::json::JsonString in Rust, a string with json.Marshal in Go, JSON.stringify(value) in Node',
  }),
});

export const jsonInString = defineClass({
  id: 'json-in-string',
  title: 'a document is written as text inside of the document',
  severity: 'breaking',
  pass: 'document',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side writes an object or a list, the other the same as an escaped string.',
    example: [
      ['PHP', '{"meta":"{\\"a\\":1}"}'],
      ['Go', '{"meta":{"a":1}}'],
    ],
    why: [
      ['All', 'a JSON column is read as text, and encoded once more'],
      ['Go', 'string instead of json.RawMessage'],
      ['Java', 'String without @JsonRawValue'],
    ],
    breaks: 'The member meta.a is undefined until the client parses a second time.',
    fix: [
      ['Rust', 'Box<serde_json::value::RawValue>, or serde_with::json::JsonString for the text'],
      ['Go', 'json.RawMessage'],
      ['Java', '@JsonRawValue'],
      ['Node', 'JSON.parse(row.meta)'],
      ['PHP', "'array' in $casts of an Eloquent model"],
    ],
    proof:
      'The text must hold the same document, white space and escapes included. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://docs.rs/serde_json/latest/serde_json/value/struct.RawValue.html'],
  },
  rule,
});
