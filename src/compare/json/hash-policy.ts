import { type JsonDocument, Kind } from '../../json/document.ts';
import type { StandIn } from '../captures/captured-values.ts';
import { leastKept, type Rules } from '../rules/compiled-rules.ts';
import { walkTrail } from '../rules/pointer-matcher.ts';
import { documentWithStandIns } from '../rules/replace.ts';
import type { Trail } from '../rules/trail.ts';
import { type HashPolicy, lazyHashes } from './hash.ts';
import type { Hashing, Twin } from './item-matching.ts';

/** Says of the nodes of a document whether a rule keeps nothing of them. */
export function skippedNodes({ skips, trails }: Rules, document: JsonDocument): (node: number) => boolean {
  if (!skips) return () => false;
  const mark = markNodes(document, trails.ignore, (rules) => (leastKept(rules) === 'nothing' ? 1 : 0));
  return (node) => mark[node] === 1;
}

const tellings = ['value', 'type', 'nothing'] as const;

/** What of the nodes of a document tells items apart: under rules that ignore them no more than they keep. */
function policyAt({ suppresses, trails }: Rules, document: JsonDocument): HashPolicy {
  if (!suppresses) return () => 'value';
  const mark = markNodes(document, trails.ignore, (rules) => (leastKept(rules) === 'type' ? 1 : 2));
  return (node) => tellings[mark[node]!]!;
}

/** As `telling`, but no more than `less` of what a rule leads to, where that is of one kind. */
function weakenAt<T>(telling: HashPolicy, document: JsonDocument, { trail, kind, less }: Less<T>): HashPolicy {
  const marks = new Uint8Array(document.size);
  walkTrail(document, trail, (node) => {
    if (document.kind[node] === kind) marks[node] = 1;
    return true;
  });
  return (node) => (marks[node] === 1 && telling(node) === 'value' ? less : telling(node));
}

interface Less<T> {
  readonly trail: Trail<T>;
  readonly kind: number;
  readonly less: 'items' | 'type';
}

/** As `tellingNodes`, but the order of items has no say where rules say that it means nothing. */
function orderlessPolicy(rules: Rules, document: JsonDocument): HashPolicy {
  const telling = policyAt(rules, document);
  if (!rules.shuffles) return telling;
  return weakenAt(telling, document, { trail: rules.trails.unordered, kind: Kind.array, less: 'items' });
}

/** As `orderlessTelling`, and of numbers that may be near to others no more than that they are numbers. */
function tolerantPolicy(rules: Rules, document: JsonDocument): HashPolicy {
  const telling = orderlessPolicy(rules, document);
  return weakenAt(telling, document, { trail: rules.trails.tolerance, kind: Kind.number, less: 'type' });
}

/** The hashes by which the items of a document are lined up, from what it has to say as it is compared. */
export function hashesOf(
  rules: Rules,
  [document, compared]: readonly [JsonDocument, JsonDocument],
  standIn: StandIn | undefined,
): Hashing {
  let twin: Twin | null = null;
  const alike = (made: StandIn) => () => {
    twin ??= twinOf(compared, orderlessPolicy(rules, document), made);
    return twin;
  };
  return {
    alike: standIn === undefined || !rules.shuffles ? null : alike(standIn),
    hash: lazyHashes(compared, () => policyAt(rules, document)),
    orderless: rules.shuffles ? lazyHashes(compared, () => orderlessPolicy(rules, document)) : null,
    rough: rules.tolerates ? lazyHashes(compared, () => tolerantPolicy(rules, document)) : null,
  };
}

function twinOf(document: JsonDocument, telling: HashPolicy, standIn: StandIn): Twin {
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
