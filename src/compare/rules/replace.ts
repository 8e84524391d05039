import type { RE2JS } from 're2js';
import { compilePattern } from '../../config/pattern.ts';
import type { ReplaceRule } from '../../config/rules.ts';
import { type JsonDocument, JsonSyntaxError, Kind } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { isBroken, rawString, sourceText, stringText } from '../../json/text.ts';
import { maxWork } from '../limits.ts';
import { mayHoldOrigin, withoutOrigin } from '../values/own-origin.ts';

/** A replace rule with its pattern compiled. */
export interface Replacement {
  readonly pattern: RE2JS;
  readonly with: string;
  /** How often `with` can repeat a part of the text. */
  readonly references: number;
}

/** Characters that the replacements of one document may still look at. */
export interface ReplaceBudget {
  left: number;
}

/** The budget of one document. */
export function freshBudget(): ReplaceBudget {
  return { left: maxWork };
}

const compiled = new WeakMap<ReplaceRule, Replacement>();

/** Compiles the pattern of a rule, once for each rule object. Throws RE2JSSyntaxException for a pattern that no loader has checked. */
export function replacementOf(rule: ReplaceRule): Replacement {
  const known = compiled.get(rule);
  if (known !== undefined) return known;
  const references = rule.with.split('$').length - 1;
  const replacement = { pattern: compilePattern(rule.pattern), with: rule.with, references };
  compiled.set(rule, replacement);
  return replacement;
}

/** The text with every match replaced, the replacements one after another; a text beyond the budget as it is. */
export function replaceAll(text: string, replacements: readonly Replacement[], budget: ReplaceBudget): string {
  let replaced = text;
  for (const replacement of replacements) {
    const matches = hasMatch(replaced, replacement, budget);
    if (budget.left < 0) return text;
    if (matches) replaced = replacement.pattern.matcher(replaced).replaceAll(replacement.with);
  }
  return replaced;
}

/** Whether there is a match. Takes what finding and replacing all of them can cost at most from the budget, and stops where it ends. */
function hasMatch(text: string, replacement: Replacement, budget: ReplaceBudget): boolean {
  const found = replacement.pattern.matcher(text);
  const cost = text.length * (1 + replacement.references) + replacement.with.length + 1;
  let matched = false;
  for (budget.left -= cost; budget.left >= 0 && found.find(); budget.left -= cost) matched = true;
  return matched;
}

/** Takes a document and new texts for nodes that are strings or numbers; returns it with these as strings, the same node numbers for all. */
export function withTexts(document: JsonDocument, texts: ReadonlyMap<number, string>): JsonDocument {
  if (texts.size === 0) return document;
  const parts: Buffer[] = [];
  let from = 0;
  for (const [node, text] of [...texts].sort(([a], [b]) => a - b)) {
    parts.push(document.bytes.subarray(from, document.start[node]!), Buffer.from(rawString(text), 'latin1'));
    from = document.end[node]!;
  }
  parts.push(document.bytes.subarray(from));
  const found = readJson(Buffer.concat(parts));
  return found instanceof JsonSyntaxError ? document : found;
}

/**
 * Takes a document and an origin; returns it with its strings as `withoutOrigin` has them, but for keys and what is not Unicode. Of a
 * document that holds neither the origin nor an escape (which may spell it) no string is looked at.
 */
export function documentWithoutOrigin(document: JsonDocument, origin: string): JsonDocument {
  const { bytes } = document;
  if (!mayHoldOrigin(bytes.toString('latin1'), origin) && !bytes.includes('\\')) return document;
  return documentWithStandIns(
    document,
    (text) => withoutOrigin(text, origin),
    (node) => document.kind[node] === Kind.string,
  );
}

/** Takes a document; returns it with what stands for the strings and numbers in it that count, but for keys and what is not Unicode. */
export function documentWithStandIns(
  document: JsonDocument,
  standIn: (text: string) => string,
  counts: (node: number) => boolean,
): JsonDocument {
  const { kind } = document;
  const texts = new Map<number, string>();
  const isKey = new Uint8Array(document.size);
  for (let node = 0; node < document.size; node += 1) {
    if (kind[node] === Kind.object) markKeys(document, node, isKey);
    const isText = kind[node] === Kind.string && isKey[node] === 0 && !isBroken(document, node);
    if ((!isText && kind[node] !== Kind.number) || !counts(node)) continue;
    const text = isText ? stringText(document, node) : sourceText(document, node);
    const stand = standIn(text);
    if (stand !== text) texts.set(node, stand);
  }
  return withTexts(document, texts);
}

function markKeys(document: JsonDocument, node: number, isKey: Uint8Array): void {
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!) isKey[key] = 1;
}
