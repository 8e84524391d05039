import { defineClass } from '../../definition/define-class.ts';
import { plainName, styleBetween, words } from '../../kit/key-case.ts';
import { renamesBetween, renaming } from './keys.ts';

function trimmed(key: string): string {
  let [from, to] = [0, key.length];
  while (key[from] === '_') from += 1;
  while (to > from && key[to - 1] === '_') to -= 1;
  return key.slice(from, to);
}

function hasSingles(list: readonly string[]): boolean {
  return list.some((word, i) => /^[a-z]$/.test(word) && /^[a-z]$/.test(list[i + 1] ?? ''));
}

/** The class of one renamed key: only underscores around it, an acronym split into letters, other borders of words, or its case. */
function classOfRename(from: string, to: string): string {
  if (trimmed(from) === trimmed(to)) return 'key-underscore';
  const [x, y] = [words(from), words(to)];
  if (x.join() !== y.join()) return hasSingles(x) !== hasSingles(y) ? 'key-split-acronym' : 'key-acronym';
  const isJoined = !/[_\-. ]/.test(from + to) && from[0] === to[0];
  return isJoined ? 'key-acronym' : 'key-casing';
}

const rule = renaming({
  id: 'key-casing',
  classes: ['key-acronym', 'key-split-acronym', 'key-underscore'],
  classOf({ renames }) {
    const [first, ...more] = new Set([...renames].map(([from, to]) => classOfRename(from, to)));
    return first === undefined || more.length > 0 ? 'key-casing' : first;
  },
  between: (a, b) => renamesBetween(a, b, plainName),
  styleOf: styleBetween,
});

export const keyCasing = defineClass({
  id: 'key-casing',
  title: 'the same keys, spelled in another case',
  severity: 'breaking',
  reach: 'api',
  pass: 'key',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'Keys of an object hold the same words on both sides, in another case or with other separators.',
    example: [
      ['Rust (serde)', '{"id":1,"user_name":"n"}'],
      ['Go (encoding/json)', '{"ID":1,"UserName":"n"}␊'],
    ],
    why: [
      ['Go', 'a field without a json tag is written under its exported name'],
      ['Rust', 'serde writes fields as they are declared, in snake_case'],
    ],
    breaks:
      'Clients in most languages find nothing under the old name. Clients in Go hide the divergence: their decoder ignores case.',
    fix: [
      ['Go', 'a `json:"user_name"` tag on every exported field'],
      ['Rust', '#[serde(rename_all = "PascalCase")] on the struct, or rename on single fields (acronyms need it)'],
      [
        'Java (Jackson)',
        'spring.jackson.property-naming-strategy=SNAKE_CASE, or @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)',
      ],
      ['.NET', 'JsonSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower'],
      ['Python (pydantic)', 'alias_generator=to_camel with populate_by_name=True, and response_model_by_alias'],
      ['Node', 'the names in the object that res.json() gets, mapped by camelcase-keys or snakecase-keys'],
      ['Ruby', 'Jbuilder.key_format camelize: :lower'],
    ],
    proof:
      'A one-to-one map of names that are the same words, the same for all samples of the place, must give the candidate body; or, for one answer of a route, the style that two other routes tell must.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal', 'https://serde.rs/container-attrs.html'],
  },
  rule,
});
