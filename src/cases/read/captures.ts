import { isToken } from '../../config/headers.ts';
import { compilePattern } from '../../config/pattern.ts';
import { pointerFault } from '../../config/pointer-pattern.ts';
import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import type { Complain } from '../../config/source/source.ts';
import type { Entry, SourceNode } from '../../config/source/source-node.ts';
import { entriesOf, field, textOf } from '../../config/source/tree-access.ts';
import type { Capture } from '../case.ts';
import { isVariableName, reservedFault } from '../placeholder.ts';

/** Takes a `capture` node that fits its schema; returns the captures by name; notes invalid names and sources. */
export function readCaptures(node: SourceNode | null, complain: Complain): Record<string, Capture> {
  const captures: Record<string, Capture> = {};
  for (const entry of entriesOf(node)) {
    if (!isVariableName(entry.key)) {
      const hint = 'use a letter, then letters, digits, `_`, `-`';
      complain(entry.keySpan, { message: `${quoteForMessage(entry.key)} cannot name a captured value`, hint });
    }
    const reserved = reservedFault(entry.key);
    if (reserved !== null) complain(entry.keySpan, reserved);
    const capture = readCapture(entry, complain);
    if (capture !== null) captures[entry.key] = capture;
  }
  return captures;
}

function readCapture({ value, keySpan }: Entry, complain: Complain): Capture | null {
  const keys = entriesOf(value).map(({ key }) => key);
  if (keys.length === 1 && keys[0] === 'status') return { from: 'status' };
  if (!keys.includes('status') && keys.length > 0 && !(keys.includes('pointer') && keys.includes('header')))
    return readCapturePlace(value, complain);
  complain(keySpan, {
    message: 'a captured value comes from one of `pointer`, `header`, `match` and `status`',
    hint: '`match` may be combined with `pointer` or `header`',
  });
  return null;
}

/** Takes a map of `pointer` or `header` and `match`; returns the place in an answer that it names; notes what is wrong with it. */
export function readCapturePlace(node: SourceNode, complain: Complain): Exclude<Capture, { from: 'status' }> | null {
  const [pointer, header, match] = ['pointer', 'header', 'match'].map((key) => field(node, key));
  const pattern = match === null || match === undefined ? null : readPattern(match, complain);
  const matching = pattern === null ? {} : { match: pattern };
  if (pointer) {
    const fault = pointerFault(textOf(pointer) ?? '');
    if (fault !== null) complain(pointer.span, fault);
    return { from: 'pointer', pointer: textOf(pointer) ?? '', ...matching };
  }
  if (!header) return pattern === null ? null : { from: 'body', match: pattern };
  const name = textOf(header) ?? '';
  if (!isToken(name)) complain(header.span, { message: `${quoteForMessage(name)} is not a header name` });
  return { from: 'header', name: name.toLowerCase(), ...matching };
}

/** User patterns run on an engine that takes linear time. */
function readPattern(node: SourceNode, complain: Complain): string | null {
  const pattern = textOf(node) ?? '';
  try {
    compilePattern(pattern);
    return pattern;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unknown reason';
    complain(node.span, {
      message: `${quoteForMessage(pattern)} is not a regular expression (${why})`,
      hint: 'see the RE2 syntax',
    });
    return null;
  }
}
