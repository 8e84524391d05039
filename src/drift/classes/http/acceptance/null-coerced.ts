import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { at, filledByFirst, keptByFirst } from './absence.ts';

/** The others: the value was made from null. */
function madeByFirst(scene: ExchangePair): string[] {
  const kept = new Set(keptByFirst(scene));
  return filledByFirst(scene).filter((key) => !kept.has(key));
}

export const nullCoerced = defineClass({
  id: 'null-coerced',
  title: 'null is taken as an empty value on one side, and kept on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'absence',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'Go net/http and Express',
  page: {
    what: 'Both sides accept a member that is null. One answers with null, the other with zero, an empty text or list, or its default.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"n","size":null}`,
    example: [
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"n","size":0}␊`],
      ['Node (Express)', `201␊content-type: application/json␊␊{"id":1,"name":"n","size":null}`],
    ],
    why: [
      ['Go', 'null leaves a field that is not a pointer at its zero value, without an error'],
      ['Node (Fastify, ajv with coerceTypes)', 'null becomes 0, "" or false; Express keeps what it was sent'],
      ['Java (Jackson 2)', 'null is 0 for primitives'],
    ],
    breaks:
      'What was unknown is zero from then on: sums and averages count it, and nobody can tell the two apart again.',
    fix: [
      ['Go', 'a pointer field (*int), which keeps null, or a check that refuses it'],
      ['Node (Express)', 'refuse null where a value is due: zod or ajv with nullable: false and coerceTypes: false'],
    ],
    proof:
      'The request is a write with a member that is null; both accept, and one answers with a value there (an empty one, if the request changes a thing), the other with none. It speaks for these members alone.',
    flips: ['Jackson 3 refuses null for primitives'],
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal', 'https://ajv.js.org/coercion.html'],
  },
  recognise: {
    facet: 'body',
    owns: at(madeByFirst),
    find: (scene) => madeByFirst(scene).length > 0,
  },
});
