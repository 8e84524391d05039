import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { memberOf, objectOf, onlyMember } from '../../kit/node-predicates.ts';
import { isSameText, textOf } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { arrayOf } from './containers.ts';

/** In characters. A mask names fields of a message, not data. */
const maxMaskLength = 4000;

/** Paths in lower snake case, as the mapping to JSON demands: it cannot be undone for others. */
const path = /^[a-z](?:[a-z0-9]|_[a-z])*(?:\.[a-z](?:[a-z0-9]|_[a-z])*)*$/;

/** The paths of `{"paths":["display_name"]}`. */
function pathsOf(node: JsonNode): string[] | null {
  const only = onlyMember(node);
  if (only?.key !== 'paths' || only.value.kind !== 'array') return null;
  const paths = only.value.items.map((item) => textOf(item) ?? '');
  return paths.length > 0 && paths.every((one) => path.test(one)) ? paths : null;
}

function maskOf(node: JsonNode): JsonNode {
  const paths = pathsOf(node);
  if (paths === null) return node;
  return stringNode(paths.join(',').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
}

function messageOf(node: JsonNode): JsonNode {
  const text = textOf(node);
  if (text === null || text === '' || text.length > maxMaskLength) return node;
  const paths = text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).split(',');
  if (!paths.every((one) => path.test(one))) return node;
  return objectOf([memberOf('paths', arrayOf(paths.map(stringNode)))]);
}

/** `{"paths":["display_name"]}` and `"displayName"`. */
const rule = twoForms<{ readonly mask: true }>({
  id: 'field-mask-form',
  kinds: either(['object'], ['string']),
  find: (rich, plain) => (pathsOf(rich) !== null && isSameText(maskOf(rich), plain) ? { mask: true } : null),
  toPlain: maskOf,
  toRich: messageOf,
  advice: () => ({
    rich: 'write the mask as protojson does: protojson.Marshal in Go, JsonFormat.printer() in Java, json_format.MessageToDict in Python, instead of the general encoder on the generated struct',
    plain: 'or write the message with its member paths, as a general JSON encoder does',
  }),
});

export const fieldMaskForm = defineClass({
  id: 'field-mask-form',
  title: 'a field mask is one text on one side and an object with paths on the other',
  severity: 'breaking',
  pass: 'document',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'A google.protobuf.FieldMask is a text of names in camel case with commas between them by the JSON mapping of protobuf, and an object with the member paths, in snake case, by any other encoder.',
    example: [
      ['Go (encoding/json on the generated struct)', '{"mask":{"paths":["display_name","owner.user_id"]}}'],
      ['Go (protojson)', '{"mask":"displayName,owner.userId"}'],
    ],
    why: [
      ['Go, Java, Python', 'protojson, JsonFormat and json_format follow the mapping of protobuf'],
      ['Rust', 'prost-types with serde derives writes the struct as it is; pbjson-types follows the mapping'],
      ['Node', 'toObject() gives the message, toJSON() of protobufjs as well'],
    ],
    breaks: 'Typed decoders refuse the other form; names in the other case select no field.',
    fix: [
      ['Go', 'protojson.Marshal(message) instead of json.Marshal(message)'],
      ['Rust', 'pbjson_types::FieldMask instead of prost_types::FieldMask'],
      ['Java', 'JsonFormat.printer().print(message) of protobuf-java-util'],
      ['Python', 'google.protobuf.json_format.MessageToDict(message)'],
    ],
    proof:
      'Joining the paths with commas, each in camel case, must give the text in all samples; one sample alone makes a hypothesis.',
    sources: [
      'https://protobuf.dev/programming-guides/json/',
      'https://protobuf.dev/reference/protobuf/google.protobuf/#field-mask',
    ],
  },
  rule,
});
