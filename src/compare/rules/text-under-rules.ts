import { type JsonDocument, Kind } from '../../json/document.ts';
import { isBroken, sourceText, stringText } from '../../json/text.ts';
import type { Difference } from '../model/value-judge.ts';
import { withoutOrigin } from '../values/own-origin.ts';
import type { Rules } from './compiled-rules.ts';
import { walkTrail } from './pointer-matcher.ts';
import { documentWithoutOrigin, freshBudget, replaceAll, withTexts } from './replace.ts';

/**
 * The document with its strings as they are compared: parts replaced by rules, and the target's own origin (null: it counts as any
 * text) as one name for all. The same node numbers; the document itself where no string changes. What is not Unicode stays.
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
