import { answeredAt } from '../../compare/headers/compare-headers.ts';
import { bodyOf, treeOf } from '../../compare/media/body-content.ts';
import { trailOf, walkTrail } from '../../compare/rules/pointer-matcher.ts';
import type { TargetClocks } from '../../compare/values/timestamps.ts';
import { longPieces } from '../../compare/values/token-diff.ts';
import type { Response } from '../../http/exchange.ts';
import { type JsonDocument, Kind } from '../../json/document.ts';
import { sourceText, stringText } from '../../json/text.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { Both, Sampled } from '../evidence/self-diff.ts';
import { maxSampleReaderTextLength, maxValues } from '../limits.ts';

/** Values and the words in them. */
export type Words = ReadonlySet<string>;

/** What a side answered to one request, first and again, where it answered. */
export function answersOf({ first, more }: Sampled, exchange: number): Response[] {
  return [first, ...more].flatMap(({ replay }) => {
    const outcome = replay.exchanges[exchange]?.outcome;
    return outcome?.kind === 'response' ? [outcome] : [];
  });
}

/** Reads answers as JSON or XML, of the last ones each once; null for what is neither. */
export function reader(): (answer: Response) => JsonDocument | null {
  return memoizeBounded(16, ({ headers, body }: Response) => treeOf(bodyOf(headers, body)));
}

/** What the first answers say of when it is; where they do not, it is now on both sides. */
export function clocksAt(sides: Both<Sampled>, exchange: number): TargetClocks {
  const [a, b] = sides.map(({ first }) => {
    const [answer] = answersOf({ first, more: [] }, exchange);
    return answer === undefined ? null : answeredAt(answer.headers);
  });
  return a == null || b == null ? { at: a ?? b ?? Date.now(), ahead: 0 } : { at: a, ahead: b - a };
}

/** The scalars at a place, one more than are looked at. */
export function valuesIn(document: JsonDocument | null, pattern: string): string[] {
  const values: string[] = [];
  eachValue(document, pattern, (found, node) => values.push(sourceText(found, node)));
  return values;
}

/** The values at a place and the words in them, all items of a list together; none in what is not JSON. */
export function wordsIn(document: JsonDocument | null, pattern: string): Words {
  const told = new Set<string>();
  eachValue(document, pattern, (found, node) => {
    told.add(sourceText(found, node).slice(0, maxSampleReaderTextLength));
    if (found.kind[node] === Kind.string)
      for (const piece of longPieces(stringText(found, node).slice(0, maxSampleReaderTextLength))) told.add(piece);
  });
  return told;
}

/** Takes a document and a place in the items of lists; calls back for the first scalars there, one more than are looked at. */
function eachValue(
  document: JsonDocument | null,
  pattern: string,
  take: (document: JsonDocument, node: number) => void,
) {
  if (document === null) return;
  let count = 0;
  walkTrail(document, trailOf([{ pointer: pattern, rule: true }]), (node) => {
    if (document.kind[node]! >= Kind.array || count > maxValues) return false;
    count += 1;
    take(document, node);
    return false;
  });
}
