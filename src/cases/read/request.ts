import { type HeaderPair, isToken, readHeaders } from '../../config/headers.ts';
import { didYouMean, quoteForMessage } from '../../config/source/did-you-mean.ts';
import type { Complaint } from '../../config/source/source.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { field, numberOf, textOf } from '../../config/source/tree-access.ts';
import { parseDuration } from '../../config/units.ts';
import { ParityError } from '../../errors.ts';
import type { BodyTemplate, RequestTemplate } from '../case.ts';
import { maxHoldMs } from '../limits.ts';
import { encodeAround, leadingPlaceholder } from '../placeholder.ts';
import { readBodyTemplate } from './body.ts';
import { readPad } from './body-padding.ts';
import type { CaseContext } from './context.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** Takes a request node that fits its schema; returns the template; notes everything that an HTTP client cannot send. */
export function readRequest(node: SourceNode, context: CaseContext): RequestTemplate {
  const written = readHeaders(field(node, 'headers'), context.expander);
  const named = written.pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const read = readBodyTemplate(node, context, named);
  const added = named === null && !written.removed.has('content-type') ? (read?.mediaType ?? null) : null;
  const headers: readonly HeaderPair[] = added === null ? written.pairs : [...written.pairs, ['content-type', added]];
  const body = readPad(field(node, 'pad'), read?.body ?? null, context);
  return {
    method: readMethod(field(node, 'method'), context),
    path: readPath(field(node, 'path'), context),
    headers,
    body: body === null || body.kind === 'json' ? body : { ...body, mediaType: added },
    holdMs: readHold(field(node, 'hold'), body !== null, context),
    chunkBytes: readChunked(field(node, 'chunked'), body, context),
    ...(field(node, 'auth') === null ? {} : { withoutAuth: true }),
  };
}

function readMethod(node: SourceNode | null, { expander }: CaseContext): string {
  if (node === null) return 'GET';
  const method = textOf(node) ?? '';
  const fault = methodFault(method);
  if (fault !== null) expander.complain(node.span, fault);
  return method;
}

/** Methods are case-sensitive (RFC 9110, 9.1): `get` is another method, and hardly meant. */
function methodFault(method: string): Complaint | null {
  const upper = method.toUpperCase();
  if (method === upper && methods.includes(method)) return null;
  if (methods.includes(upper))
    return { message: `the method ${quoteForMessage(method)} is not in capitals`, hint: `write ${upper}` };
  if (upper === 'CONNECT') return { message: 'CONNECT opens a tunnel, which cannot be compared' };
  if (isToken(method)) return null;
  return { message: `${quoteForMessage(method)} is not an HTTP method`, hint: didYouMean(method, methods) };
}

function readPath(node: SourceNode | null, { expander }: CaseContext): string {
  const path = textOf(node) ?? '';
  const fault = pathFault(path);
  if (node !== null && fault !== null) expander.complain(node.span, fault);
  return path;
}

function pathFault(path: string): Complaint | null {
  const first = leadingPlaceholder(path);
  // `host` is not a path, for any target.
  if (!path.startsWith('/') && (first === null || first.name === 'host'))
    return { message: 'a path begins with `/`', hint: 'the host comes from the url of the target' };
  let bad: string | undefined;
  encodeAround(path, (piece) => {
    bad ??= /[^!-~]|#/u.exec(piece)?.[0];
    return '';
  });
  if (bad === undefined) return null;
  if (bad === '#') return { message: 'a `#` cannot be sent: fragments stay in the client', hint: 'write %23' };
  const encoded = Array.from(
    new TextEncoder().encode(bad),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return { message: `a path cannot hold ${quoteForMessage(bad)}`, hint: `write ${encoded.join('')}` };
}

function readHold(node: SourceNode | null, hasBody: boolean, { expander }: CaseContext): number {
  if (node === null) return 0;
  if (!hasBody) expander.complain(node.span, { message: '`hold` needs a body', hint: 'add one, or remove `hold`' });
  try {
    const duration = parseDuration(textOf(node) ?? '');
    if (duration > maxHoldMs) expander.complain(node.span, { message: '`hold` is at most 1m' });
    return duration;
  } catch (cause) {
    if (!(cause instanceof ParityError)) throw cause;
    expander.complain(node.span, { message: cause.message, hint: cause.hint });
    return 0;
  }
}

/** The HTTP client sends an empty body with its length, however it is given. */
function readChunked(node: SourceNode | null, body: BodyTemplate | null, { expander }: CaseContext): number | null {
  if (node === null) return null;
  const isEmpty = body === null || (body.kind === 'bytes' ? body.bytes.length === 0 : body.text === '');
  if (isEmpty)
    expander.complain(node.span, { message: '`chunked` needs a body', hint: 'add one, or remove `chunked`' });
  return numberOf(node);
}
