import { basename } from 'node:path';
import type { CurlFault } from './arguments.ts';
import type { CurlBody, CurlPart } from './request.ts';
import { markVariable, writeVariables } from './variable-marks.ts';

type Option = readonly [name: string, value: string];

/** The body of a curl command, and the content-type that curl sends with it. */
export interface ReadBody {
  readonly body: CurlBody | null;
  readonly mediaType: string | null;
}

const dataOptions = ['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json'];

/** Takes the options of a command; returns those that give its data, in order. */
export function dataOf(options: readonly Option[]): Option[] {
  return options.filter(([name]) => dataOptions.includes(name));
}

/** Takes the options of a command; returns its body. */
export function readBody(options: readonly Option[]): ReadBody | CurlFault {
  const data = dataOf(options);
  const forms = options.filter(([name]) => name === 'form' || name === 'form-string');
  const upload = options.findLast(([name]) => name === 'upload-file');
  if ([data.length > 0, forms.length > 0, upload !== undefined].filter(Boolean).length > 1)
    return { fault: 'it has two bodies: only one of --data, --form and --upload-file can be sent' };
  if (upload !== undefined) return namedFile(upload[1], null);
  if (forms.length > 0) return multipart(forms);
  if (data.length === 0) return { body: null, mediaType: null };
  const isJson = data.some(([name]) => name === 'json');
  const mediaType = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
  const file = data.find(isFile);
  if (file !== undefined && data.length > 1)
    return { fault: 'its data comes from a file and from elsewhere', hint: 'put all of it into one file' };
  if (file !== undefined) return namedFile(file[1].slice(1), mediaType);
  const text = joinData(data);
  return typeof text === 'string' ? { body: { kind: 'text', text }, mediaType } : text;
}

/** Takes data options; returns what curl sends for them together, also as the query of --get. */
export function joinData(data: readonly Option[]): string | CurlFault {
  let joined = '';
  for (const [index, option] of data.entries()) {
    const [name, value] = option;
    if (isFile(option) || (name === 'data-urlencode' && /^\w*@/.test(value)))
      return { fault: `--${name} reads a file, which is not carried over`, hint: 'write out what it holds' };
    const text = name === 'data-urlencode' ? encodedData(value) : value;
    joined += (index === 0 || name === 'json' ? '' : '&') + text;
  }
  return joined;
}

function isFile([name, value]: Option): boolean {
  return name !== 'data-raw' && name !== 'data-urlencode' && value.startsWith('@');
}

function namedFile(file: string, mediaType: string | null): ReadBody | CurlFault {
  if (file === '-' || file === '.') return { fault: 'its body comes from standard input', hint: 'put it into a file' };
  return { body: { kind: 'file', file }, mediaType };
}

/** `name=content`, `=content` or `content`: the content is encoded, the name is not. */
function encodedData(value: string): string {
  const at = value.indexOf('=');
  const name = at > 0 ? `${value.slice(0, at)}=` : '';
  const encode = (piece: string) =>
    encodeURIComponent(piece).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return name + writeVariables(value.slice(at + 1), markVariable, encode);
}

function multipart(forms: readonly Option[]): ReadBody | CurlFault {
  const parts: CurlPart[] = [];
  for (const form of forms) {
    const part = readPart(form);
    if ('fault' in part) return part;
    parts.push(part);
  }
  return { body: { kind: 'multipart', parts }, mediaType: null };
}

function readPart([option, written]: Option): CurlPart | CurlFault {
  const at = written.indexOf('=');
  if (at < 0) return { fault: `--${option} is not of the form NAME=VALUE` };
  const [name, rest] = [written.slice(0, at), written.slice(at + 1)];
  if (option === 'form-string') return { name, content: { value: rest }, filename: null, type: null };
  const [, sign = '', quoted, plain = '', further = ''] =
    /^([@<]?)(?:"((?:[^"\\]|\\[\s\S])*)"|((?:(?!;(?:type|filename|headers|encoder)=)[\s\S])*))([\s\S]*)$/.exec(rest) ??
    [];
  const value = quoted === undefined ? plain : quoted.replace(/\\([\\"])/g, '$1');
  if (sign !== '' && value === '-')
    return { fault: 'a part of its form comes from standard input', hint: 'put it into a file' };
  const filename = parameter('filename', further);
  return {
    name,
    content: sign === '' ? { value } : { file: value },
    filename: filename ?? (sign === '@' ? basename(value) : null),
    type: parameter('type', further),
  };
}

function parameter(name: string, text: string): string | null {
  const match = new RegExp(`;${name}=(?:"((?:[^"\\\\]|\\\\[\\s\\S])*)"|([^;]*))`).exec(text);
  return match === null ? null : (match[1]?.replace(/\\([\\"])/g, '$1') ?? match[2]!);
}
