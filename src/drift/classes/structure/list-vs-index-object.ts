import { type JsonNode, printTree } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { areAlike, memberOf, objectOf } from '../../kit/node-predicates.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { arrayOf } from './containers.ts';

function indicesOf(node: JsonNode): number[] | null {
  if (node.kind !== 'object' || node.members.length === 0) return null;
  const indices = node.members.map((one) => (/^(?:0|[1-9]\d{0,8})$/.test(one.key) ? Number(one.key) : -1));
  return indices.every((at, i) => at > (indices[i - 1] ?? -1)) ? indices : null;
}

interface Indices {
  readonly gaps: boolean;
  /** The indices by the printed list that has no place for them. */
  readonly kept: ReadonlyMap<string, readonly number[]>;
}

const rule = twoForms<Indices>({
  id: 'list-vs-index-object',
  kinds: either(['object'], ['array']),
  find(rich, plain) {
    const indices = indicesOf(rich);
    if (indices === null || rich.kind !== 'object' || plain.kind !== 'array' || indices.length !== plain.items.length)
      return null;
    if (!rich.members.every((one, i) => areAlike(one.value, plain.items[i]!))) return null;
    const gaps = indices.some((at, i) => at !== i);
    return { gaps, kept: new Map(gaps ? [[printTree(plain), indices]] : []) };
  },
  toPlain: (rich) =>
    rich.kind === 'object' && indicesOf(rich) !== null ? arrayOf(rich.members.map((one) => one.value)) : rich,
  toRich(plain, { kept }) {
    if (plain.kind !== 'array' || plain.items.length === 0) return plain;
    const indices = kept.size === 0 ? undefined : kept.get(printTree(plain));
    return objectOf(plain.items.map((item, i) => memberOf(`${indices?.[i] ?? i}`, item)));
  },
  unite: (found) => ({
    gaps: found.some((one) => one.gaps),
    kept: new Map(found.flatMap((one) => [...one.kept])),
  }),
  lossy: ({ gaps }) => (gaps ? ['indices of the items that were left out'] : []),
  advice: () => ({
    rich: 'write a list: array_values($list) after array_filter or unset in PHP, Array.from(typed) in Node',
    plain: 'or nothing: a list is what the other side means',
  }),
});

export const listVsIndexObject = defineClass({
  id: 'list-vs-index-object',
  title: 'a list is an object with indices as keys',
  severity: 'breaking',
  pass: 'container',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'One side writes a list, the other {"0": …, "1": …}.',
    example: [
      ['PHP', '{"0":"a","2":"b"}'],
      ['Go', '["a","b"]'],
    ],
    why: [
      ['PHP', 'array_filter and unset keep the keys, and an array with gaps is an object'],
      ['Node', 'a typed array is written as an object'],
    ],
    breaks: 'Both map and length are undefined on an object; decoders of lists refuse it.',
    fix: [
      ['PHP', 'array_values($list) before json_encode'],
      ['Node', 'Array.from(typed)'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. Where indices have gaps, the list does not have them: they are taken from the object, and the items must be equal in their order.',
    lossy: 'The indices that were left out, where a list is turned into an object.',
    sources: [
      'https://www.php.net/manual/en/function.json-encode.php',
      'https://www.php.net/manual/en/function.array-filter.php',
    ],
  },
  rule,
});
