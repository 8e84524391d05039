import { type JsonDocument, Kind } from '../json/document.ts';
import { isBroken, sourceText, stringText } from '../json/text.ts';
import type { StandIn } from './capture.ts';
import { lazyHashes, type Telling } from './hash.ts';
import type { Difference } from './judge.ts';
import type { Hashing, Twin } from './link.ts';
import {
  documentWithoutOrigin,
  documentWithStandIns,
  freshBudget,
  replaceAll,
  withoutOrigin,
  withTexts,
} from './replace.ts';
import { leastKept, type Rules } from './rules.ts';
import { type Trail, walkTrail } from './trail.ts';

/** Says of the nodes of a document whether a rule keeps nothing of them. */
export function skippedNodes({ skips, trails }: Rules, document: JsonDocument): (node: number) => boolean {
  if (!skips) return () => false;
  const mark = markNodes(document, trails.ignore, (rules) => (leastKept(rules) === 'nothing' ? 1 : 0));
  return (node) => mark[node] === 1;
}

const tellings = ['value', 'type', 'nothing'] as const;

/** What of the nodes of a document tells items apart: under rules that ignore them no more than they keep. */
function tellingNodes({ forgives, trails }: Rules, document: JsonDocument): Telling {
  if (!forgives) return () => 'value';
  const mark = markNodes(document, trails.ignore, (rules) => (leastKept(rules) === 'type' ? 1 : 2));
  return (node) => tellings[mark[node]!]!;
}

/** As `tellingNodes`, but the order of items has no say where rules say that it means nothing. */
function orderlessTelling(rules: Rules, document: JsonDocument): Telling {
  const telling = tellingNodes(rules, document);
  if (!rules.shuffles) return telling;
  const unordered = new Uint8Array(document.size);
  walkTrail(document, rules.trails.unordered, (node) => {
    if (document.kind[node] === Kind.array) unordered[node] = 1;
    return true;
  });
  return (node) => (unordered[node] === 1 && telling(node) === 'value' ? 'items' : telling(node));
}

/** As `orderlessTelling`, and of numbers that may be near to others no more than that they are numbers. */
function roughlyTelling(rules: Rules, document: JsonDocument): Telling {
  const telling = orderlessTelling(rules, document);
  const near = new Uint8Array(document.size);
  walkTrail(document, rules.trails.tolerance, (node) => {
    if (document.kind[node] === Kind.number) near[node] = 1;
    return true;
  });
  return (node) => (near[node] === 1 && telling(node) === 'value' ? 'type' : telling(node));
}

/** The hashes by which the items of a document are lined up, from what it has to say as it is compared. */
export function hashesOf(
  rules: Rules,
  [document, compared]: readonly [JsonDocument, JsonDocument],
  standIn: StandIn | undefined,
): Hashing {
  let twin: Twin | null = null;
  const alike = (made: StandIn) => () => {
    twin ??= twinOf(compared, orderlessTelling(rules, document), made);
    return twin;
  };
  return {
    alike: standIn === undefined || !rules.shuffles ? null : alike(standIn),
    hash: lazyHashes(compared, () => tellingNodes(rules, document)),
    orderless: rules.shuffles ? lazyHashes(compared, () => orderlessTelling(rules, document)) : null,
    rough: rules.tolerates ? lazyHashes(compared, () => roughlyTelling(rules, document)) : null,
  };
}

function twinOf(document: JsonDocument, telling: Telling, standIn: StandIn): Twin {
  const twin = documentWithStandIns(document, standIn, (node) => telling(node) === 'value');
  return { document: twin, hash: lazyHashes(twin, () => telling) };
}

/** The nodes with the marks that the rules for them give, but none below one that has a mark. */
function markNodes<T>(document: JsonDocument, trail: Trail<T>, markOf: (rules: readonly T[]) => number): Uint8Array {
  const marks = new Uint8Array(document.size);
  walkTrail(document, trail, (node, rules) => {
    marks[node] = markOf(rules);
    return marks[node] === 0;
  });
  return marks;
}

/**
 * The document with its strings as they are compared: parts replaced by rules, and the target's own origin (null: it counts as any
 * text) as one name for all. The same node numbers; the document itself where no string changes. What is no Unicode stays.
 */
function comparedDocument(rules: Rules, document: JsonDocument, origin: string | null): JsonDocument {
  const replaced = rules.replaces ? replacedDocument(rules, document) : document;
  return origin === null ? replaced : documentWithoutOrigin(replaced, origin);
}

function replacedDocument({ trails }: Rules, document: JsonDocument): JsonDocument {
  const budget = freshBudget();
  const texts = new Map<number, string>();
  walkTrail(document, trails.replace, (node, replacements) => {
    if (document.kind[node] !== Kind.string || isBroken(document, node)) return true;
    const text = stringText(document, node);
    const replaced = replaceAll(text, replacements, budget);
    if (replaced !== text) texts.set(node, replaced);
    return true;
  });
  return withTexts(document, texts);
}

/** Two texts as they are compared: the rules for the whole body apply; where an origin is forgiven, read them with `shownText`. */
export function comparedTexts(
  rules: Rules,
  texts: readonly [string, string],
  origins: readonly [reference: string, candidate: string] | undefined,
): readonly [string, string] {
  const replacements = rules.replaced('');
  const made = (text: string, origin: string | undefined) => {
    const replaced = replaceAll(text, replacements, freshBudget());
    return origin === undefined ? replaced : withoutOrigin(replaced, origin);
  };
  return [made(texts[0], origins?.[0]), made(texts[1], origins?.[1])];
}

/** The sources of two scalars of one kind, each in its document, and whether they are strings. */
export function scalarTexts(
  documents: readonly [JsonDocument, JsonDocument],
  nodes: readonly [number, number],
): Pick<Difference, 'texts' | 'hasPieces'> {
  const hasPieces = documents[0].kind[nodes[0]] === Kind.string;
  const text = (document: JsonDocument, node: number) =>
    hasPieces ? JSON.stringify(stringText(document, node)) : sourceText(document, node);
  return { texts: [text(documents[0], nodes[0]), text(documents[1], nodes[1])], hasPieces };
}

/** Two documents with their strings as they are compared. */
export function comparedPair(
  rules: Rules,
  [a, b]: readonly [JsonDocument, JsonDocument],
  origins: readonly [reference: string, candidate: string] | undefined,
): readonly [JsonDocument, JsonDocument] {
  return [comparedDocument(rules, a, origins?.[0] ?? null), comparedDocument(rules, b, origins?.[1] ?? null)];
}
