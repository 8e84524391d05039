import type { CurlFault } from './arguments.ts';
import { markVariable, writeVariables } from './variable-marks.ts';

/** What of an address goes on the request line, and the user that it names. */
export interface CurlUrl {
  readonly path: string;
  /** `user:password`, decoded; null if there is none. */
  readonly user: string | null;
}

export interface UrlOptions {
  /** `--globoff`: brackets and braces are themselves. */
  readonly isLiteral: boolean;
  /** `--path-as-is` */
  readonly keepsDots: boolean;
}

/** Takes an address as curl does: with `http://` where it has no scheme; the host is let go, and so is a variable in its place. */
export function readCurlUrl(url: string, { isLiteral, keepsDots }: UrlOptions): CurlUrl | CurlFault {
  const [, scheme = 'http'] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url) ?? [];
  if (!/^https?$/i.test(scheme)) return { fault: `its address is ${scheme}:, not http: or https:` };
  const rest = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, '').replace(/#.*$/s, '');
  const [authority = ''] = /^[^/?]*/.exec(rest) ?? [];
  if (authority === '') return { fault: 'its address has no host', hint: 'write it as http://HOST/PATH' };
  const target = rest.slice(authority.length);
  if (!isLiteral && /\[[^\]]*-[^\]]*\]|\{[^{}]*,[^{}]*\}/.test(target))
    return {
      fault: 'its address has a [range] or a {list}, for which curl sends several requests',
      hint: 'write them out, or say --globoff if the brackets are meant',
    };
  const mark = /[?]/.exec(target)?.index ?? target.length;
  const path = encodePath(target.slice(0, mark)) || '/';
  const at = authority.lastIndexOf('@');
  return {
    path: (keepsDots ? path : withoutDots(path)) + encodePath(target.slice(mark)),
    user: at < 0 ? null : decode(authority.slice(0, at)),
  };
}

/** Takes a path or a query; returns it with what no request line holds percent-encoded as UTF-8, and nothing else. */
export function encodePath(text: string): string {
  return writeVariables(text, markVariable, (piece) =>
    piece.replace(/[^!-~]|#/gu, (char) =>
      Array.from(Buffer.from(char), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    ),
  );
}

/** RFC 3986, 5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isDot = /^(?:\.|%2e){1,2}$/i.test(segment);
    if (!isDot) kept.push(segment);
    else if (/^(?:\.|%2e){2}$/i.test(segment)) kept.pop();
    if (isDot && index === segments.length - 1) kept.push('');
  }
  return `/${kept.join('/')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
