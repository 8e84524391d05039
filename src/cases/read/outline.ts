import type { SourceNode } from '../../config/source/source-node.ts';
import { entryOf } from '../../config/source/tree-access.ts';

/** Takes a case node; returns it without its JSON bodies, which may be anything and large. */
export function outline(node: SourceNode): SourceNode {
  const inList = (list: SourceNode): SourceNode =>
    list.kind === 'list' ? { ...list, items: list.items.map(withoutJson) } : list;
  return ['steps', 'state', 'before', 'after'].reduce((one, key) => changeField(one, key, inList), withoutJson(node));
}

/** Takes the node of a step; returns it without the JSON body of its request. */
export function withoutJson(step: SourceNode): SourceNode {
  return changeField(step, 'request', (request) =>
    changeField(request, 'json', ({ span }) => ({ kind: 'null', span })),
  );
}

function changeField(node: SourceNode, key: string, change: (value: SourceNode) => SourceNode): SourceNode {
  if (entryOf(node, key) === null || node.kind !== 'map') return node;
  return {
    ...node,
    entries: node.entries.map((entry) => (entry.key === key ? { ...entry, value: change(entry.value) } : entry)),
  };
}
