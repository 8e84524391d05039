import { didYouMean, quoteForMessage } from '../../config/source/did-you-mean.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { entryOf, field, itemsOf, numberOf, textOf } from '../../config/source/tree-access.ts';
import type { FixtureStep, Step } from '../case.ts';
import { onlyReads } from '../every-step.ts';
import { readCaptures } from './captures.ts';
import type { CaseContext } from './context.ts';
import { readRepeat } from './repeat.ts';
import { readRequest } from './request.ts';
import { checkTemplates } from './template-checks.ts';

/** The requests of a case. */
interface CaseSteps {
  readonly steps: readonly Step[];
  readonly before?: readonly FixtureStep[];
  readonly after?: readonly FixtureStep[];
}

interface Reading {
  readonly context: CaseContext;
  /** Names that earlier steps capture. */
  readonly known: Set<string>;
}

/** Takes a case node that fits its schema, and whether it may be repeated; returns its steps with what comes before and after; notes what the schema cannot see. */
export function readCaseSteps(node: SourceNode, safe: boolean, context: CaseContext): CaseSteps {
  const known = { context, known: new Set<string>() };
  const before = itemsOf(field(node, 'before')).map((one) => readFixture(one, known));
  const steps = stepNodes(node, context).map((one) => readStep(one, known));
  const state = itemsOf(field(node, 'state')).map((one) => readState(one, known));
  const after = itemsOf(field(node, 'after')).map((one) => readFixture(one, known));
  if (!safe) refuseRepeatedWrites(node, context);
  return {
    steps: [...steps, ...state],
    ...(before.length === 0 ? {} : { before }),
    ...(after.length === 0 ? {} : { after }),
  };
}

/** A case without `steps` is its own only step. */
function stepNodes(node: SourceNode, { expander }: CaseContext): readonly SourceNode[] {
  const steps = entryOf(node, 'steps');
  if (steps === null) {
    if (field(node, 'request') !== null) return [node];
    expander.complain(node.span, { message: 'a case needs `request` or `steps`', hint: 'request: { path: / }' });
    return [];
  }
  for (const key of ['request', 'capture', 'parallel', 'expect', 'repeat']) {
    const beside = entryOf(node, key);
    if (beside === null) continue;
    expander.complain(beside.keySpan, {
      message: `\`${key}\` cannot be combined with \`steps\``,
      hint: 'move it into a step',
    });
  }
  return itemsOf(steps.value);
}

function readStep(node: SourceNode, { context, known }: Reading): Step {
  const { complain } = context.expander;
  const request = field(node, 'request')!;
  checkTemplates(request, { known, source: context.source, complain });
  const capture = readCaptures(field(node, 'capture'), complain);
  for (const name of Object.keys(capture)) known.add(name);
  const expectation = field(node, 'expect');
  const repeat = entryOf(node, 'repeat');
  const parallel = numberOf(field(node, 'parallel')) ?? 1;
  if (repeat !== null && parallel > 1)
    complain(repeat.keySpan, { message: '`repeat` cannot be combined with `parallel`', hint: 'remove one of them' });
  return {
    request: readRequest(request, context),
    capture,
    parallel,
    expect: expectation === null ? null : { status: numberOf(field(expectation, 'status')) },
    ...(repeat === null ? {} : { repeat: readRepeat(repeat.value, complain) }),
  };
}

function readFixture(node: SourceNode, reading: Reading): FixtureStep {
  const named = field(node, 'target');
  const target = textOf(named);
  const { targets, expander } = reading.context;
  // A request for a target that there is not would be left out in silence.
  if (named !== null && target !== null && targets !== null && !targets.includes(target))
    expander.complain(named.span, {
      message: `there is no target ${quoteForMessage(target)}`,
      hint: didYouMean(target, targets) ?? `targets: ${targets.join(', ')}`,
    });
  return { ...readStep(node, reading), target };
}

/** What is there after a write is looked at, not changed once more. */
function readState(node: SourceNode, context: Reading): Step {
  const step = readStep(node, context);
  const method = field(field(node, 'request'), 'method');
  if (method !== null && !onlyReads(step.request.method))
    context.context.expander.complain(method.span, {
      message: '`state` only reads: GET, HEAD or OPTIONS',
      hint: 'move the request to `steps` or `after`',
    });
  return step;
}

/** What is repeated arrives more than once, which does no harm only where it only reads. */
function refuseRepeatedWrites(node: SourceNode, { expander }: CaseContext): void {
  const nested = ['before', 'steps', 'after'].flatMap((key) => itemsOf(field(node, key)));
  for (const step of [node, ...nested]) {
    const repeat = entryOf(step, 'repeat');
    if (repeat === null || onlyReads(textOf(field(field(step, 'request'), 'method')) ?? 'GET')) continue;
    expander.complain(repeat.keySpan, {
      message: '`repeat` would send a write several times',
      hint: 'repeat a request that reads, or mark the case `safe: true`',
    });
  }
}
