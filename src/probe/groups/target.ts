import { maxPairs, maxParameters } from '../limits.ts';
import type { Draft } from '../model/probe.ts';
import { type Seed, withHeader } from '../model/seed.ts';

type PathRow = readonly [name: string, title: string, path: string, ...aims: string[]];

function paths(seed: Seed, rows: readonly PathRow[]): Draft[] {
  const tail = seed.query === null ? '' : `?${seed.query}`;
  return rows.map(([name, title, path, ...aims]) => ({ name, title, aims, change: { path: path + tail } }));
}

/** The path spelled otherwise: what routers clean, decode, fold, redirect or refuse. */
export function path(seed: Seed): Draft[] {
  const { path: own } = seed;
  const cut = own.lastIndexOf('/');
  const [head, last] = [own.slice(0, cut), own.slice(cut + 1)];
  const rows: PathRow[] = [
    own.endsWith('/')
      ? ['trailing-slash', 'without the slash at the end', own.replace(/\/$/, '') || '/', 'trailing-slash']
      : ['trailing-slash', 'with a slash at the end', `${own}/`, 'trailing-slash'],
    ['double-slash', 'two slashes before the last segment', `${head}//${last}`, 'path-clean'],
    ['leading-slashes', 'two slashes at the beginning', `/${own}`, 'path-clean'],
    ['dot', 'a segment of one dot', `${head}/./${last}`, 'path-clean'],
    ['dot-dot', 'a segment and two dots that take it back', `${head}/parity/../${last}`, 'path-clean'],
    ['escaped-dot-dot', 'the same, the dots escaped', `${head}/parity/%2e%2e/${last}`, 'path-clean'],
    ['extra-segment', 'one segment too many', `${own}/parity`, 'not-found-body'],
    ['parent', 'the last segment is missing', head || '/', 'not-found-body'],
    ...escapedSlash(head, last),
    ['bad-escape', 'an invalid escape', `${own}%zz`, 'path-percent-decoding'],
    ['cut-escape', 'half an escape', `${own}%2`, 'path-percent-decoding'],
    ['not-utf-8', 'an escaped byte that is not UTF-8', `${own}%ff`, 'path-percent-decoding'],
    ['nul', 'an escaped NUL', `${own}%00`, 'path-percent-decoding'],
    ['space', 'an escaped blank', `${own}%20`, 'path-percent-decoding'],
    ['matrix', 'a parameter behind a semicolon', `${own};parity=1`, 'path-param-type'],
    ['backslash', 'a backslash', `${own}\\`, 'path-percent-decoding'],
    ['quote', 'characters that have no place in a path', `${own}"<>^|`, 'path-percent-decoding'],
    ['fragment', 'an escaped #', `${own}%23parity`, 'path-percent-decoding'],
  ];
  return [...paths(seed, [...rows, ...letters(own, cut)]), ...parameters(seed)];
}

/** None for a path of one segment: its only slash is the one that every path begins with (RFC 9112, section 3.2.1). */
function escapedSlash(head: string, last: string): PathRow[] {
  if (head === '') return [];
  return [['escaped-slash', 'the last slash escaped', `${head}%2F${last}`, 'path-percent-decoding']];
}

/** Other spellings of the last letter of the path. */
function letters(own: string, cut: number): PathRow[] {
  const upper = own.slice(cut + 1).toUpperCase();
  const at = own.search(/[A-Za-z][^A-Za-z]*$/);
  if (at < 0) return [];
  const escaped = `${own.slice(0, at)}%${own.charCodeAt(at).toString(16)}${own.slice(at + 1)}`;
  const other = upper === own.slice(cut + 1) ? upper.toLowerCase() : upper;
  return [
    ['casing', 'the last segment in other casing', own.slice(0, cut + 1) + other, 'path-case'],
    ['escaped-letter', 'a letter escaped that needs none', escaped, 'path-percent-decoding'],
  ];
}

const values: readonly (readonly [name: string, segment: string, aim: string])[] = [
  ['word', 'parity', 'path-param-type'],
  ['plus', '+1', 'int-parse-leniency'],
  ['leading-zero', '01', 'int-parse-leniency'],
  ['underscore', '1_0', 'int-parse-leniency'],
  ['fraction', '1.0', 'int-parse-leniency'],
  ['negative', '-1', 'path-param-type'],
  ['beyond-u64', '18446744073709551616', 'path-param-type'],
  ['escaped-slash', 'a%2Fb', 'path-percent-decoding'],
  ['escaped-hyphen', 'a%2Db', 'path-percent-decoding'],
  ['escaped-letters', 'caf%C3%A9', 'path-percent-decoding'],
  ['not-utf-8', '%ff', 'path-percent-decoding'],
  ['empty', '', 'path-clean'],
];

/** Odd values for each `{name}` segment of the template. */
function parameters(seed: Seed): Draft[] {
  const segments = seed.path.split('/');
  const names = (seed.template ?? '').split('/').flatMap((part, index) => {
    const name = /^\{([A-Za-z0-9_-]+)\}$/.exec(part)?.[1];
    return name === undefined || index >= segments.length ? [] : [{ name, index }];
  });
  const rows = names.slice(0, maxParameters).flatMap(({ name, index }) =>
    values.map(([value, segment, aim]): PathRow => {
      const changed = segments.with(index, segment).join('/');
      return [`${name}.${value}`, `{${name}} is ${segment || 'empty'}`, changed, aim];
    }),
  );
  return paths(seed, rows);
}

