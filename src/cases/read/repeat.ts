import type { Complain } from '../../config/source/source.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { entriesOf, field, numberOf, scalarText, textOf } from '../../config/source/tree-access.ts';
import { parseDuration } from '../../config/units.ts';
import { ParityError } from '../../errors.ts';
import type { AnswerCondition, Repeat } from '../case.ts';
import { maxPauseMs } from '../limits.ts';
import { readCapturePlace } from './captures.ts';

const usual = { everyMs: 200, atMost: 20 };

/** Takes a `repeat` node that fits its schema; returns what is waited for, and for how long; notes a condition that says nothing. */
export function readRepeat(node: SourceNode, complain: Complain): Repeat {
  const until = field(node, 'until')!;
  const every = field(node, 'every');
  return {
    until: readCondition(until, complain),
    everyMs: every === null ? usual.everyMs : readPause(every, complain),
    atMost: numberOf(field(node, 'atMost')) ?? usual.atMost,
  };
}

function readCondition(node: SourceNode, complain: Complain): AnswerCondition {
  const places = entriesOf(node).filter(({ key }) => ['pointer', 'header', 'match'].includes(key));
  const equals = field(node, 'equals');
  const status = numberOf(field(node, 'status'));
  if (places.length === 0 && status === null)
    complain(node.span, { message: '`until` says nothing', hint: 'name `status`, `pointer`, `header` or `match`' });
  if (places.length === 0 && equals !== null)
    complain(equals.span, { message: '`equals` needs `pointer`, `header` or `match`', hint: 'say where the value is' });
  return {
    status,
    value: places.length === 0 ? null : readCapturePlace({ ...node, kind: 'map', entries: places }, complain),
    equals: equals === null ? null : scalarText(equals),
  };
}

function readPause(node: SourceNode, complain: Complain): number {
  try {
    const pause = parseDuration(textOf(node) ?? '');
    if (pause > maxPauseMs) complain(node.span, { message: '`every` is at most 1m' });
    return pause;
  } catch (cause) {
    if (!(cause instanceof ParityError)) throw cause;
    complain(node.span, { message: cause.message, hint: cause.hint });
    return usual.everyMs;
  }
}
