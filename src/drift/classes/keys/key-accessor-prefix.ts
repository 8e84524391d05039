import { defineClass } from '../../definition/define-class.ts';
import { plainName } from '../../kit/key-case.ts';
import { areAlike } from '../../kit/node-predicates.ts';
import type { ObjectNode } from '../../kit/nodes.ts';
import { renamesBetween, renaming } from './keys.ts';

const accessor = /^(?:is|get|has)(?=[A-Z_])/;

/** `isActive` and `active`: a getter's prefix on one side only. */
const rule = renaming({
  id: 'key-accessor-prefix',
  between(a, b) {
    const renames = renamesBetween(a, b, (key) => plainName(key.replace(accessor, '')));
    const value = (node: ObjectNode, key: string) => node.members.find((one) => one.key === key)!.value;
    return (
      renames &&
      new Map(
        [...renames].filter(
          ([from, to]) => accessor.test(from) !== accessor.test(to) && areAlike(value(a, from), value(b, to)),
        ),
      )
    );
  },
});

export const keyAccessorPrefix = defineClass({
  id: 'key-accessor-prefix',
  title: 'the prefix of a getter is part of the key on one side',
  severity: 'breaking',
  pass: 'key',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side writes isActive or getUrl, the other active or url.',
    example: [
      ['Go', '{"isActive":true}'],
      ['Java (Jackson)', '{"active":true}'],
    ],
    why: [
      ['Java', 'Jackson takes isActive() and getUrl() for properties active and url'],
      ['Kotlin', 'val isActive becomes active without the Kotlin module'],
    ],
    breaks: 'A client that reads active finds undefined where isActive came, which reads as false.',
    fix: [
      ['Java', '@JsonProperty("isActive") on the getter'],
      ['Kotlin', 'jackson-module-kotlin, or @get:JsonProperty("isActive")'],
      ['Rust', '#[serde(rename = "active")]'],
      ['Go', '`json:"active"`'],
    ],
    proof:
      'The values must be of one kind. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://github.com/FasterXML/jackson-annotations'],
  },
  rule,
});
