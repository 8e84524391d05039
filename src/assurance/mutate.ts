import { isVolatile } from '../compare/headers/header-grammars.ts';
import { charsetOf, isJsonType, isLinesType, type MediaType } from '../compare/headers/media-type.ts';
import { maxReadLength } from '../compare/limits.ts';
import { bodyOf } from '../compare/media/body-content.ts';
import { comparedNames } from '../config/header-patterns.ts';
import type { Rung } from '../config/rules.ts';
import type { Response } from '../http/exchange.ts';
import { JsonSyntaxError } from '../json/document.ts';
import { readJson } from '../json/read.ts';
import { editJson, type JsonEditKind, jsonEditKinds } from './json-edits.ts';
import { type Random, seededRandom } from './seeded-random.ts';
import { type Layout, layoutOf } from './tree-layout.ts';
import { editXml, isReadableXml, xmlEditKinds } from './xml-edits.ts';

/** What is done to a copy of a response: to its status, to a header, to a JSON or XML body, or to one byte of any other body. */
export type MutationKind = 'status' | 'header-changed' | 'header-removed' | 'byte' | JsonEditKind;

/** A copy of a response that differs at one place. */
export interface Mutation {
  readonly kind: MutationKind;
  /** Where, as in a divergence: JSON Pointer into a JSON body (at most 300 characters), `/name` of a header, empty for all else. */
  readonly pointer: string;
  /** The rung that it breaks at the latest, by the definition of the ladder; null for headers, which are apart from it. */
  readonly rung: Rung | null;
  readonly response: Response;
}

/** A way to mutate one response: each call picks a place, null if there is none. */
export interface Mutator {
  readonly kind: MutationKind;
  readonly mutate: (random: Random) => Mutation | null;
}

export interface MutateOptions {
  readonly seed: number;
  /** Lower-case names, or patterns of names, of the headers to change and to remove. */
  readonly headers: readonly string[];
}

/** Bodies nested deeper than this are left alone: nobody writes them, and each comparison of one takes a second. */
const deepestBody = 500;

const codes = [200, 201, 204, 301, 400, 401, 404, 409, 422, 500, 503];

/** One mutation of each kind that the response has a place for. The same ones for the same seed. */
export function mutationsOf(response: Response, { seed, headers }: MutateOptions): Mutation[] {
  const random = seededRandom(seed, 'mutations');
  return mutatorsOf(response, headers)
    .map((mutator) => mutator.mutate(random))
    .filter((mutation) => mutation !== null);
}

/** All ways to mutate a response. The body is read once; one over 1 MiB, nested very deep, or whose content-coding cannot be undone is left alone. */
export function mutatorsOf(response: Response, headers: readonly string[]): Mutator[] {
  const plain = plainOf(response);
  return [{ kind: 'status', mutate: otherStatus(plain) }, ...headerMutators(plain, headers), ...bodyMutators(plain)];
}

/** The response with its content-codings undone, so that a change of its body is no change of its compression. */
export function plainOf(response: Response): Response {
  const { bytes, problem } = bodyOf(response.headers, response.body);
  if (problem !== null || bytes.equals(response.body)) return response;
  const headers = response.headers.filter(([name]) => name.toLowerCase() !== 'content-encoding');
  return { ...response, headers, body: bytes };
}

function otherStatus(response: Response): Mutator['mutate'] {
  const others = codes.filter((code) => code !== response.status);
  return (random) => {
    const status = others[random(others.length)]!;
    return { kind: 'status', pointer: '', rung: 'status', response: { ...response, status } };
  };
}

function headerMutators(response: Response, names: readonly string[]): Mutator[] {
  const there = [...new Set(response.headers.map(([name]) => name.toLowerCase()))];
  const known = comparedNames(names, there).filter((name) => there.includes(name));
  if (known.length === 0) return [];
  const mutator = (
    kind: MutationKind,
    among: readonly string[],
    edit: (name: string) => Response['headers'],
  ): Mutator => ({
    kind,
    mutate: (random) => {
      const name = among[random(among.length)]!;
      return { kind, pointer: `/${name}`, rung: null, response: { ...response, headers: edit(name) } };
    },
  });
  // Of these any value will do: only their being there is compared.
  const valued = known.filter((name) => !isVolatile(name));
  return [
    ...(valued.length > 0 ? [mutator('header-changed', valued, (name) => changeHeader(response.headers, name))] : []),
    mutator('header-removed', known, (name) => response.headers.filter(([other]) => other.toLowerCase() !== name)),
  ];
}

