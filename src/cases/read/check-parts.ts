import { namePattern } from '../../config/names.ts';
import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { entryOf, field, itemsOf } from '../../config/source/tree-access.ts';
import { conforms } from '../../config/source/zod-issues.ts';
import type { CaseContext } from './context.ts';
import { withoutJson } from './outline.ts';
import { readRequest } from './request.ts';
import { requestSchema } from './schema.ts';

/** Takes a case node that does not fit its schema; notes what else is wrong with what stands for itself: the id, and each request that fits. */
export function checkParts(node: SourceNode, context: CaseContext): void {
  checkId(node, context);
  const steps = ['before', 'steps', 'state', 'after'].flatMap((key) => itemsOf(field(node, key)));
  for (const step of [node, ...steps]) {
    const request = field(step, 'request');
    if (request !== null && conforms(field(withoutJson(step), 'request')!, requestSchema, () => {}))
      readRequest(request, context);
  }
}

/** Takes a case node; notes an invalid id. */
export function checkId(node: SourceNode, { expander }: CaseContext): void {
  const id = entryOf(node, 'id')?.value;
  if (id?.kind !== 'text' || namePattern.test(id.value)) return;
  const hint = 'use letters, digits, `.`, `_` and `-`, beginning with a letter or digit';
  expander.complain(id.span, { message: `${quoteForMessage(id.value)} cannot be an id`, hint });
}
