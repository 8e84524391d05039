import { defineClass } from '../../definition/define-class.ts';
import { type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { isTag } from '../enums/tags.ts';
import { renaming } from './keys.ts';

/** `@type` and `kind`: the name of a type under two names, with the same value. */
const rule = renaming({
  id: 'discriminator-name',
  between(a, b) {
    const [keysA, keysB] = [uniqueKeys(a), uniqueKeys(b)];
    const tags = (node: ObjectNode, others: ReadonlySet<string> | null) =>
      node.members.filter((one) => isTag(one.key) && textOf(one.value) && others?.has(one.key) === false);
    const [x, y] = [tags(a, keysB), tags(b, keysA)];
    if (x.length !== 1 || y.length !== 1 || textOf(x[0]!.value) !== textOf(y[0]!.value)) return null;
    return new Map([[x[0]!.key, y[0]!.key]]);
  },
});

export const discriminatorName = defineClass({
  id: 'discriminator-name',
  title: 'the type of an object is named under another key',
  severity: 'breaking',
  pass: 'key',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'actix and Go net/http',
  page: {
    what: 'Both sides name the type with the same text, under two different keys.',
    example: [
      ['Java (Jackson)', '{"@type":"card","x":1}'],
      ['Rust (serde)', '{"kind":"card","x":1}'],
    ],
    why: [
      ['Java', '@JsonTypeInfo(use = Id.NAME) writes @type unless property is given'],
      ['.NET', 'System.Text.Json and Newtonsoft write $type'],
      ['Rust', 'the name stands in #[serde(tag = "…")]'],
    ],
    breaks: 'A client that switches on the key finds nothing under it.',
    fix: [
      ['Java', '@JsonTypeInfo(use = Id.NAME, property = "kind")'],
      ['.NET', '[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]'],
      ['Rust', '#[serde(tag = "kind")]'],
      ['Go', 'a field Kind string `json:"kind"`'],
    ],
    proof:
      'Both keys must be known names of tags, with the same text. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: [
      'https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/polymorphism',
      'https://serde.rs/enum-representations.html',
    ],
  },
  rule,
});
