import { isDataKey } from '../../../json/pointer.ts';
import { type JsonNode, printTree } from '../../../json/tree.ts';
import type { DriftRule, TreePair } from '../../kit/drift-rule.ts';
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
const embedMarshalerHijack = twoForms<Hijack>({
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

interface Erasure {
  readonly to: 'nothing' | 'something';
  /** What the collection holds. */
  readonly seen: string;
}

function isFilled(node: JsonNode): boolean {
  return (node.kind === 'object' && node.members.length > 0) || (node.kind === 'array' && node.items.length > 0);
}

function isErased(node: JsonNode): boolean {
  return node.kind === 'object' && node.members.length === 0;
}

/** Fewer different contents that all became `{}` are no sign of anything. */
const fewestContents = 2;

function confirmErasure(erasure: Erasure, places: readonly TreePair[]): Erasure | null {
  const sides = places.map(({ a, b }) => (erasure.to === 'nothing' ? ([a, b] as const) : ([b, a] as const)));
  const contents = new Set(sides.filter(([filled]) => isFilled(filled)).map(([filled]) => printTree(filled)));
  return contents.size < fewestContents || sides.some(([, erased]) => !isErased(erased)) ? null : erasure;
}

const emptyObject = objectOf([]);

/** `["a"]` and `{}`: a Map or a Set of JavaScript, or an object with private state, has nothing that JSON.stringify sees. */
const collectionErased: DriftRule<Erasure> = {
  id: 'collection-erased',
  form: true,
  weak: true,
  learns: true,
  locate(a, b) {
    if (isFilled(a) && isErased(b)) return { to: 'nothing', seen: printTree(a) };
    return isErased(a) && isFilled(b) ? { to: 'something', seen: printTree(b) } : null;
  },
  rewrite(a, { to }) {
    if (to === 'nothing') return isFilled(a) ? emptyObject : a;
    return isErased(a) ? unknownValue : a;
  },
  unite: (found) => (found.every((one) => one.to === found[0]!.to) ? found[0]! : null),
  confirm: confirmErasure,
  evidence: ({ seen }) => seen,
  owns: () => 'place',
  loss: ({ to }) => ({ named: ['what the collection holds'], waived: to === 'something' ? [null] : [] }),
  fixes({ to }, names) {
    const [erased, filled] = to === 'nothing' ? [names.candidate, names.reference] : [names.reference, names.candidate];
    return [
      {
        target: erased,
        text: 'write the collection: [...set] and Object.fromEntries(map) in Node, or a toJSON; in Go MarshalJSON with a value receiver',
      },
      { target: filled, text: 'nothing: this side writes what the collection holds' },
    ];
  },
};

/** Rules for values that lost most of themselves on the way into JSON. */
export const erasedRules: readonly DriftRule[] = [embedMarshalerHijack, collectionErased];
