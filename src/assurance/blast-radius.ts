import { type ComparedSide, compareCase, counts } from '../compare/compare-case.ts';
import {
  isEventsType,
  isFormType,
  isJsonType,
  isLinesType,
  isMultipartType,
  isXmlType,
  type MediaType,
} from '../compare/headers/media-type.ts';
import { maxReadLength } from '../compare/limits.ts';
import { type Body, bodyOf, looksLikeJson, textOf, treeOf } from '../compare/media/body-content.ts';
import { ownersUnder, type Reach } from '../compare/rules/compiled-rules.ts';
import { isOfMedia } from '../config/media-pattern.ts';
import type { CompareOptions } from '../config/rules.ts';
import type { Response } from '../http/exchange.ts';
import { type JsonDocument, JsonSyntaxError } from '../json/document.ts';
import { readJson } from '../json/read.ts';
import type { RecordedRule } from '../record/evidence.ts';
import { type CaseLeftOut, type LeftOutTally, leavesOut, leftOutTally, newCase } from './ignored-share.ts';
import { editJson, type JsonEditKind } from './json-edits.ts';
import { maxBlastRadiusSamples, maxBlastRadiusWork } from './limits.ts';
import { plainOf } from './mutate.ts';
import { type RuleInUse, rulesInUse } from './rules-in-use.ts';
import { seededRandom } from './seeded-random.ts';
import { type Layout, layoutOf, spotOf } from './tree-layout.ts';

/** All rules of a run. */
export interface BlastRadii {
  /** Sorted by name. */
  readonly rules: readonly RecordedRule[];
  /** JSON and XML bodies over 1 MiB, or nested very deep: not looked into. */
  readonly bodiesSkipped: number;
  readonly leftOut: ReturnType<LeftOutTally['told']>;
}

const edits: Readonly<Record<Reach['word'], readonly JsonEditKind[]>> = {
  ignore: ['value', 'type'],
  unordered: ['value', 'type', 'item-moved'],
  tolerance: ['value', 'type', 'last-digit', 'big-integer'],
  replace: ['value', 'type'],
  origins: ['value', 'type'],
};

/** What the reference answered to a case, and what it was compared under. */
export interface ComparedAnswer {
  readonly case: string;
  readonly reference: ComparedSide;
  readonly options: CompareOptions;
}

/** Gathers the blast radius of all rules as a run goes. */
export interface BlastRadiusGatherer {
  /** Takes the answers of the reference, whether the case matched or not. O(bytes) where there are rules, else nothing. */
  add(answer: ComparedAnswer): void;
  /** Changes samples of what was touched and compares them: some seconds at most. */
  radii(): BlastRadii;
}

interface Sample {
  readonly rank: number;
  readonly response: Response;
  readonly origin: string;
  readonly options: CompareOptions;
  /** The leaf, and the value by which it stands under the rule. */
  readonly node: number;
  readonly owner: number;
}

interface Gathered extends RuleInUse {
  touched: number;
  leaves: number;
  unread: number;
  samples: Sample[];
}
const deepestBody = 500;

/** An empty gatherer. What it finds depends on the seed, the cases and the answers, not on the order in which they come. */
export function blastRadius({ seed }: { readonly seed: number }): BlastRadiusGatherer {
  const rules = new Map<string, Gathered>();
  const leftOut = leftOutTally();
  let bodiesSkipped = 0;
  return {
    add({ case: caseId, reference, options }) {
      const gathered = rulesInUse(options).map((one) => gatheredOf(rules, one));
      if (gathered.length === 0) return leftOut.add(null);
      const own = newCase();
      for (const [at, { outcome }] of reference.replay.exchanges.entries()) {
        const response = outcome.kind === 'response' ? plainOf(outcome) : null;
        const body = response === null ? null : bodyOf(response.headers, response.body);
        if (response === null || body === null || body.problem !== null || body.bytes.length === 0) continue;
        const origin = reference.origin;
        const here = gathered.filter(({ media }) => media === undefined || isOfMedia(body.type.essence, media));
        const layout = layoutWithin(body);
        if (layout === 'skipped') {
          bodiesSkipped += 1;
          own.isPartly = true;
        } else if (layout === null) gatherText(here, body, { origin, own });
        else gather(here, { layout, response, origin, options, id: [seed, caseId, at], own });
      }
      leftOut.add(own);
    },
    radii() {
      const sorted = [...rules.values()].sort((a, b) =>
        a.rule < b.rule || (a.rule === b.rule && a.key < b.key) ? -1 : 1,
      );
      return {
        rules: sorted.map((one) => radiusOf(one, maxBlastRadiusWork / sorted.length)),
        bodiesSkipped,
        leftOut: leftOut.told(),
      };
    },
  };
}

function gatheredOf(rules: Map<string, Gathered>, one: RuleInUse): Gathered {
  const gathered = rules.get(one.key) ?? { ...one, touched: 0, leaves: 0, unread: 0, samples: [] };
  rules.set(one.key, gathered);
  return gathered;
}

/** The body as JSON, or as XML by its infoset; null if it is neither, `skipped` if it is too big or too deep. */
function layoutWithin(body: Body): Layout | 'skipped' | null {
  if (isLinesType(body.type) || !(isJsonType(body.type) || isXmlType(body.type) || looksLikeJson(body))) return null;
  if (body.bytes.length > maxReadLength) return 'skipped';
  const document = treeOf(body);
  if (document === null) return null;
  const layout = layoutOf(document);
  return layout.depth > deepestBody ? 'skipped' : layout;
}

