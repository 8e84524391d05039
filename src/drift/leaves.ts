import type { JsonNode } from '../json/tree.ts';
import { unanimous } from './maps.ts';
import type { DriftRule, Fix, Names } from './rule.ts';

/** A rule that knows two spellings of one thing has nothing to learn but which of them the candidate writes. */
interface Direction {
  readonly direction: string;
}

type Advice = (names: Names, direction: string) => readonly Fix[];

interface Respelling {
  readonly locate: (a: JsonNode, b: JsonNode) => string | null;
  readonly rewrite: (a: JsonNode, direction: string) => JsonNode;
  readonly advice: Advice;
}

function respelling(id: string, { locate, rewrite, advice }: Respelling): DriftRule<Direction> {
  return {
    id,
    learns: false,
    locate(a, b) {
      const direction = locate(a, b);
      return direction === null ? null : { direction };
    },
    rewrite: (a, { direction }) => rewrite(a, direction),
    unite: unanimous,
    owns: () => 'place',
    fixes: ({ direction }, names) => advice(names, direction),
  };
}

const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };

function escapeHtml(raw: string): string {
  return raw
    .replace(/[<>&]/g, (character) => escapes[character]!)
    .replace(/\xe2\x80([\xa8\xa9])/g, (_, last: string) => (last === '\xa8' ? '\\u2028' : '\\u2029'));
}

function unescapeHtml(raw: string): string {
  return raw.replace(/\\\\|\\u(003c|003e|0026|2028|2029)/gi, (found, code: string | undefined) =>
    code === undefined ? found : Buffer.from(String.fromCharCode(Number.parseInt(code, 16)), 'utf8').toString('latin1'),
  );
}

const escapeHtmlRule = respelling('escape-html', {
  locate(a, b) {
    if (a.kind !== 'string' || b.kind !== 'string' || a.raw === b.raw) return null;
    if (escapeHtml(a.raw) === b.raw) return 'escaped';
    return unescapeHtml(a.raw) === b.raw ? 'plain' : null;
  },
  rewrite(a, to) {
    if (a.kind !== 'string') return a;
    return { ...a, raw: to === 'escaped' ? escapeHtml(a.raw) : unescapeHtml(a.raw) };
  },
  advice(names, to) {
    const [escaping, plain] =
      to === 'escaped' ? [names.candidate, names.reference] : [names.reference, names.candidate];
    return [
      { target: escaping, text: 'in Go encoder.SetEscapeHTML(false) (U+2028 and U+2029 stay escaped)' },
      { target: plain, text: 'or nothing: every JSON reader gives the same text' },
    ];
  },
});

/** `1.0` and `1`: the same number, with one zero as its fraction on one side only. */
const floatIntegralSuffix = respelling('float-integral-suffix', {
  locate(a, b) {
    if (a.kind !== 'number' || b.kind !== 'number') return null;
    if (a.raw === `${b.raw}.0`) return 'dropped';
    return b.raw === `${a.raw}.0` ? 'added' : null;
  },
  rewrite(a, to) {
    if (a.kind !== 'number') return a;
    if (to === 'dropped') return { ...a, raw: a.raw.replace(/\.0$/, '') };
    return isInteger(a.raw) ? { ...a, raw: `${a.raw}.0` } : a;
  },
  advice(names, to) {
    const [whole, float] = to === 'dropped' ? [names.candidate, names.reference] : [names.reference, names.candidate];
    return [
      { target: float, text: 'use an integer type where the value is always whole (Rust f64 writes 1.0)' },
      { target: whole, text: 'or a float type that keeps the fraction (Go float64 and JavaScript write 1)' },
    ];
  },
});

function isInteger(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)$/.test(text);
}

/** `"9007199254740993"` and `9007199254740993`: the digits are the same, the kind is not. */
const bigintAsString = respelling('bigint-as-string', {
  locate(a, b) {
    if (a.kind === 'number' && isInteger(a.raw) && b.kind === 'string' && b.raw === `"${a.raw}"`) return 'string';
    if (b.kind === 'number' && isInteger(b.raw) && a.kind === 'string' && a.raw === `"${b.raw}"`) return 'number';
    return null;
  },
  rewrite(a, to) {
    if (to === 'string') return a.kind === 'number' && isInteger(a.raw) ? { kind: 'string', raw: `"${a.raw}"` } : a;
    const digits = a.kind === 'string' ? a.raw.slice(1, -1) : '';
    return isInteger(digits) ? { kind: 'number', raw: digits } : a;
  },
  advice(names, to) {
    const [text, number] = to === 'string' ? [names.candidate, names.reference] : [names.reference, names.candidate];
    return [
      { target: text, text: 'write a number: no `json:",string"` in Go, no DisplayFromStr in Rust' },
      { target: number, text: 'or write a string: `json:",string"` in Go, serde_with::DisplayFromStr in Rust' },
    ];
  },
});

export const leafRules: readonly DriftRule[] = [bigintAsString, floatIntegralSuffix, escapeHtmlRule];
