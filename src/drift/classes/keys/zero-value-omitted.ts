import { defineClass } from '../../definition/define-class.ts';
import type { TrainingSample } from '../../kit/drift-rule.ts';
import { isNull, isZero, type Presence, presenceRule } from './presence.ts';

/** The member has a value of its own on one side at least, in some answer: where it is only ever empty, it may as well be another member that one side does not know. */
function hasValue(key: string, places: readonly TrainingSample[]): boolean {
  return places.some(({ a, b }) =>
    [a, b].some(
      (node) =>
        node.kind === 'object' &&
        node.members.some((one) => one.key === key && !isZero(one.value) && !isNull(one.value)),
    ),
  );
}

/** The members that were seen with a value, and those that were not: what is known of the first is not known of the others. */
function splitByValue(parameters: Presence, places: readonly TrainingSample[]): Presence[] {
  const part = (seen: boolean): Presence => {
    const of = (members: ReadonlyMap<string, string>) =>
      new Map([...members].filter(([key]) => hasValue(key, places) === seen));
    return { ...parameters, drop: of(parameters.drop), add: of(parameters.add) };
  };
  return [part(true), part(false)].filter(({ drop, add }) => drop.size + add.size > 0);
}

/** None of the members was ever seen with a value. */
function isNeverFilled({ drop, add }: Presence, places: readonly TrainingSample[]): boolean {
  return ![...drop.keys(), ...add.keys()].some((key) => hasValue(key, places));
}

/** The class by what is left out: lists alone, objects alone, or any empty value. */
function classOfZeroes({ drop, add }: Presence): string {
  const [first, ...more] = new Set([...drop.values(), ...add.values()]);
  if (more.length > 0) return 'zero-value-omitted';
  return first === '[]' ? 'empty-array-vs-absent' : first === '{}' ? 'empty-object-vs-absent' : 'zero-value-omitted';
}

export const zeroValueOmitted = defineClass({
  id: 'zero-value-omitted',
  title: 'a member that is zero, false or empty is written on one side and left out on the other',
  severity: 'breaking',
  pass: 'presence',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'One side leaves out members whose value is 0, false, "", [] or {}.',
    example: [
      ['Rust (serde)', '{"n":0,"ok":false,"s":""}'],
      ['Go (encoding/json, omitempty)', '{}␊'],
    ],
    why: [
      ['Go', 'omitempty drops zero numbers, false, empty strings, slices and maps, but no structs'],
      ['Go', 'one struct for several variants writes the fields that a variant does not have as zero values'],
    ],
    breaks:
      'A missing number becomes undefined or NaN, a missing false becomes unknown, a required field fails to decode.',
    fix: [
      ['Go', 'remove omitempty, or use a pointer where absent and zero differ'],
      ['Rust', '#[serde(default)] where it reads, skip_serializing_if where it should be left out too'],
      ['Java (Jackson)', '@JsonInclude(JsonInclude.Include.ALWAYS) instead of NON_DEFAULT or NON_EMPTY'],
      ['.NET', 'JsonIgnoreCondition.Never instead of WhenWritingDefault'],
      ['Python (pydantic)', 'response_model_exclude_defaults=False, which is the default'],
      ['Node', 'no value || undefined: it drops 0, false and the empty text'],
    ],
    proof:
      'Adding or dropping exactly these zero values, at the same keys in all samples, must give the candidate body.',
    flips: [
      'Go 1.24 added omitzero',
      'Go with encoding/json/v2 leaves out what is empty in JSON only: 0 and false stay',
    ],
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  rule: {
    ...presenceRule('zero-value-omitted', isZero, (keys) => ({
      leaveOut: `leave ${keys} out when it is empty: #[serde(skip_serializing_if = "…")] in Rust, omitempty in Go`,
      write: `write ${keys} also when it is empty: no skip_serializing_if in Rust, no omitempty in Go`,
    })),
    classes: ['empty-array-vs-absent', 'empty-object-vs-absent'],
    classOf: classOfZeroes,
    split: splitByValue,
    isDoubtful: isNeverFilled,
  },
});
