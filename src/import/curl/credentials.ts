import { isSecretMember, isSecretName } from '../../config/secret-name.ts';
import { minSearchedLength } from '../limits.ts';
import type { CurlBody, CurlRequest } from './request.ts';
import { markVariable, variablesIn, writeVariables } from './variable-marks.ts';

/** A request in which variables stand for credentials, and their values by name. */
export interface WithoutCredentials {
  readonly request: CurlRequest;
  readonly values: ReadonlyMap<string, string>;
}

interface Names {
  /** Returns the mark of a variable that has this value. */
  readonly mark: (wanted: string, value: string) => string;
  readonly values: Map<string, string>;
}

/** Credentials by what they look like, wherever they are: JSON Web Tokens (RFC 7519). */
const webToken = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;

/** Takes a request and the names that variables have already; returns it with every credential as a variable, by the name that it goes by. */
export function hideCredentials(
  request: CurlRequest,
  taken: ReadonlyMap<string, string> = new Map(),
): WithoutCredentials {
  const names = nameBook(taken);
  const headers = request.headers.map(([name, value]) => [name, hideInHeader(name, value, names)] as const);
  const hidden: CurlRequest = {
    ...request,
    headers,
    path: request.path.replace(/(?<=[?&])([^=&]*)=([^&]*)/g, (pair, name: string, value: string) =>
      isCredential(decode(name)) && value !== '' ? `${name}=${names.mark(name, decode(value))}` : pair,
    ),
    body: request.body === null ? null : hideInBody(request.body, names),
  };
  return { request: everywhere(hidden, names), values: names.values };
}

function nameBook(taken: ReadonlyMap<string, string>): Names {
  const values = new Map(taken);
  return {
    values,
    mark(wanted, value) {
      const known = [...values].find(([, other]) => other === value);
      if (known !== undefined) return markVariable(known[0]);
      const base = variableName(wanted);
      let name = base;
      for (let next = 2; values.has(name); next += 1) name = `${base}_${next}`;
      values.set(name, value);
      return markVariable(name);
    },
  };
}

/** `x-api-key` as `X_API_KEY`, `accessToken` as `ACCESS_TOKEN`. */
function variableName(text: string): string {
  const words = decode(text)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
    .toUpperCase();
  return /^[A-Z]/.test(words) ? words : `SECRET${words === '' ? '' : `_${words}`}`;
}

function isCredential(name: string): boolean {
  return isSecretMember(name) || /^(?:sig|signature|x-amz-(?:signature|credential|security-token))$/i.test(name);
}

function hideInHeader(name: string, value: string, names: Names): string {
  const [, scheme = '', credential = value] =
    /^(Bearer|Basic|Token|ApiKey|Digest|Negotiate) +(.+)$/is.exec(value) ?? [];
  if (scheme === '' && !isSecretName(name)) return value;
  if (credential === '' || variablesIn(credential).length > 0) return value;
  const wanted = { bearer: 'BEARER_TOKEN', basic: 'BASIC_CREDENTIALS' }[scheme.toLowerCase()] ?? name;
  return `${scheme === '' ? '' : `${scheme} `}${names.mark(wanted, credential)}`;
}

function hideInBody(body: CurlBody, names: Names): CurlBody {
  if (body.kind === 'text') return { ...body, text: hideInText(body.text, names) };
  if (body.kind !== 'multipart') return body;
  const parts = body.parts.map((part) => {
    if (!('value' in part.content) || !isCredential(part.name) || part.content.value === '') return part;
    return { ...part, content: { value: names.mark(part.name, part.content.value) } };
  });
  return { ...body, parts };
}

const member = /"((?:[^"\\]|\\.)*)"(\s*:\s*)(?:"((?:[^"\\]|\\.)*)"|(-?\d[\d.eE+-]*))/gs;

/** Members of JSON, and the fields of a form. */
function hideInText(text: string, names: Names): string {
  if (/^\s*[[{]/.test(text))
    return text.replace(member, (whole, key: string, colon: string, inner?: string, number?: string) => {
      const value = inner === undefined ? number! : unescapeJson(inner);
      if (value === '' || !isCredential(unescapeJson(key)) || variablesIn(value).length > 0) return whole;
      const mark = names.mark(unescapeJson(key), value);
      return `"${key}"${colon}${inner === undefined ? mark : `"${mark}"`}`;
    });
  if (!/^[^\s=&]+=/.test(text)) return text;
  return text.replace(/(?<=^|&)([^=&]*)=([^&]*)/g, (pair, name: string, value: string) =>
    value !== '' && isCredential(decode(name)) && variablesIn(value).length === 0
      ? `${name}=${names.mark(name, decode(value.replaceAll('+', ' ')))}`
      : pair,
  );
}

/** A credential that is known by one place is one at all others, too. */
function everywhere(request: CurlRequest, names: Names): CurlRequest {
  const hide = (text: string): string => {
    let hidden = text.replace(webToken, (token) => names.mark('JWT', token));
    for (const [name, value] of names.values)
      if (value.length >= minSearchedLength)
        hidden = writeVariables(hidden, markVariable, (piece) => piece.replaceAll(value, markVariable(name)));
    return hidden;
  };
  const { body } = request;
  return {
    ...request,
    path: hide(request.path),
    headers: request.headers.map(([name, value]) => [name, hide(value)] as const),
    body: body?.kind === 'text' ? { ...body, text: hide(body.text) } : body,
  };
}

function unescapeJson(inner: string): string {
  try {
    return String(JSON.parse(`"${inner}"`));
  } catch {
    return inner;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