type QueryRow = readonly [name: string, title: string, query: string | null, aim: string];

/** The query: for each pair of it (or for one that nobody knows) repeated, empty, missing and escaped spellings. */
export function query(seed: Seed): Draft[] {
  const pairs = (seed.query ?? '').split('&').filter((pair) => pair !== '');
  const rows: QueryRow[] = [
    ...(pairs.length === 0 ? aloneRows() : pairs.slice(0, maxPairs).flatMap((_, at) => pairRows(pairs, at))),
    ['empty', 'a question mark and nothing behind it', '', 'query-empty-missing'],
    ['ampersands', 'ampersands with nothing between', [...pairs, '', '', ''].join('&'), 'query-empty-missing'],
    ['second-mark', 'a second question mark', [...pairs, 'parity=?'].join('&'), 'query-bad-escape'],
    [
      'odd-characters',
      'characters that have no place in a query',
      [...pairs, 'parity="<>"'].join('&'),
      'query-bad-escape',
    ],
  ];
  return rows.map(([name, title, text, aim]) => ({
    name,
    title,
    aims: [aim],
    change: { path: text === null ? seed.path : `${seed.path}?${text}` },
  }));
}

function aloneRows(): QueryRow[] {
  return [
    ['unknown', 'a pair that nobody knows', 'parity=1', 'query-empty-missing'],
    ['repeated', 'a pair that nobody knows, twice', 'parity=1&parity=2', 'query-repeat'],
    ['semicolon', 'a semicolon between pairs', 'parity=1;other=2', 'query-semicolon'],
    ['bad-escape', 'an invalid escape', 'parity=%zz', 'query-bad-escape'],
    ['not-utf-8', 'an escaped byte that is not UTF-8', 'parity=%ff', 'query-bad-escape'],
  ];
}

/** One pair of the query changed, the others as they are. */
function pairRows(pairs: readonly string[], at: number): QueryRow[] {
  const pair = pairs[at]!;
  const equals = pair.indexOf('=');
  const key = equals < 0 ? pair : pair.slice(0, equals);
  const value = equals < 0 ? '' : pair.slice(equals + 1);
  const slug = `${key.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 30) || 'pair'}`;
  const shown = key.slice(0, 40);
  const row = (name: string, title: string, changed: string | null, aim: string): QueryRow => {
    const all = changed === null ? pairs.toSpliced(at, 1) : pairs.with(at, changed);
    return [`${slug}.${name}`, `${shown}: ${title}`, all.length === 0 ? null : all.join('&'), aim];
  };
  const code = key.charCodeAt(0);
  const escaped = code < 0x80 && code !== 0x25 ? `%${code.toString(16).padStart(2, '0')}${key.slice(1)}` : key;
  return [
    row('missing', 'missing', null, 'query-empty-missing'),
    row('empty', 'empty', `${key}=`, 'query-empty-missing'),
    row('bare', 'without an equals sign', key, 'query-empty-missing'),
    row('repeated', 'twice', `${pair}&${pair}`, 'query-repeat'),
    row('repeated-other', 'twice, last another value', `${pair}&${key}=parity`, 'query-repeat'),
    row('semicolon', 'a semicolon behind it', `${pair};parity=1`, 'query-semicolon'),
    row('bad-escape', 'an invalid escape', `${key}=${value}%zz`, 'query-bad-escape'),
    row('not-utf-8', 'an escaped byte that is not UTF-8', `${key}=${value}%ff`, 'query-bad-escape'),
    row('plus', 'a plus sign before it', `${key}=+${value}`, 'int-parse-leniency'),
    row('escaped-key', 'its key escaped', `${escaped}=${value}`, 'query-bad-escape'),
    row('brackets', 'brackets behind the key', `${key}[]=${value}`, 'query-brackets'),
    row('casing', 'its key in capitals', `${key.toUpperCase()}=${value}`, 'query-empty-missing'),
  ];
}

const withBody = ['POST', 'PUT', 'PATCH'];
const without = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE'];
const methodAims: Readonly<Record<string, string>> = { HEAD: 'head-handling', OPTIONS: 'options-handling' };

/** Every other method; the body goes along where a method is expected to have one. */
export function method(seed: Seed): Draft[] {
  const bare = { ...withHeader(seed, 'content-type'), body: null };
  const drafts = [...withBody, ...without].map((name): Draft => {
    const change = without.includes(name) ? { ...bare, method: name } : { method: name };
    return { name, title: `the method ${name}`, aims: [methodAims[name] ?? 'method-not-allowed'], change };
  });
  const preflight = [
    ...bare.headers,
    ['origin', 'https://parity.example'],
    ['access-control-request-method', seed.request.method],
  ] as const;
  return [
    ...drafts.filter(({ name }) => name !== seed.request.method),
    {
      name: 'preflight',
      title: 'what a browser asks before it sends across origins',
      aims: ['options-handling'],
      change: { ...bare, method: 'OPTIONS', headers: preflight },
    },
    {
      name: 'override',
      title: 'x-http-method-override: GET',
      aims: ['method-override'],
      change: withHeader(seed, 'x-http-method-override', 'GET'),
    },
  ];
}
