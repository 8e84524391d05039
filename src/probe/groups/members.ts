import { Kind, members } from '../../json/document.ts';
import { rawString, stringText } from '../../json/text.ts';
import {
  appendMember,
  type BodyPlace,
  dropMember,
  insertBefore,
  type JsonBody,
  type MemberPlace,
  replaceNode,
  sourceOf,
} from '../model/body.ts';
import type { Draft } from '../model/probe.ts';
import type { Seed } from '../model/seed.ts';

/** A value of another kind, and one that lenient readers turn into the right kind; by kind, as source. */
const otherKinds: Readonly<Record<number, (source: string) => readonly string[]>> = {
  [Kind.null]: () => ['"text"'],
  [Kind.false]: () => ['"false"', '0'],
  [Kind.true]: () => ['"true"', '1'],
  [Kind.number]: (source) => [`"${source}"`, 'true'],
  [Kind.string]: () => ['7', '["text"]'],
  [Kind.array]: () => ['{}', '"text"'],
  [Kind.object]: () => ['"text"', '7'],
};

/** Another value of the same kind, as source. */
const otherValues: Readonly<Record<number, string>> = {
  [Kind.null]: '0',
  [Kind.false]: 'true',
  [Kind.true]: 'false',
  [Kind.number]: '7919',
  [Kind.string]: '"parity-other"',
  [Kind.array]: '[]',
  [Kind.object]: '{}',
};

function perMember(seed: Seed, drafts: (member: MemberPlace, body: JsonBody) => readonly Draft[]): Draft[] {
  const { json } = seed;
  return json === null ? [] : json.members.flatMap((member) => drafts(member, json));
}

const kindOf = (body: JsonBody, { node }: BodyPlace): number => body.document.kind[node]!;

/** Each member left out. */
export function missing(seed: Seed): Draft[] {
  return perMember(seed, (member, body) => [
    {
      name: member.slug,
      title: `${member.pointer} is missing`,
      aims: ['missing-required'],
      change: { body: dropMember(body, member) },
    },
  ]);
}

/** Null for each member, and as the first item of each array. */
export function nulls(seed: Seed): Draft[] {
  const nulled = perMember(seed, (member, body) => [
    {
      name: member.slug,
      title: `${member.pointer} is null`,
      aims: ['null-for-required'],
      change: { body: replaceNode(body, member.node, 'null') },
    },
  ]);
  return [...nulled, ...(seed.json === null ? [] : seed.json.arrays.map((place) => nullItem(place, seed.json!)))];
}

function nullItem({ node, slug, pointer }: BodyPlace, body: JsonBody): Draft {
  const isEmpty = body.document.next[node] === node + 1;
  return {
    name: `${slug}.item`,
    title: `the first item of ${pointer || 'the body'} is null`,
    aims: ['null-element'],
    change: { body: isEmpty ? replaceNode(body, node, '[null]') : insertBefore(body, node + 1, 'null,') },
  };
}

/** Values of two other kinds for each member. */
export function type(seed: Seed): Draft[] {
  return perMember(seed, (member, body) =>
    otherKinds[kindOf(body, member)]!(sourceOf(body, member.node)).map((source, index) => ({
      name: index === 0 ? member.slug : `${member.slug}.other`,
      title: `${member.pointer} is ${source.length > 40 ? 'a string' : source}`,
      aims: index === 0 ? ['validation-status', 'type-coercion'] : ['type-coercion', 'validation-status'],
      change: { body: replaceNode(body, member.node, source) },
    })),
  );
}

const unknownMember = '"parity_unknown":{"deep":[1,null]}';

/** A member that nobody knows in each object, and two at the root that some languages trip over. */
export function unknown(seed: Seed): Draft[] {
  const { json } = seed;
  const added = (json?.objects ?? []).map((place) => ({
    name: place.slug,
    title: `${place.pointer || 'the body'} has a member that nobody knows`,
    aims: ['unknown-field'],
    change: { body: appendMember(json!, place.node, unknownMember) },
  }));
  const special = (name: string, key: string) => ({
    name,
    title: `the body has a member ${key}`,
    aims: ['unknown-field'],
    change: { body: appendMember(json!, 0, `${key}:{"parity":true}`) },
  });
  const isObject = json !== null && json.document.kind[0] === Kind.object;
  return isObject ? [...added, special('special.proto', '"__proto__"'), special('special.empty-key', '""')] : added;
}

/** Each member twice: the same again, and with another value behind it. */
export function duplicate(seed: Seed): Draft[] {
  return perMember(seed, (member, body) => {
    const key = sourceOf(body, member.key);
    const draft = (name: string, source: string, how: string): Draft => ({
      name: `${member.slug}.${name}`,
      title: `${member.pointer} is there twice, ${how}`,
      aims: ['duplicate-key-request'],
      change: { body: appendMember(body, member.object, `${key}:${source}`) },
    });
    return [
      draft('same', sourceOf(body, member.node), 'the same value'),
      draft('other', otherValues[kindOf(body, member)]!, 'last another value'),
    ];
  });
}

/** Each key in other casing; of the first member also both spellings at once; letters that fold to k and s. */
export function casing(seed: Seed): Draft[] {
  const changed = perMember(seed, (member, body) => {
    const key = stringText(body.document, member.key);
    const other = otherCasing(key);
    return other === key ? [] : [renamed(member, body, { name: member.slug, key: other })];
  });
  const { json } = seed;
  const first = json?.members[0];
  if (!json || first === undefined) return changed;
  const key = stringText(json.document, first.key);
  const both = `${rawString(otherCasing(key))}:${otherValues[kindOf(json, first)]}`;
  const twice: Draft = {
    name: `${first.slug}.both`,
    title: `${first.pointer} in two casings, the other one last`,
    aims: ['case-insensitive-key'],
    change: { body: appendMember(json, first.object, both) },
  };
  return [...changed, ...(otherCasing(key) === key ? [] : [twice]), ...folded(json)];
}

/** ASCII only: what other letters fold to is not the same everywhere. */
function otherCasing(key: string): string {
  const upper = key.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  return upper === key ? key.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : upper;
}

/** U+212A (Kelvin) folds to k and U+017F (long s) to s, in readers that fold Unicode. */
function folded(body: JsonBody): Draft[] {
  const member = body.members.find((one) => /[ks]/.test(stringText(body.document, one.key)));
  if (member === undefined) return [];
  const key = stringText(body.document, member.key).replace(/[ks]/, (letter) => (letter === 'k' ? '\u212a' : '\u017f'));
  return [renamed(member, body, { name: `${member.slug}.folded`, key })];
}

function renamed(member: MemberPlace, body: JsonBody, { name, key }: { name: string; key: string }): Draft {
  return {
    name,
    title: `the key of ${member.pointer} in other letters that fold to it`,
    aims: ['case-insensitive-key'],
    change: { body: replaceNode(body, member.key, rawString(key)) },
  };
}

/** For each object the array of its values in their order, and the empty array. */
export function structArray(seed: Seed): Draft[] {
  const { json } = seed;
  return (json?.objects ?? []).flatMap(({ node, slug, pointer }) => {
    const values = members(json!.document, node).map(([, value]) => sourceOf(json!, value));
    const draft = (name: string, source: string, what: string): Draft => ({
      name,
      title: `${pointer || 'the body'} is ${what}`,
      aims: ['array-for-struct'],
      change: { body: replaceNode(json!, node, source) },
    });
    const whole = draft(slug, `[${values.join(',')}]`, 'the array of its values');
    return [...(values.length === 0 ? [] : [whole]), draft(`${slug}.empty`, '[]', 'an empty array')];
  });
}