/** Adds a member or parameter to the first header of this name: another meaning in every grammar, lists without order included. A tag becomes weak or strong. */
function changeHeader(headers: Response['headers'], name: string): Response['headers'] {
  const at = headers.findIndex(([other]) => other.toLowerCase() === name);
  const all = headers.map(([, value]) => value.toLowerCase()).join();
  let word = 'changed';
  while (all.includes(word)) word += '-1';
  const changed = (value: string) => {
    if (name === 'etag') return otherTag(value.trim());
    if (name === 'set-cookie') return otherCookie(word, value);
    return value + (name === 'content-type' ? `; ${word}=1` : `, ${word}`);
  };
  return headers.map(([other, value], index) => [other, index === at ? changed(value) : value]);
}

/** A weak tag for a strong one, a strong one for any other: of a tag it is compared whether it is weak, strong, or not quoted at all. */
function otherTag(value: string): string {
  if (/^"[^"]*"$/.test(value)) return `W/${value}`;
  return /^W\/"[^"]*"$/.test(value) ? value.slice('W/'.length) : '"changed"';
}

/** A cookie of another name; one without a name gets one, as its value is not compared. */
function otherCookie(word: string, value: string): string {
  return /^[^;]*=/.test(value) ? `${word}-${value}` : `${word}=${value}`;
}

function bodyMutators(response: Response): Mutator[] {
  const { bytes, type, problem } = bodyOf(response.headers, response.body);
  if (problem !== null || bytes.length === 0 || bytes.length > maxReadLength) return [];
  if (isReadableXml({ bytes, type, problem })) return xmlMutators(response);
  const isNamed = isJsonType(type) && !isLinesType(type);
  const document = isNamed || (isOpaque(type) && looksLikeJson(bytes)) ? readJson(bytes) : null;
  if (document === null || document instanceof JsonSyntaxError)
    return [{ kind: 'byte', mutate: flipByte(response, isNamed || isOpaque(type) ? contentRung(type) : 'wire') }];
  const layout = layoutOf(document);
  return layout.depth > deepestBody ? [] : jsonMutators(response, { layout, isNamed });
}

/** Types that name no format of their own: what is inside is text or bytes, or JSON if it looks like it. */
function isOpaque({ essence }: MediaType): boolean {
  return /^(?:text\/plain|application\/octet-stream|(?:image|audio|video|font)\/(?!.*xml).*)?$/.test(essence);
}

function looksLikeJson(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?[ \t\r\n]*[{[]/.test(bytes.toString('latin1', 0, 64));
}

/** The rung that another byte breaks at the latest: in some charsets one text can be written with different bytes. */
function contentRung(type: MediaType): Rung {
  return /^(?:utf-?8|us-ascii|iso-8859-1|windows-1252)$/.test(charsetOf(type) ?? 'utf-8') ? 'value' : 'wire';
}

/** A body that is JSON by name is compared as JSON for sure; one that only looks like it, perhaps as text, which has no shape. */
function jsonMutators(
  response: Response,
  { layout, isNamed }: { readonly layout: Layout; readonly isNamed: boolean },
): Mutator[] {
  return jsonEditKinds.map((kind) => ({
    kind,
    mutate: (random) => {
      const edit = editJson(layout, kind, random);
      if (edit === null) return null;
      const rung = isNamed && edit.firm && structural.has(kind) ? 'shape' : 'value';
      return { kind, pointer: edit.pointer, rung, response: { ...response, body: edit.bytes } };
    },
  }));
}

function xmlMutators(response: Response): Mutator[] {
  return xmlEditKinds.map((kind) => ({
    kind,
    mutate: (random) => {
      const body = editXml(response, kind, random);
      return body === null ? null : { kind, pointer: '', rung: 'value', response: { ...response, body } };
    },
  }));
}

const structural: ReadonlySet<MutationKind> = new Set(['key-dropped', 'key-added', 'type']);

function flipByte(response: Response, rung: Rung): Mutator['mutate'] {
  return (random) => {
    const body = Buffer.from(response.body);
    const at = random(body.length);
    body[at] = body[at]! ^ 1;
    return { kind: 'byte', pointer: '', rung, response: { ...response, body } };
  };
}
