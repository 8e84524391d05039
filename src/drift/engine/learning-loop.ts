import type { Divergence } from '../../compare/model/divergence.ts';
import { pointerShape } from '../../json/pointer.ts';
import type { Steps } from '../../structures/slices.ts';
import type { Cause } from '../kit/cause.ts';
import type { TreePair } from '../kit/drift-rule.ts';
import type { FittedRule, FittedRules } from '../kit/fitted-rule.ts';
import { maxAtOnce, maxLearningLoopRounds, maxMarks, maxOfSort, maxToLearnFrom } from '../limits.ts';
import { learn } from './learn.ts';
import { readPair, type Sample, type Samples } from './sample.ts';
import { survey } from './sample-selection.ts';

/** What a sample's proof says, and the lessons that changed its reference. */
export interface Explained {
  readonly causes: readonly Cause[];
  readonly used: readonly FittedRule[];
  /** How many of the sample's divergences are in none of the causes. */
  readonly open: number;
}

/** `like`: by index, an earlier sample that is the same in all that counts, or the sample itself. */
type ExplainAll = (lessons: FittedRules, like: Uint32Array) => Steps<readonly Explained[]>;

/** Samples that teach at first; the others are there to verify what these taught. */
const firstTeachers = 40;

/**
 * Learns from some samples, tries the lessons on all of them, and learns again from those that remain unexplained, sort by
 * sort, until there is nothing more to learn. What comes out does not depend on the order of the samples.
 */
export function* teach(samples: Samples, explainAll: ExplainAll): Steps<Taught> {
  const { order, like } = yield* survey(samples);
  const room: TrainingSet = { teachers: new Map(), left: maxToLearnFrom, heard: new Map() };
  for (const at of firstOf(order)) invite(at, samples, room);
  let lessons = learn(pairsIn(room));
  let explained = yield* explainAll(lessons, like);
  for (let round = 0; round < maxLearningLoopRounds && room.teachers.size < samples.length; round += 1) {
    const more = yield* useful(order, { samples, explained }, room);
    if (more.length === 0) break;
    for (const at of more) invite(at, samples, room);
    const next = learn(pairsIn(room));
    if (print(next) === print(lessons)) break;
    lessons = next;
    explained = yield* explainAll(lessons, like);
  }
  return { lessons, explained };
}

/** What was learned in the end, and what it says of each sample. */
interface Taught {
  readonly lessons: FittedRules;
  readonly explained: readonly Explained[];
}

/** All of a few samples, as they came; of many some, spread evenly over all bodies. */
function firstOf(order: Uint32Array): readonly number[] {
  if (order.length <= firstTeachers) return [...order.keys()];
  const step = order.length / firstTeachers;
  return Array.from({ length: firstTeachers }, (_, i) => order[Math.floor(i * step)]!);
}

interface TrainingSet {
  /** Those that teach, by index, with their trees; null where there are none, or where there is no more room for them. */
  readonly teachers: Map<number, TreePair | null>;
  /** Bytes that there is still room for. */
  left: number;
  /** How many of each sort were asked already. */
  readonly heard: Map<string, number>;
}

interface Heard {
  readonly samples: Samples;
  readonly explained: readonly Explained[];
}

function invite(at: number, samples: Samples, room: TrainingSet): void {
  const sample = samples.at(at)!;
  room.left -= sample.reference.length + sample.candidate.length;
  const pair = room.left < 0 ? null : readPair(sample);
  room.teachers.set(at, pair && { a: pair[0].tree, b: pair[1].tree });
}

function pairsIn({ teachers }: TrainingSet): TreePair[] {
  return [...teachers.values()].filter((pair) => pair !== null);
}

/** Those that have something to say that was not heard often enough. */
function* useful(order: Uint32Array, { samples, explained }: Heard, { teachers, heard }: TrainingSet): Steps<number[]> {
  const found: number[] = [];
  for (const at of order) {
    yield;
    if (found.length === maxAtOnce) break;
    const known = explained[at]!;
    if (teachers.has(at) || (known.open === 0 && doubtsOf(known).length === 0)) continue;
    const sorts = [...sortsOf(at, { samples, explained })];
    const fresh = sorts.filter((sort) => (heard.get(sort) ?? 0) < maxOfSort);
    for (const sort of fresh) heard.set(sort, (heard.get(sort) ?? 0) + 1);
    if (fresh.length > 0) found.push(at);
  }
  return found;
}

/** What was learned from one sample alone. */
function doubtsOf({ used }: Explained): readonly FittedRule[] {
  return used.filter((lesson) => lesson.hypothesis);
}

/** What a sample may teach: each thing in it that is unexplained, and each that was learned from one sample alone. */
function sortsOf(at: number, { samples, explained }: Heard): Set<string> {
  const known = explained[at]!;
  const open = known.open > 0 ? openIn(samples.at(at)!, known) : [];
  return new Set([
    ...open.slice(0, maxMarks).map(markOf),
    ...doubtsOf(known).map((lesson) => `? ${lesson.rule.id} ${lesson.shape}`),
  ]);
}

/** Divergences of a sample that are not explained. */
function openIn({ divergences }: Sample, { causes }: Explained): Divergence[] {
  const claimed = new Set(causes.flatMap((cause) => cause.divergences));
  return divergences.filter(([index]) => !claimed.has(index)).map(([, one]) => one);
}

/** How two nodes differ, what kinds of nodes they are (by their first characters), and where. */
function markOf({ kind, reference, candidate, pointer }: Divergence): string {
  return `${kind} ${reference?.[0] ?? ''} ${candidate?.[0] ?? ''} ${pointerShape(pointer)}`;
}

/** Lessons as text, to tell whether two lists of them are the same. */
function print(lessons: FittedRules): string {
  const plain = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);
  return JSON.stringify(
    [...lessons].map(([shape, list]) => [
      shape,
      list.map(({ rule, parameters, hypothesis }) => [rule.id, parameters, hypothesis]),
    ]),
    plain,
  );
}
