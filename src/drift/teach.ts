import { pointerShape } from '../json/pointer.ts';
import type { Cause } from './cause.ts';
import { learn } from './learn.ts';
import type { Lesson, Lessons } from './lesson.ts';
import { readBody, type Sample } from './sample.ts';

/** What a sample's proof says, and the lessons that changed its reference. */
export interface Explained {
  readonly causes: readonly Cause[];
  readonly used: readonly Lesson[];
}

type ExplainAll = (lessons: Lessons) => readonly Explained[];

/** Samples that teach at first; the others are there to verify what these taught. */
const firstTeachers = 40;

/** How often samples that are not explained are heard, and how many of each sort. */
const mostRounds = 4;
const mostOfSort = 3;

/** Bytes of bodies that are learned from, both sides together: a tree takes some twenty times as many. */
const mostToLearnFrom = 8 << 20;

/** Unexplained divergences that tell one sort of sample from another. */
const mostMarks = 12;

/**
 * Learns from some samples, tries the lessons on all of them, and learns again from those that remain unexplained, sort by
 * sort, until there is nothing more to learn. What comes out does not depend on the order of the samples.
 */
export function teach(samples: readonly Sample[], explainAll: ExplainAll): readonly Explained[] {
  const teachers = new Set(firstOf(samples));
  let lessons = learnFrom(teachers);
  let explained = explainAll(lessons);
  const heard = new Map<string, number>();
  for (let round = 0; round < mostRounds && teachers.size < samples.length; round += 1) {
    const more = inOrder(samples).filter((at) => isOfUse(samples[at]!, explained[at]!, { teachers, heard }));
    if (more.length === 0) return explained;
    for (const at of more) teachers.add(samples[at]!);
    const next = learnFrom(teachers);
    if (print(next) === print(lessons)) return explained;
    lessons = next;
    explained = explainAll(lessons);
  }
  return explained;
}

/** Indices of the samples, sorted by their bodies. */
function inOrder(samples: readonly Sample[]): number[] {
  const byBody = (x: Sample, y: Sample) =>
    Buffer.compare(x.reference, y.reference) || Buffer.compare(x.candidate, y.candidate);
  return samples.map((_, at) => at).sort((x, y) => byBody(samples[x]!, samples[y]!));
}

/** All of a few samples; of many some, spread evenly over all bodies. */
function firstOf(samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= firstTeachers) return samples;
  const order = inOrder(samples);
  const step = samples.length / firstTeachers;
  return Array.from({ length: firstTeachers }, (_, i) => samples[order[Math.floor(i * step)]!]!);
}

function learnFrom(teachers: ReadonlySet<Sample>): Lessons {
  let left = mostToLearnFrom;
  const pairs = [...teachers].flatMap((sample) => {
    left -= sample.reference.length + sample.candidate.length;
    const [a, b] = left < 0 ? [null, null] : [readBody(sample.reference), readBody(sample.candidate)];
    return a === null || b === null ? [] : [{ a: a.tree, b: b.tree }];
  });
  return learn(pairs);
}

interface Class {
  readonly teachers: ReadonlySet<Sample>;
  /** How many of each sort were asked already. */
  readonly heard: Map<string, number>;
}

/** A sample teaches if something in it is unexplained, or if it may confirm what one sample alone taught. */
function isOfUse(sample: Sample, { causes, used }: Explained, { teachers, heard }: Class): boolean {
  if (teachers.has(sample)) return false;
  const claimed = new Set(causes.flatMap((cause) => cause.divergences));
  const open = claimed.size < sample.divergences.length ? sample.divergences.filter(([at]) => !claimed.has(at)) : [];
  const marks = open.slice(0, mostMarks).map(([, one]) => `${one.kind} ${pointerShape(one.pointer)}`);
  const doubts = used.filter((lesson) => lesson.hypothesis).map((lesson) => `${lesson.rule.id} ${lesson.shape}`);
  const sorts = [[...new Set(marks)].join('\n'), ...doubts.map((one) => `? ${one}`)].filter((sort) => sort !== '');
  const fresh = sorts.filter((sort) => (heard.get(sort) ?? 0) < mostOfSort);
  for (const sort of fresh) heard.set(sort, (heard.get(sort) ?? 0) + 1);
  return fresh.length > 0;
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
