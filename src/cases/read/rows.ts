import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import type { Complain } from '../../config/source/source.ts';
import type { Entry, SourceNode } from '../../config/source/source-node.ts';
import { entriesOf, scalarText } from '../../config/source/tree-access.ts';
import { type Budget, complainOfBudget, spend } from '../fast/budget.ts';
import {
  exactPlaceholder,
  fillPlaceholders,
  filters,
  isVariableName,
  placeholderNames,
  plainText,
  reservedFault,
  settledTemplate,
} from '../placeholder.ts';
import { jsonText } from './json-text.ts';

/** A case node with the values of one row filled in, and what its id gets: `-1`, or nothing for a case without rows. */
export interface RowCase {
  readonly suffix: string;
  readonly node: SourceNode;
}

/** What a copied node weighs, in characters. */
const nodeCost = 64;

interface Filler {
  readonly texts: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, SourceNode>;
  readonly budget: Budget;
}

/** What is filled into a case: a list of rows, or null for one case; and the values that every row has. */
export interface Fillings {
  readonly rows: readonly SourceNode[] | null;
  readonly values: SourceNode | null;
}

/** Takes a case node and what is filled into it; returns one node a row. In `json` a string that is exactly `{{name}}` becomes the value with its type; elsewhere its text is filled in. Positions stay those of the case. */
export function expandRows(
  node: SourceNode,
  { rows, values }: Fillings,
  context: { budget: Budget; complain: Complain },
): RowCase[] {
  const own = entriesOf(node).filter(({ key }) => key !== 'with' && key !== 'values');
  const bare: SourceNode = { ...node, kind: 'map', entries: own };
  const cases = (rows ?? [null]).map((row, index) => {
    const filler = createFiller([...entriesOf(values), ...entriesOf(row)], context);
    return { suffix: rows === null ? '' : `-${index + 1}`, node: fill(bare, filler, 'case') };
  });
  if (context.budget.left < 0) complainOfBudget(node.span, context.complain);
  return context.budget.left < 0 ? [] : cases;
}

function createFiller(entries: readonly Entry[], { budget, complain }: { budget: Budget; complain: Complain }): Filler {
  const texts = new Map<string, string>();
  const values = new Map<string, SourceNode>();
  for (const { key, keySpan, value } of entries) {
    if (!isVariableName(key)) {
      complain(keySpan, {
        message: `${quoteForMessage(key)} cannot name a value`,
        hint: 'use a letter, then letters, digits, `_`, `-`',
      });
    }
    const reserved = reservedFault(key);
    if (reserved !== null) complain(keySpan, reserved);
    texts.set(key, scalarText(value) ?? jsonText(value, budget, complain));
    values.set(key, value);
  }
  return { texts, values, budget };
}

/** Where a node stands. What is filled in outside of a request is final; in one, captured values may follow. */
type Place = 'case' | 'request' | 'member' | 'json';

function placeUnder(key: string, place: Place): Place {
  if (place === 'case') return key === 'request' ? 'request' : 'case';
  if (place === 'request') return key === 'json' ? 'json' : 'member';
  return place;
}

function fill(node: SourceNode, filler: Filler, place: Place): SourceNode {
  if (!spend(filler.budget, nodeCost)) return node;
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => fill(item, filler, place)) };
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, keySpan, value }) => {
      return { key: fillText(key, filler, place), keySpan, value: fill(value, filler, placeUnder(key, place)) };
    });
    return { ...node, entries };
  }
  if (node.kind !== 'text') return node;
  const whole = place === 'json' ? exactPlaceholder(node.value) : null;
  const typed = whole === null ? undefined : filler.values.get(whole);
  return typed ?? { ...node, value: fillText(node.value, filler, place) };
}

function fillText(text: string, { texts, budget }: Filler, place: Place): string {
  if (!placeholderNames(text).some((name) => texts.has(name))) return text;
  const isFinal = place === 'case';
  return fillPlaceholders(isFinal ? text : settledTemplate(text), (name, filter) => {
    const value = texts.get(name);
    // An unknown filter stays, to be complained of.
    if (value === undefined || (filter !== null && !filters.includes(filter))) return null;
    if (!spend(budget, value.length)) return '';
    return isFinal ? plainText(value) : value;
  });
}
