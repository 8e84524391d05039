import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { member, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';
import { hexes, maxBytes, variants } from './binary.ts';

const byte = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;

function readBytes(node: JsonNode | undefined): Buffer | null {
  if (node?.kind !== 'array' || node.items.length > maxBytes) return null;
  const bytes = Buffer.alloc(node.items.length);
  for (const [at, item] of node.items.entries()) {
    const raw = numberOf(item);
    if (raw === null || !byte.test(raw)) return null;
    bytes[at] = Number(raw);
  }
  return bytes;
}

function writeBytes(bytes: Buffer): JsonNode {
  return { kind: 'array', items: [...bytes].map((one) => numberNode(String(one))) };
}

const list: Notation<Buffer> = {
  name: 'list',
  read: readBytes,
  writers: { '': writeBytes },
  recipe: (field) => `a list of numbers: ${field.rust('Vec<u8>')} in Rust, ${field.go('[N]byte')} in Go`,
};

/** What JSON.stringify makes of a Buffer of Node. */
const nodeBuffer: Notation<Buffer> = {
  name: 'Buffer',
  read(node) {
    if (node.kind !== 'object' || node.members.length !== 2) return null;
    return textOf(node.members[0]!.value) === 'Buffer' ? readBytes(member(node, 'data')?.value) : null;
  },
  writers: {
    '': (bytes) => ({
      kind: 'object',
      members: [
        { key: 'type', raw: '"type"', value: stringNode('Buffer') },
        { key: 'data', raw: '"data"', value: writeBytes(bytes) },
      ],
    }),
  },
  recipe: () => 'type and data: a Buffer in Node without toString("base64")',
};

const hexNames = new Set(hexes.map((one) => one.name));

const base64Names = new Set(variants.map((one) => one.name));

function isOneFamily(from: string, to: string): boolean {
  return [hexNames, base64Names].some((names) => names.has(from) && names.has(to));
}

/** `[1,255]`, `"Af8="`, `"01ff"`. */
const rule = translating('bytes-repr', {
  notations: [list, nodeBuffer, ...variants, ...hexes],
  learns: false,
  between: (from, to) => !isOneFamily(from, to),
  kinds: either(['string', 'array', 'object'], ['string', 'array', 'object']),
  telling: (bytes) => bytes.length > 1,
});

export const bytesRepr = defineClass({
  id: 'bytes-repr',
  title: 'bytes are written in another form',
  severity: 'breaking',
  pass: 'binary',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The same bytes as a list of numbers, as base64, as hex, or as a Buffer of Node.',
    example: [
      ['Rust (Vec<u8>)', '{"b":[1,255]}'],
      ['Go ([]byte), Jackson, .NET', '{"b":"Af8="}'],
    ],
    why: [
      ['Rust', 'serde writes Vec<u8> as a list, serde_bytes does so in JSON, too'],
      ['Go', '[]byte is base64, [N]byte a list'],
      ['JavaScript', 'a Buffer is {"type":"Buffer","data":[…]}'],
    ],
    breaks: 'Typed decoders refuse the other form; untyped clients show a list of numbers for a file.',
    fix: [
      ['Rust', 'serde_with::base64::Base64'],
      ['Go', 'a type of its own, or a slice of [N]byte'],
      ['JavaScript', 'buffer.toString("base64")'],
    ],
    proof:
      'Decoding one form and encoding the other must give the candidate body, byte for byte; one byte alone is too little.',
    flips: ['The package encoding/json/v2 of Go writes [N]byte as base64'],
    sources: [
      'https://pkg.go.dev/encoding/json#Marshal',
      'https://docs.rs/serde_with/latest/serde_with/base64/struct.Base64.html',
    ],
  },
  rule,
});
