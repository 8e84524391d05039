import { isDataKey } from '../../../json/pointer.ts';
import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { memberOf, objectOf, unionOf, unknownValue } from '../../kit/node-predicates.ts';
import { member, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

interface Hijack {
  /** The member that is all that is left. */
  readonly key: string;
  readonly rest: readonly string[];
}

function hijackOf(rich: JsonNode, plain: JsonNode): Hijack | null {
  const text = textOf(plain);
  if (text === null || !isDataKey(text) || rich.kind !== 'object' || rich.members.length < 2) return null;
  const same = uniqueKeys(rich) === null ? [] : rich.members.filter((one) => textOf(one.value) === text);
  if (same.length !== 1) return null;
  const { key } = same[0]!;
  return { key, rest: rich.members.map((one) => one.key).filter((one) => one !== key) };
}

/** `{"at":"2023-11-14T22:13:20Z","n":1}` and `"2023-11-14T22:13:20Z"`: an embedded field writes the whole struct. */
const rule = twoForms<Hijack>({
  id: 'embed-marshaler-hijack',
  find: hijackOf,
  toPlain: (rich, { key }) => (rich.kind === 'object' ? (member(rich, key)?.value ?? rich) : rich),
  toRich: (plain, { key, rest }) =>
    plain.kind === 'string'
      ? objectOf([memberOf(key, plain), ...rest.map((one) => memberOf(one, unknownValue))])
      : plain,
  unite(found) {
    const [{ key }] = found as [Hijack];
    if (found.some((one) => one.key !== key)) return null;
    return { key, rest: unionOf(found.map((one) => one.rest)) };
  },
  rest: ({ rest }) => rest,
  advice: ({ key }) => ({
    plain: `give the embedded field a name: \`At time.Time \`json:${quoted(key)}\`\` in Go, or a MarshalJSON on the outer struct`,
    rich: 'nothing: this side writes all fields',
  }),
});

export const embedMarshalerHijack = defineClass({
  id: 'embed-marshaler-hijack',
  title: 'an embedded field writes the whole struct, and the other fields are gone',
  severity: 'breaking',
  pass: 'erased-type',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'One side writes an object; the other only the value of one of its members: a time, a UUID, an address.',
    example: [
      ['Rust (serde)', '{"event":{"at":"2023-11-14T22:13:20Z","name":"n"}}'],
      ['Go (struct { time.Time; Name string })', '{"event":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      [
        'Go',
        'an embedded type lends its methods: MarshalJSON of time.Time, uuid.UUID or netip.Addr becomes that of the outer struct',
      ],
      [
        'Rust (serde)',
        'a field is a field; #[serde(transparent)] and a Serialize by hand are the only ways to such an answer',
      ],
    ],
    breaks: 'A decoder that expects an object finds a text; all other fields are lost without an error.',
    fix: [
      ['Go', 'a named field in place of the embedded one (`At time.Time`), or a MarshalJSON on the outer struct'],
      ['Rust', 'nothing; no #[serde(transparent)] where there is more than one field'],
    ],
    proof:
      'The text is a time, a UUID, an address or another value that writes itself, it is the value of exactly one member, and that member is the same one in every sample.',
    lossy: 'Only one side has the other members.',
    sources: ['https://go.dev/ref/spec#Struct_types', 'https://github.com/golang/go/issues/10024'],
  },
  rule,
});
