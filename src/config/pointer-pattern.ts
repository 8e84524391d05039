import { ParityError } from '../errors.ts';
import { quoteForMessage } from './source/did-you-mean.ts';

/** Takes a pointer of a rule; returns what is wrong with it, or null: a JSON Pointer (RFC 6901) is empty or begins with `/`. */
export function pointerFault(pointer: string): { message: string; hint: string } | null {
  if (pointer !== '' && !pointer.startsWith('/')) {
    const fixed = pointerOfPath(pointer);
    return {
      message: `${quoteForMessage(pointer)} is not a JSON Pointer: it must be empty or begin with \`/\``,
      hint: `write ${quoteForMessage(fixed)}`,
    };
  }
  if (!/~(?![01])/.test(pointer)) return null;
  return {
    message: `${quoteForMessage(pointer)} is not a JSON Pointer: \`~\` stands alone`,
    hint: 'write `~0` for `~` and `~1` for `/`',
  };
}

/** One step of a JSONPath (RFC 9535): descent, a name after a dot or in brackets, an index, a wildcard. */
const step = /\.\.|\[\s*(?:"([^"]*)"|'([^']*)'|([^\]]*))\s*\]|\.?([^.[]+)/g;

/** The pointer that a JSONPath, or names with dots between them, most likely mean. */
function pointerOfPath(path: string): string {
  const segments = [...path.replace(/^\$/, '').matchAll(step)].map(([text, double, single, bracketed, name]) =>
    text === '..' ? '**' : (bracketed?.trim() ?? name ?? escapeSegment(double ?? single ?? '')),
  );
  return `/${segments.join('/')}`;
}

function escapeSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/**
 * Takes a JSON Pointer (RFC 6901) whose segments may be `*` (any one) or `**` (any number, also none); returns a test of
 * unescaped segments that takes at most pattern × segments steps. Throws PX2102 if the pattern is not a pointer.
 */
export function compilePointerPattern(pattern: string): (segments: readonly string[]) => boolean {
  const parts = patternSegments(pattern);
  return (segments) => matches(parts, segments);
}

/** One segment of a pattern. */
export interface PatternSegment {
  /** Any one segment, any number of them, or null for one that reads `text`. */
  readonly any: 'one' | 'depth' | null;
  readonly text: string;
}

/** Takes a pattern as `compilePointerPattern` does; returns its segments, unescaped. Throws PX2102 if it is not a pointer. */
export function patternSegments(pattern: string): readonly PatternSegment[] {
  const fault = pointerFault(pattern);
  if (fault !== null) throw new ParityError('PX2102', fault.message, { hint: fault.hint });
  return pattern === '' ? [] : pattern.slice(1).split('/').map(compileSegment);
}

function compileSegment(raw: string): PatternSegment {
  if (raw === '*') return { any: 'one', text: '' };
  if (raw === '**') return { any: 'depth', text: '' };
  return { any: null, text: raw.replaceAll('~1', '/').replaceAll('~0', '~') };
}

/** Only the last `**` ever needs to give way, so one point to return to is enough. */
function matches(parts: readonly PatternSegment[], segments: readonly string[]): boolean {
  let part = 0;
  let segment = 0;
  let returnTo: { part: number; segment: number } | null = null;
  while (segment < segments.length) {
    const wanted = parts[part];
    if (wanted?.any === 'depth') {
      returnTo = { part, segment };
      part += 1;
    } else if (wanted !== undefined && (wanted.any === 'one' || wanted.text === segments[segment])) {
      part += 1;
      segment += 1;
    } else if (returnTo !== null) {
      returnTo = { part: returnTo.part, segment: returnTo.segment + 1 };
      part = returnTo.part + 1;
      segment = returnTo.segment;
    } else {
      return false;
    }
  }
  while (parts[part]?.any === 'depth') part += 1;
  return part === parts.length;
}
