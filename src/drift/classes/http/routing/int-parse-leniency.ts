import { defineClass } from '../../../definition/define-class.ts';
import type { Answered, ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';
import { textOf } from '../../../kit/nodes.ts';

/** Spellings of a number on which parsers disagree. */
const oddNumber = /^(?:(?:\+|%2B)\d+|0\d+|\d+(?:_\d+)+|0[xX][0-9a-fA-F]+|[+-]?(?:inf|infinity|nan))$/i;

/** A spelling that only says the number in another way. */
const longNumber = /^(?:\+|%2B)?0{0,40}(\d{1,40})$/i;

function hasMember({ json }: Answered, text: string): boolean {
  return (
    json?.kind === 'object' &&
    json.members.some(({ value }) => (value.kind === 'number' ? value.raw : textOf(value)) === text)
  );
}

/** The path names a thing by an odd number: one side answers with what has the plain number, the other does not find it. */
function findsByNumber({ asked, first, second }: ExchangePair): boolean {
  const plain = asked.path.split('/').flatMap((one) => {
    const number = oddNumber.test(one) ? longNumber.exec(one)?.[1] : undefined;
    return number === undefined ? [] : [number];
  });
  return first.status === 404 && second.accepts && plain.some((number) => hasMember(second, number));
}

export const intParseLeniency = defineClass({
  id: 'int-parse-leniency',
  title: 'an odd spelling of a number in the address is a number on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'path-parameter',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'A segment of the path or a query parameter is a number with a plus sign, leading zeros, underscores, a hex prefix, or no finite number; one parser takes it, the other refuses.',
    request: 'GET /items/+1',
    example: [
      [
        'Go (strconv.ParseUint)',
        '400␊content-type: text/plain; charset=utf-8␊␊strconv.ParseUint: parsing "+1": invalid syntax␊',
      ],
      ['Rust (axum)', '200␊content-type: application/json␊␊{"id":1}'],
    ],
    why: [
      ['Go', 'ParseUint takes no sign, ParseInt takes one; ParseFloat takes underscores, hex and inf'],
      ['Rust', 'str::parse takes a plus sign for every integer type, and inf and nan for floats'],
      ['Python', 'int() takes underscores, spaces and digits of any script'],
      ['Node', 'parseInt takes whatever begins with a digit'],
    ],
    breaks: 'Links that one side made or accepted fail on the other.',
    fix: [
      ['Go', 'strconv.ParseInt and a check for the sign'],
      ['Rust', 'a newtype whose FromStr checks that all bytes are ASCII digits'],
    ],
    proof:
      'The address holds such a spelling, one side refuses with the text of a number parser, the other accepts; or a segment of the path is such a spelling, one side answers 404, the other with a member that has the plain number.',
    sources: [
      'https://pkg.go.dev/strconv#ParseUint',
      'https://doc.rust-lang.org/std/primitive.u64.html#method.from_str_radix',
    ],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const values = [...scene.asked.path.split('/'), ...scene.asked.pairs.map(({ value }) => value ?? '')];
      const isOdd = values.some((one) => oddNumber.test(one));
      return (isOdd && refusedFor(scene, 'bad-number', 'bad-param', 'out-of-range')) || findsByNumber(scene);
    },
  },
});
