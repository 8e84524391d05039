import type { Divergence } from '../../compare/model/divergence.ts';
import { pointerShape } from '../../json/pointer.ts';
import type { Cause } from '../kit/cause.ts';
import type { TreePair } from '../kit/drift-rule.ts';
import type { Lesson, Lessons } from '../kit/fitted-rule.ts';
import { learn } from './learn.ts';
import { readPair, type Sample, type Samples } from './sample.ts';
import { survey } from './sample-selection.ts';

/** What a sample's proof says, and the lessons that changed its reference. */
export interface Explained {
  readonly causes: readonly Cause[];
  readonly used: readonly Lesson[];
  /** How many of the sample's divergences are in none of the causes. */
  readonly open: number;
}

/** `like`: by index, an earlier sample that is the same in all that counts, or the sample itself. */
type ExplainAll = (lessons: Lessons, like: Uint32Array) => readonly Explained[];

/** Samples that teach at first; the others are there to verify what these taught. */
const firstTeachers = 40;

/** How often samples that are not explained are heard, how many of each sort, and how many at once. */
const mostRounds = 4;
const mostOfSort = 3;
const mostAtOnce = 80;

/** Bytes of bodies that are learned from, both sides together: a tree takes some twenty times as many. */
const mostToLearnFrom = 8 << 20;

/** Unexplained divergences of a sample that are looked at. */
const mostMarks = 100;

/**
 * Learns from some samples, tries the lessons on all of them, and learns again from those that remain unexplained, sort by
 * sort, until there is nothing more to learn. What comes out does not depend on the order of the samples.
 */
export function teach(samples: Samples, explainAll: ExplainAll): Taught {
  const { order, like } = survey(samples);
  const room: Classroom = { teachers: new Map(), left: mostToLearnFrom, heard: new Map() };
  for (const at of firstOf(order)) invite(at, samples, room);
  let lessons = learn(pairsIn(room));
  let explained = explainAll(lessons, like);
  for (let round = 0; round < mostRounds && room.teachers.size < samples.length; round += 1) {
    const more = useful(order, { samples, explained }, room);
    if (more.length === 0) break;
    for (const at of more) invite(at, samples, room);
    const next = learn(pairsIn(room));
    if (print(next) === print(lessons)) break;
    lessons = next;
    explained = explainAll(lessons, like);
  }
  return { lessons, explained };
}

/** What was learned in the end, and what it says of each sample. */
interface Taught {
  readonly lessons: Lessons;
  readonly explained: readonly Explained[];
}

/** All of a few samples, as they came; of many some, spread evenly over all bodies. */
function firstOf(order: Uint32Array): readonly number[] {
  if (order.length <= firstTeachers) return [...order.keys()];
  const step = order.length / firstTeachers;
  return Array.from({ length: firstTeachers }, (_, i) => order[Math.floor(i * step)]!);
}

interface Classroom {
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

function invite(at: number, samples: Samples, room: Classroom): void {
  const sample = samples.at(at)!;
  room.left -= sample.reference.length + sample.candidate.length;
  const pair = room.left < 0 ? null : readPair(sample);
  room.teachers.set(at, pair && { a: pair[0].tree, b: pair[1].tree });
}

function pairsIn({ teachers }: Classroom): TreePair[] {
  return [...teachers.values()].filter((pair) => pair !== null);
}

/** Those that have something to say that was not heard often enough. */
function useful(order: Uint32Array, { samples, explained }: Heard, { teachers, heard }: Classroom): number[] {
  const found: number[] = [];
  for (const at of order) {
    if (found.length === mostAtOnce) break;
    const known = explained[at]!;
    if (teachers.has(at) || (known.open === 0 && doubtsOf(known).length === 0)) continue;
    const sorts = [...sortsOf(at, { samples, explained })];
    const fresh = sorts.filter((sort) => (heard.get(sort) ?? 0) < mostOfSort);
    for (const sort of fresh) heard.set(sort, (heard.get(sort) ?? 0) + 1);
    if (fresh.length > 0) found.push(at);
  }
  return found;
}

/** What was learned from one sample alone. */
function doubtsOf({ used }: Explained): readonly Lesson[] {
  return used.filter((lesson) => lesson.hypothesis);
}

/** What a sample may teach: each thing in it that is unexplained, and each that was learned from one sample alone. */
function sortsOf(at: number, { samples, explained }: Heard): Set<string> {
  const known = explained[at]!;
  const open = known.open > 0 ? openIn(samples.at(at)!, known) : [];
  return new Set([
    ...open.slice(0, mostMarks).map(markOf),
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
function print(lessons: Lessons): string {
  const plain = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);
  return JSON.stringify(
    [...lessons].map(([shape, list]) => [
      shape,
      list.map(({ rule, parameters, hypothesis }) => [rule.id, parameters, hypothesis]),
    ]),
    plain,
  );
}
