import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule, Names } from '../../kit/drift-rule.ts';
import { visibleName } from '../../kit/fix-text.ts';
import { sameWords, sharedStyles, stylesBetween } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { uniteRenames } from '../../kit/map-utils.ts';
import { textOf } from '../../kit/nodes.ts';

interface Casing {
  /** The candidate's spelling by the reference's. */
  readonly spellings: ReadonlyMap<string, string>;
  /** Styles that turn every reference spelling into the candidate's. */
  readonly forward: readonly string[];
  /** Styles that turn every candidate spelling into the reference's: `HTTPError` is PascalCase of `h_t_t_p_error`, not the reverse. */
  readonly backward: readonly string[];
}

const identifier = /^[A-Za-z][\w.-]{0,199}$/;

function serdeAdvice(style: string | undefined): string {
  return style === undefined ? '#[serde(rename = "…")] on each variant' : `#[serde(rename_all = "${style}")]`;
}

function adviceOf(from: string, to: string, style: string | undefined): string {
  return `write ${visibleName(to)} for ${visibleName(from)}: ${serdeAdvice(style)} in Rust, the text of each constant in Go`;
}

function fixesOf({ spellings, forward, backward }: Casing, names: Names) {
  const [[from, to] = ['', '']] = spellings;
  return [
    { target: names.reference, text: adviceOf(from, to, forward[0]) },
    { target: names.candidate, text: adviceOf(to, from, backward[0]) },
  ];
}

const rule: DriftRule<Casing> = {
  id: 'enum-variant-casing',
  kinds: alike('string'),
  learns: true,
  locate(a, b) {
    const [from, to] = [textOf(a), textOf(b)];
    if (from === null || to === null || from === to || !identifier.test(from) || !identifier.test(to)) return null;
    if (!sameWords(from, to)) return null;
    const [forward, backward] = [stylesBetween(from, to), stylesBetween(to, from)];
    return forward.length + backward.length === 0 ? null : { spellings: new Map([[from, to]]), forward, backward };
  },
  rewrite(a, { spellings }) {
    const to = spellings.get(textOf(a) ?? '');
    return to === undefined ? a : stringNode(to);
  },
  unite(found) {
    const spellings = uniteRenames(found.map((one) => one.spellings));
    const forward = sharedStyles(found.map((one) => one.forward));
    const backward = sharedStyles(found.map((one) => one.backward));
    return spellings === null || forward.length + backward.length === 0 ? null : { spellings, forward, backward };
  },
  evidence: ({ spellings }) => [...spellings.keys()].join(),
  owns: () => 'place',
  terms: ({ spellings }) => Object.fromEntries([...spellings].map(([from, to]) => [`variant ${from}`, [to]])),
  fixes: fixesOf,
};

export const enumVariantCasing = defineClass({
  id: 'enum-variant-casing',
  title: 'the same names as values, spelled in another case',
  severity: 'breaking',
  pass: 'variant',
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'A string value holds the same words on both sides, in another case or with other separators.',
    example: [
      ['Rust (serde)', '"TooManyRequests"'],
      ['Go', '"too_many_requests"'],
    ],
    why: [
      ['Rust', 'a unit variant is written under its own name unless rename_all is given'],
      ['Go', 'the constants are whatever the engineer wrote, mostly lower case'],
    ],
    breaks: 'A switch on the string falls through; an enum decoder refuses the value.',
    fix: [
      [
        'Rust',
        '#[serde(rename_all = "snake_case")] on the enum (serde splits at every capital: HTTPError is h_t_t_p_error)',
      ],
      ['Go', 'constants in the spelling that the reference uses'],
      ['Java (Jackson)', '@JsonProperty("in_progress") on each constant, or @JsonValue'],
      ['.NET', 'new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)'],
      ['Python', 'class State(str, Enum) with the texts as values'],
      ['Node', 'as const objects with the texts that clients know'],
    ],
    proof:
      'One style must turn every value of the place on one side into the value on the other; one value alone makes a hypothesis.',
    sources: ['https://serde.rs/container-attrs.html'],
  },
  rule,
});
