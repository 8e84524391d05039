import { type CurlArguments, type CurlFault, readArguments } from './arguments.ts';
import { dataOf, joinData, readBody } from './body.ts';
import { cmdCommands, isCmdText } from './cmd-words.ts';
import { readConnection } from './connection.ts';
import { readHeaders } from './headers.ts';
import type { CurlRequest } from './request.ts';
import { isCurl, shellCommands } from './shell-words.ts';
import { encodePath, readCurlUrl } from './url.ts';
import { holdsMark } from './variable-marks.ts';

/** A command line of a text with curl commands: its requests, or why there are none. */
export interface CurlLine {
  /** Line of the text on which it begins, counted from 1. */
  readonly line: number;
  readonly read: readonly CurlRequest[] | CurlFault;
}

const notCurl: CurlFault = { fault: 'it is not a curl command' };
const noncharacter = 'it holds the noncharacter U+FDD0 or U+FDD1';

/** Takes a text with curl commands, as for a shell or as browsers copy them for cmd.exe; returns what each command line sends. Nothing of it is run. */
export function readCurlText(text: string): CurlLine[] {
  if (holdsMark(text)) return [{ line: 1, read: { fault: noncharacter } }];
  if (!isCmdText(text)) {
    return shellCommands(text).map(({ line, words, fault }) => ({
      line,
      read: isCurl(words) ? (fault === null ? readRequests(words.slice(1)) : { fault }) : notCurl,
    }));
  }
  return cmdCommands(text).map((words, index) => ({ line: index + 1, read: readCmd(words) }));
}

function readCmd(words: readonly string[] | null): CurlLine['read'] {
  if (words === null) return { fault: 'a quote " is not closed' };
  return isCurl(words) ? readRequests(words.slice(1)) : notCurl;
}

/** Takes the words behind `curl`, as a shell hands them over; returns the requests that it sends, or why they cannot become cases. */
export function readCurlWords(words: readonly string[]): CurlRequest[] | CurlFault {
  return words.some(holdsMark) ? { fault: noncharacter } : readRequests(words);
}

function readRequests(words: readonly string[]): CurlRequest[] | CurlFault {
  const parts = readArguments(words);
  if ('fault' in parts) return parts;
  const requests: CurlRequest[] = [];
  for (const part of parts) {
    if (part.urls.length === 0) return { fault: 'it names no address', hint: 'write the URL, in quotes' };
    for (const url of part.urls) {
      const request = readRequest(part, url);
      if ('fault' in request) return request;
      requests.push(request);
    }
  }
  return requests;
}

/** Options that a case does not need, and where they belong. */
const elsewhere: Readonly<Record<string, string>> = {
  insecure: '--insecure is left out: it belongs to a target of parity.yaml, tls: { insecure: true }',
  cert: '--cert is left out: it belongs to a target of parity.yaml, tls: { cert: FILE, key: FILE }',
  key: '--key is left out: it belongs to a target of parity.yaml, tls: { cert: FILE, key: FILE }',
  pass: '--pass is left out: write the key without a passphrase, openssl pkey -in FILE -out PLAIN, and name it in tls: { key: PLAIN } of a target',
  cacert: '--cacert is left out: it belongs to a target of parity.yaml, tls: { ca: FILE }',
  capath: '--capath is left out: put the certificates into one file, and name it in tls: { ca: FILE } of a target',
  proxy: '--proxy is left out: it belongs to a target of parity.yaml, proxy: http://HOST:PORT',
  'proxy-user': `--proxy-user is left out: it belongs to a target of parity.yaml, proxy: http://USER:\${PASSWORD}@HOST:PORT`,
  location: '--location is left out: a redirect is an answer, and is compared',
  resolve: '--resolve is left out: put the address into the url of the target',
  'connect-to': '--connect-to is left out: put the address into the url of the target',
  digest: '--digest is left out: a case cannot answer a challenge',
  ntlm: '--ntlm is left out: a case cannot answer a challenge',
  negotiate: '--negotiate is left out: a case cannot answer a challenge',
  'aws-sigv4': '--aws-sigv4 is left out: a case cannot sign a request',
  config: '--config is left out: options in another file are not read',
};

function readRequest({ options, urls }: CurlArguments, written: string): CurlRequest | CurlFault {
  const has = (name: string) => options.some(([option]) => option === name);
  const last = (name: string) => options.findLast(([option]) => option === name)?.[1];
  const url = readCurlUrl(written, { isLiteral: has('globoff'), keepsDots: has('path-as-is') });
  if ('fault' in url) return url;
  const isQuery = has('get');
  const read = readBody(isQuery ? options.filter((one) => dataOf([one]).length === 0) : options);
  if ('fault' in read) return read;
  const queried = joinData([...(isQuery ? dataOf(options) : []), ...urlQueries(options)]);
  if (typeof queried !== 'string') return queried;
  const headers = readHeaders({ options, user: last('user') ?? url.user, mediaType: read.mediaType });
  if ('fault' in headers) return headers;
  const path = withQuery(last('request-target') ?? url.path, queried);
  const upload = last('upload-file');
  const connection = readConnection(options);
  return {
    method: last('request') ?? methodOf(has('head'), upload !== undefined, read.body !== null),
    path: upload !== undefined && path.endsWith('/') ? path + encodePath(upload.replace(/^.*\//, '')) : path,
    headers: headers.pairs,
    body: read.body,
    ...(connection === null ? {} : { connection }),
    notes: [...new Set([...options.flatMap(([name]) => elsewhere[name] ?? []), ...headers.notes, ...several(urls)])],
  };
}

function several(urls: readonly string[]): string[] {
  return urls.length < 2 ? [] : [`it names ${urls.length} addresses: each becomes a request`];
}

function methodOf(isHead: boolean, isUpload: boolean, hasBody: boolean): string {
  if (isHead) return 'HEAD';
  return isUpload ? 'PUT' : hasBody ? 'POST' : 'GET';
}

function urlQueries(options: CurlArguments['options']): CurlArguments['options'] {
  return options.filter(([name]) => name === 'url-query').map(([, value]) => ['data-urlencode', value] as const);
}

function withQuery(path: string, query: string): string {
  if (query === '') return path;
  const encoded = encodePath(query);
  if (!path.includes('?')) return `${path}?${encoded}`;
  return /[?&]$/.test(path) ? path + encoded : `${path}&${encoded}`;
}
