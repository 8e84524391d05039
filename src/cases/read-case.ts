import { quote } from '../config/closest.ts';
import { readCompare } from '../config/compare.ts';
import { namePattern } from '../config/names.ts';
import { entryOf, field, itemsOf, numberOf, textOf } from '../config/node.ts';
import type { CompareOptions } from '../config/rules.ts';
import { positionAt } from '../config/source.ts';
import type { SourceNode } from '../config/tree.ts';
import { checkPlaceholders, readCaptures } from './captures.ts';
import type { Step, TestCase } from './case.ts';
import type { CaseContext } from './context.ts';
import { readRequest } from './request.ts';
import type { RowCase } from './rows.ts';

/** What the file says for all of its cases. */
export interface SuiteDefaults {
  readonly suite: string;
  readonly routes: readonly string[];
  readonly tags: readonly string[];
  readonly safe: boolean;
  readonly compare: Partial<CompareOptions>;
}

/** Takes a case node that fits its schema and the defaults of its file; returns the case; notes what its schema cannot see. */
export function readCase({ node, suffix }: RowCase, defaults: SuiteDefaults, context: CaseContext): TestCase {
  const { complain } = context.expander;
  const idNode = field(node, 'id');
  const id = textOf(idNode) ?? '';
  if (idNode !== null && !namePattern.test(id)) {
    const hint = 'use letters, digits, `.`, `_` and `-`, beginning with a letter or digit';
    complain(idNode.span, { message: `${quote(id)} cannot be an id`, hint });
  }
  const safe = field(node, 'safe');
  return {
    id: `${defaults.suite}/${id}${suffix}`,
    suite: defaults.suite,
    title: textOf(field(node, 'title')),
    tags: [...new Set([...defaults.tags, ...texts(field(node, 'tags'))])],
    safe: safe?.kind === 'boolean' ? safe.value : defaults.safe,
    steps: readSteps(node, context),
    compare: { ...defaults.compare, ...readCompare(field(node, 'compare'), complain) },
    routes: defaults.routes,
    location: { file: context.file, ...positionAt(context.source, node.span.start) },
  };
}

/** Takes a list of texts; returns them. */
export function texts(node: SourceNode | null): string[] {
  return itemsOf(node).map((item) => textOf(item) ?? '');
}

function readSteps(node: SourceNode, context: CaseContext): Step[] {
  const known = new Set<string>();
  return stepNodes(node, context).map((step) => readStep(step, known, context));
}

/** A case without `steps` is its own only step. */
function stepNodes(node: SourceNode, { expander }: CaseContext): readonly SourceNode[] {
  const steps = entryOf(node, 'steps');
  if (steps === null) {
    if (field(node, 'request') !== null) return [node];
    expander.complain(node.span, { message: 'a case needs `request` or `steps`', hint: 'request: { path: / }' });
    return [];
  }
  for (const key of ['request', 'capture', 'parallel', 'expect']) {
    const beside = entryOf(node, key);
    if (beside === null) continue;
    expander.complain(beside.keySpan, {
      message: `\`${key}\` cannot stand beside \`steps\``,
      hint: 'move it into a step',
    });
  }
  return itemsOf(steps.value);
}

function readStep(node: SourceNode, known: Set<string>, context: CaseContext): Step {
  const request = field(node, 'request')!;
  checkPlaceholders(request, known, { source: context.source, complain: context.expander.complain });
  const capture = readCaptures(field(node, 'capture'), context.expander.complain);
  for (const name of Object.keys(capture)) known.add(name);
  const expectation = field(node, 'expect');
  return {
    request: readRequest(request, context),
    capture,
    parallel: numberOf(field(node, 'parallel')) ?? 1,
    expect: expectation === null ? null : { status: numberOf(field(expectation, 'status')) },
  };
}
