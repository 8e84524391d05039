import { type JsonNode, printTree } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule, TreePair } from '../../kit/drift-rule.ts';
import { objectOf, unknownValue } from '../../kit/node-predicates.ts';

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
const minContents = 2;

function confirmErasure(erasure: Erasure, places: readonly TreePair[]): Erasure | null {
  const sides = places.map(({ a, b }) => (erasure.to === 'nothing' ? ([a, b] as const) : ([b, a] as const)));
  const contents = new Set(sides.filter(([filled]) => isFilled(filled)).map(([filled]) => printTree(filled)));
  return contents.size < minContents || sides.some(([, erased]) => !isErased(erased)) ? null : erasure;
}

const emptyObject = objectOf([]);

/** `["a"]` and `{}`: a Map or a Set of JavaScript, or an object with private state, has nothing that JSON.stringify sees. */
const rule: DriftRule<Erasure> = {
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

export const collectionErased = defineClass({
  id: 'collection-erased',
  title: 'a collection is an empty object',
  severity: 'breaking',
  pass: 'erased-type',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side writes what a set, a map or an object holds, the other always writes {}.',
    example: [
      ['Rust (HashSet)', '[{"tags":["a"]},{"tags":["b","c"]}]'],
      ['Node (Set)', '[{"tags":{}},{"tags":{}}]'],
    ],
    why: [
      [
        'Node',
        'JSON.stringify sees own enumerable properties: Map, Set, RegExp, Error and classes with #private state have none',
      ],
      [
        'Go',
        'unexported fields are not written; a MarshalJSON with a pointer receiver is not called for a value that has no address',
      ],
      ['Java (Jackson)', 'a class without getters is {} where FAIL_ON_EMPTY_BEANS is off'],
    ],
    breaks: 'Clients find nothing, and no error says so.',
    fix: [
      ['Node', '[...set], Object.fromEntries(map), or a toJSON method on the class'],
      ['Go', 'exported fields with json tags; MarshalJSON with a value receiver'],
      ['Java', 'getters or @JsonProperty, and FAIL_ON_EMPTY_BEANS on'],
    ],
    proof:
      'At least two different contents of one side are {} on the other, and {} is all that the other side has there in any sample.',
    lossy: 'Only one side has the contents of the collection.',
    flips: ['Go with encoding/json/v2 calls pointer methods of values without an address, too'],
    sources: [
      'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/stringify',
      'https://go.dev/doc/jsonv2-migration',
    ],
  },
  rule,
});