/** A text is looked at as one JSON string: what a rule says of the whole body, it says of that. */
function gatherText(rules: readonly Gathered[], body: Body, { origin, own }: Pick<Seen, 'origin' | 'own'>): void {
  const text = isStructured(body.type) || body.bytes.length > maxReadLength ? null : textOf(body);
  const parsed = text === null ? null : readJson(Buffer.from(JSON.stringify(text)));
  const document = parsed instanceof JsonSyntaxError ? null : parsed;
  own.leaves += 1;
  let isOut = false;
  for (const rule of rules) {
    const isUnder = document === null ? rule.reach.pointer === '' : ownersUnder(rule.reach, document, origin)[0] !== -1;
    if (document === null) rule.unread += 1;
    else rule.leaves += 1;
    if (document !== null && isUnder) rule.touched += 1;
    if (!isUnder || !leavesOut(rule)) continue;
    isOut = true;
    own.rules.add(rule.key);
  }
  if (isOut) own.values += 1;
  else if (document === null) own.isPartly = true;
}

function isStructured(type: MediaType): boolean {
  return [isLinesType, isEventsType, isFormType, isMultipartType, isXmlType].some((is) => is(type));
}

interface Seen {
  readonly layout: Layout;
  readonly response: Response;
  readonly origin: string;
  readonly options: CompareOptions;
  readonly id: readonly [seed: number, caseId: string, exchange: number];
  readonly own: CaseLeftOut;
}

function gather(rules: readonly Gathered[], { layout, response, origin, options, id, own }: Seen): void {
  const { document, isKey } = layout;
  const isOut = new Uint8Array(document.size);
  for (let node = 0; node < document.size; node += 1) if (isKey[node] === 0 && isLeaf(document, node)) own.leaves += 1;
  for (const rule of rules) {
    const owners = ownersUnder(rule.reach, document, origin);
    const random = seededRandom(...id, rule.key);
    const isLeavingOut = leavesOut(rule);
    for (let node = 0; node < document.size; node += 1) {
      if (isKey[node] === 1 || !isLeaf(document, node)) continue;
      rule.leaves += 1;
      if (owners[node] === -1) continue;
      rule.touched += 1;
      if (isLeavingOut) {
        own.rules.add(rule.key);
        own.values += 1 - isOut[node]!;
        isOut[node] = 1;
      }
      keep(rule.samples, { rank: random(2 ** 32), response, origin, options, node, owner: owners[node]! });
    }
  }
}

/** An empty container is a leaf too: it has a value and nothing below. */
function isLeaf(document: JsonDocument, node: number): boolean {
  return document.next[node] === node + 1;
}

/** Keeps the 20 with the lowest ranks. */
function keep(samples: Sample[], sample: Sample): void {
  if (samples.length === maxBlastRadiusSamples && sample.rank >= samples.at(-1)!.rank) return;
  samples.push(sample);
  samples.sort((a, b) => a.rank - b.rank);
  samples.length = Math.min(samples.length, maxBlastRadiusSamples);
}

function radiusOf({ isInferred, samples, reach, ...one }: Gathered, work: number): RecordedRule {
  const found = { mutated: 0, unseen: 0 };
  const moved = new WeakMap<Response, Set<number>>();
  let left = work;
  for (const sample of [...samples].sort((a, b) => a.response.body.length - b.response.body.length || a.rank - b.rank))
    for (const kind of edits[reach.word]) {
      left -= 3 * sample.response.body.length;
      const mutated = left < 0 ? null : mutate(sample, kind, moved);
      if (mutated === null) continue;
      found.mutated += 1;
      if (!isSeen(sample, mutated)) found.unseen += 1;
    }
  const { rule, reason, touched, leaves, unread } = one;
  const share = leaves === 0 ? 0 : touched / leaves;
  return { rule, reason, ...(isInferred ? { isNoise: true } : {}), touched, leaves, share, ...found, unread };
}

/** The answer with one edit at the sampled place; of an array that is shuffled, the first time. Null if it cannot be done there. */
function mutate(
  { response, node, owner }: Sample,
  kind: JsonEditKind,
  moved: WeakMap<Response, Set<number>>,
): Response | null {
  const document = readJson(response.body);
  if (document instanceof JsonSyntaxError) return null;
  const place = kind === 'item-moved' ? owner : node;
  if (kind === 'item-moved') {
    const done = moved.get(response) ?? new Set();
    if (done.has(owner)) return null;
    moved.set(response, done.add(owner));
  }
  const layout = layoutOf(document);
  const edit = editJson(layout, kind, () => place);
  if (edit === null || edit.pointer !== spotOf(layout, place).pointer) return null;
  return { ...response, body: edit.bytes };
}

function isSeen({ response, origin, options }: Sample, mutated: Response): boolean {
  const found = compareCase(sideOf(response, origin), sideOf(mutated, origin), options);
  return found.divergences.some((one) => counts(one, options.level));
}

function sideOf(response: Response, origin: string): ComparedSide {
  const request = { method: 'GET', path: '/', headers: [], body: null };
  const exchange = { target: 'blast-radius', step: 0, request, outcome: response, durationMs: 0 };
  return { replay: { target: 'blast-radius', exchanges: [exchange], captured: {} }, origin };
}
