import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { listNames, quoted } from '../../kit/fix-text.ts';
import { plainName } from '../../kit/key-case.ts';
import { either } from '../../kit/kinds.ts';
import { areAlike, memberOf, objectOf, unionOf } from '../../kit/node-predicates.ts';
import { member, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { holdSeats } from './envelopes.ts';

interface ListWrap {
  readonly key: string;
  /** Keys that hold the length of the list. */
  readonly counts: readonly string[];
  readonly rest: readonly string[];
}

const pageWords =
  /^(?:page|perpage|pagesize|pagenumber|totalpages|next|previous|prev|cursor|nextcursor|nextpage(?:token)?|pagetoken|limit|offset|hasmore|hasnext|links|meta|pagination|size|number)$/;

function listWrapOf(rich: JsonNode, plain: JsonNode): ListWrap | null {
  if (rich.kind !== 'object' || plain.kind !== 'array' || uniqueKeys(rich) === null) return null;
  const found = rich.members.filter((one) => one.value.kind === 'array');
  const list = found[0]?.value;
  if (found[0]?.key.startsWith('$')) return null;
  if (found.length !== 1 || list?.kind !== 'array') return null;
  if (list.items.length !== plain.items.length || !list.items.every((one, i) => areAlike(one, plain.items[i]!)))
    return null;
  const others = rich.members.filter((one) => one !== found[0]);
  const counts = others.filter((one) => one.value.kind === 'number' && one.value.raw === `${plain.items.length}`);
  return {
    key: found[0]!.key,
    counts: counts.map((one) => one.key),
    rest: others.filter((one) => !counts.includes(one)).map((one) => one.key),
  };
}

function wrapList(plain: JsonNode, { key, counts, rest }: ListWrap): JsonNode {
  if (plain.kind !== 'array') return plain;
  const length: JsonNode = { kind: 'number', raw: `${plain.items.length}` };
  return objectOf([memberOf(key, plain), ...counts.map((one) => memberOf(one, length)), ...holdSeats(rest)]);
}

const rule = twoForms<ListWrap>({
  id: 'array-vs-wrapped-list',
  kinds: either(['object'], ['array']),
  classes: ['pagination-envelope'],
  classOf: ({ rest }) =>
    rest.some((key) => pageWords.test(plainName(key))) ? 'pagination-envelope' : 'array-vs-wrapped-list',
  find: listWrapOf,
  toPlain(rich, { key }) {
    const found = rich.kind === 'object' ? member(rich, key) : null;
    return found?.value.kind === 'array' ? found.value : rich;
  },
  toRich: wrapList,
  // A member that holds the length by chance holds it in one sample only.
  unite(found) {
    const { key } = found[0]!;
    if (found.some((one) => one.key !== key)) return null;
    const rest = unionOf(found.map((one) => one.rest));
    return { key, rest, counts: unionOf(found.map((one) => one.counts)).filter((one) => !rest.includes(one)) };
  },
  rest: (by) => by.rest,
  terms: ({ key, counts, rest }) => ({ key: [key], beside: [...counts, ...rest].sort() }),
  advice({ key, counts, rest }) {
    const more = [...counts, ...rest];
    const beside = more.length === 0 ? '' : ` (${listNames(more)} would go into headers, as Link and X-Total-Count)`;
    return {
      rich: `send the list under ${quoted(key)} itself${beside}: Json(list) in Rust, Encode(list) in Go, pagination_class = None in Django REST`,
      plain: `or send {${quoted(key)}: […]}: a struct with a field ${quoted(key)} in Rust, Go, Java and .NET`,
    };
  },
});

export const arrayVsWrappedList = defineClass({
  id: 'array-vs-wrapped-list',
  title: 'a list stands alone on one side and in an object on the other',
  severity: 'breaking',
  pass: 'envelope',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and Express',
  page: {
    what: 'One side sends the list, the other an object with the list under one key, and perhaps its length.',
    example: [
      ['Rust', '{"items":[1,2],"count":2}'],
      ['Go', '[1,2]'],
    ],
    why: [
      ['Rust', 'a response struct with one Vec field'],
      ['Go', 'Encode(list) writes the bare list'],
      ['Python', 'Flask returned dictionaries alone before version 2.2, so many APIs wrap'],
    ],
    breaks: 'A call of response.map fails; a decoder of a list meets an object.',
    fix: [
      ['Rust', 'Json(items) or Json(Page { items })'],
      ['Go', 'Encode(items) or Encode(Page{Items: items})'],
      ['Java', 'List<T> or a record with one List<T>'],
      ['Python', 'response_model=list[Item] or a model with items'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. A length is counted; other members are named as lost.',
    sources: ['https://docs.rs/axum/latest/axum/struct.Json.html'],
  },
  rule,
});
