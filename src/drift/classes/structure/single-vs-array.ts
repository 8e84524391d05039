import { defineClass } from '../../definition/define-class.ts';
import { anyKind, either } from '../../kit/kinds.ts';
import { areAlike } from '../../kit/node-predicates.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { arrayOf } from './containers.ts';

/** `x` and `[x]`. */
const rule = twoForms<{ readonly list: true }>({
  id: 'single-vs-array',
  kinds: either(['array'], anyKind),
  find(rich, plain) {
    if (rich.kind !== 'array' || rich.items.length !== 1 || plain.kind === 'array' || plain.kind === 'null')
      return null;
    return areAlike(rich.items[0]!, plain) ? { list: true } : null;
  },
  toPlain: (rich) => (rich.kind === 'array' && rich.items.length === 1 ? rich.items[0]! : rich),
  toRich: (plain) => (plain.kind === 'array' || plain.kind === 'null' ? plain : arrayOf([plain])),
  advice: () => ({
    rich: 'or write a single value without the list: no list type in Rust and Go, WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED in Jackson',
    plain:
      'write a list even for one value: Vec<T> in Rust, []T in Go, no WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED in Jackson, forceList in XML bridges',
  }),
});

export const singleVsArray = defineClass({
  id: 'single-vs-array',
  title: 'one value is a list of one on one side only',
  severity: 'breaking',
  pass: 'container',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'Express and Fastify',
  page: {
    what: 'One side sends [x], the other x.',
    example: [
      ['Java (Jackson)', '{"tags":"a"}'],
      ['Go', '{"tags":["a"]}'],
    ],
    why: [
      ['Java', 'WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED writes lists of one without the list'],
      ['XML bridges', 'cannot tell one element from a list of one'],
    ],
    breaks: 'A call of tags.map fails; or a loop goes over the letters of a text.',
    fix: [
      ['Java', 'disable WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED; accept both with ACCEPT_SINGLE_VALUE_AS_ARRAY'],
      ['Rust', 'Vec<T>; accept both with serde_with::OneOrMany'],
      ['Go', '[]T'],
      ['Node', '[].concat(value) before res.json(); isArray: () => true in fast-xml-parser'],
      ['Python', 'value if isinstance(value, list) else [value]'],
    ],
    proof:
      'Taking the only item out of the list (or putting the value into one) must give the candidate body in all samples of the route; one sample alone makes a hypothesis.',
    sources: [
      'https://github.com/FasterXML/jackson-databind/wiki/Serialization-Features',
      'https://docs.rs/serde_with/latest/serde_with/struct.OneOrMany.html',
    ],
  },
  rule,
});
