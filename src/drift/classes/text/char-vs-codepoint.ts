import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';

const character: Notation<number> = {
  name: 'character',
  read(node) {
    const text = textOf(node) ?? '';
    const point = text.length === 0 || text.length > 2 ? undefined : text.codePointAt(0);
    return point !== undefined && String.fromCodePoint(point) === text && !isSurrogate(point) ? point : null;
  },
  writers: { '': (point) => (point > 0x10ffff || isSurrogate(point) ? null : stringNode(String.fromCodePoint(point))) },
  recipe: (field) => `text of one character: ${field.rust('char')} in Rust, ${field.go('string')} with string(r) in Go`,
};

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}

const codePoint: Notation<number> = {
  name: 'code point',
  read(node) {
    const raw = numberOf(node);
    return raw !== null && raw.length <= 7 && isInteger(raw) && !raw.startsWith('-') ? Number(raw) : null;
  },
  writers: { '': (point) => numberNode(String(point)) },
  recipe: (field) => `the number of the character: ${field.go('rune')} in Go, ${field.rust('u32')} in Rust`,
};

/** `"é"` and `233`. */
const rule = translating('char-vs-codepoint', {
  notations: [character, codePoint],
  learns: true,
  kinds: either(['string'], ['number']),
});

export const charVsCodepoint = defineClass({
  id: 'char-vs-codepoint',
  title: 'a character is text on one side and a number on the other',
  severity: 'breaking',
  pass: 'identifier',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'One side writes a character, the other the number that Unicode gives it.',
    example: [
      ['Rust (char)', '{"c":"é"}'],
      ['Go (rune)', '{"c":233}'],
    ],
    why: [
      ['Go', 'a rune is an int32'],
      ['Java', 'a char is text, an int from codePointAt a number'],
    ],
    breaks: 'Typed decoders refuse the other kind; untyped clients show 233 for é.',
    fix: [
      ['Go', 'string(r)'],
      ['Rust', 'u32::from(c)'],
    ],
    proof:
      'Writing the number for the character (or back) must give the candidate body. One character alone makes a hypothesis.',
    sources: ['https://go.dev/ref/spec#Numeric_types'],
  },
  rule,
});
