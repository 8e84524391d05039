import type { SourceNode } from '../../config/source/source-node.ts';

type Fits = (node: SourceNode) => boolean;

const isText: Fits = ({ kind }) => kind === 'text';
const isFlag: Fits = ({ kind }) => kind === 'boolean';
const isTexts: Fits = (node) => node.kind === 'list' && node.items.every(isText);

/** A map with nothing but these members, the first `needed` of them present; keys are there once. */
function mapOf(members: Readonly<Record<string, Fits>>, needed: readonly string[]): Fits {
  const known = new Map(Object.entries(members));
  return (node) =>
    node.kind === 'map' &&
    node.entries.every(({ key, value }) => known.get(key)?.(value) === true) &&
    needed.every((name) => node.entries.some(({ key }) => key === name));
}

const isRequest = mapOf(
  {
    method: isText,
    path: isText,
    headers: (node) => node.kind === 'map' && node.entries.every(({ value }) => isText(value)),
    json: () => true,
    text: isText,
    raw: isText,
  },
  ['path'],
);

/**
 * Takes the node of a case, or of a line with its suite; returns whether it surely fits the schema: one request, made of the members
 * that nearly all cases are made of. Nothing is said about others; the schema takes a hundred times as long.
 */
export const isPlainCase: Fits = mapOf(
  { suite: isText, id: isText, title: isText, tags: isTexts, safe: isFlag, request: isRequest },
  ['id'],
);
