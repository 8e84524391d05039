import type { Answer, Header, TwinRequest } from './answer.ts';
import { goAnswer, goError } from './go-answer.ts';
import type { StoredObject } from './store.ts';

interface Part {
  readonly first: number;
  readonly length: number;
}

/** What `http.ServeContent` answers for an object without a modification time; several ranges are answered with the whole. */
export function serveContent({ content, contentType, etag }: StoredObject, request: TwinRequest): Answer {
  const tag = `"${etag}"`;
  const type: Header = ['Content-Type', contentType];
  const wanted = request.header('if-match');
  if (wanted !== null && !matchesAny(wanted, tag, false)) return goAnswer(412, [type, ['Etag', tag]], Buffer.alloc(0));
  const known = request.header('if-none-match');
  if (known !== null && matchesAny(known, tag, true)) return goAnswer(304, [['Etag', tag]], Buffer.alloc(0));
  const fresh = request.header('if-range') ?? tag;
  const parts = fresh === tag ? parseRange(request.header('range') ?? '', content.length) : [];
  if (parts === 'invalid') return goError(416, 'invalid range');
  if (parts === 'no-overlap') {
    return goError(416, 'invalid range: failed to overlap', [['Content-Range', `bytes */${content.length}`]]);
  }
  const [part] = parts;
  const single = parts.length === 1 && part !== undefined && part.length <= content.length ? part : null;
  const body = single === null ? content : content.subarray(single.first, single.first + single.length);
  const headers: Header[] = [['Accept-Ranges', 'bytes'], ['Content-Length', String(body.length)], type, ['Etag', tag]];
  if (single === null) return goAnswer(200, headers, body);
  const last = single.first + single.length - 1;
  return goAnswer(206, [...headers, ['Content-Range', `bytes ${single.first}-${last}/${content.length}`]], body);
}

/** RFC 9110, 13.1.1 and 13.1.2; reading stops at the first tag that is malformed, as in Go. */
function matchesAny(header: string, tag: string, weakly: boolean): boolean {
  for (let rest = header.trim(); rest !== ''; ) {
    if (rest.startsWith(',')) {
      rest = rest.slice(1).trimStart();
      continue;
    }
    if (rest.startsWith('*')) return true;
    const found = /^(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/.exec(rest);
    if (found === null) return false;
    if (found[2] === tag && (weakly || found[1] === undefined)) return true;
    rest = rest.slice(found[0].length).trimStart();
  }
  return false;
}

/** Go's `parseRange`: every range read or the whole header is invalid. */
function parseRange(header: string, size: number): readonly Part[] | 'invalid' | 'no-overlap' {
  if (header === '') return [];
  if (!header.startsWith('bytes=')) return 'invalid';
  const parts: Part[] = [];
  let outside = false;
  for (const text of header.slice('bytes='.length).split(',')) {
    if (text.trim() === '') continue;
    const part = parsePart(text.trim(), size);
    if (part === 'invalid') return 'invalid';
    if (part === 'outside') outside = true;
    else parts.push(part);
  }
  return outside && parts.length === 0 && size > 0 ? 'no-overlap' : parts;
}

function parsePart(text: string, size: number): Part | 'invalid' | 'outside' {
  const match = /^(\+?\d+)?[ \t]*-[ \t]*(\+?\d+)?$/.exec(text);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return 'invalid';
  const last = match[2] === undefined ? size - 1 : Number(match[2]);
  if (match[1] === undefined) {
    const length = Math.min(last, size);
    return { first: size - length, length };
  }
  const first = Number(match[1]);
  if (first >= size) return 'outside';
  if (first > last) return 'invalid';
  return { first, length: Math.min(last, size - 1) - first + 1 };
}
