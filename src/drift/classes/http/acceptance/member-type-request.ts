import type { JsonNode } from '../../../../json/tree.ts';
import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { nodesIn, refusedFor } from '../../../http-kit/predicates.ts';

/** Scalars that stand under a key, as kind and spelling. */
function scalarsUnder(root: JsonNode | null, name: string): Set<string> {
  const found = new Set<string>();
  for (const node of nodesIn(root))
    if (node.kind === 'object')
      for (const { key, value } of node.members)
        if (key === name && 'raw' in value && value.kind !== 'null') found.add(`${value.kind} ${value.raw}`);
  return found;
}

/** One side refuses the type of a member, the other accepts, and answers with the member as it was sent: nothing was converted. */
function answersUnchanged(scene: ExchangePair): boolean {
  const field = scene.first.error?.field ?? null;
  if (field === null || !refusedFor(scene, 'wrong-type')) return false;
  const sent = scalarsUnder(scene.asked.json, field);
  const answered = scalarsUnder(scene.second.json, field);
  return sent.size > 0 && [...sent].every((one) => answered.has(one));
}

export const memberTypeRequest = defineClass({
  id: 'member-type-request',
  title: 'a member of the request is of another type on each side',
  severity: 'breaking',
  reach: 'route',
  pass: 'type',
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'One side refuses the type of a member. The other takes it, and answers with the very same value: to it that is the right type. An enum that is a name here and a number there, an id that is text here and a number there.',
    request: `POST /v1/parts␊content-type: application/json␊␊{"category":"HandTool"}`,
    example: [
      [
        'Go (encoding/json, iota)',
        `400␊content-type: text/plain; charset=utf-8␊␊json: cannot unmarshal string into Go struct field NewPart.category of type main.Category␊`,
      ],
      ['Rust (serde)', `201␊content-type: application/json␊␊{"id":1,"category":"HandTool"}`],
    ],
    why: [
      ['Go', 'a type of int is read from a number, whatever the names of its constants'],
      ['Rust (serde)', 'an enum is read from the names of its variants'],
    ],
    breaks: 'No request with that member can succeed on both sides: every client must know which one it talks to.',
    fix: [
      ['Go', 'MarshalText and UnmarshalText on the type, so that it is a name'],
      ['Rust (serde)', 'serde_repr::{Serialize_repr, Deserialize_repr}, so that it is a number'],
    ],
    proof:
      'One side refuses the type of a member in known words, the request has that member, and the other side accepts and answers with it, type and spelling unchanged.',
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal', 'https://docs.rs/serde_repr'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: answersUnchanged,
  },
});
