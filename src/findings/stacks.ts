import { defaultPage, envelopeOf } from '../drift/http-kit/envelope.ts';
import { answeredOf, askedOf } from '../drift/http-kit/exchange-pair.ts';
import type { Exchange } from '../http/exchange.ts';
import type { KeptCase } from './kept-case.ts';
import { maxGuessed } from './limits.ts';

/** What a target is built with: its language, as the pages of the classes name it, and its own name for people. */
export interface Stack {
  readonly language: string;
  readonly label: string;
}

/** By the word under `stack`. A language alone is a stack, too. */
export const stacks: ReadonlyMap<string, Stack> = new Map(
  Object.entries({
    Rust: ['axum', 'actix', 'rocket', 'warp', 'rust'],
    Go: ['go', 'gin', 'chi', 'echo', 'fiber'],
    Node: ['express', 'fastify', 'nest', 'koa', 'hono', 'node'],
    Python: ['fastapi', 'flask', 'django', 'starlette', 'python'],
    Java: ['spring', 'quarkus', 'micronaut', 'javalin', 'java'],
    Kotlin: ['ktor', 'kotlin'],
    '.NET': ['dotnet', 'aspnet'],
    Ruby: ['rails', 'sinatra', 'ruby'],
    PHP: ['laravel', 'symfony', 'php'],
    Elixir: ['phoenix', 'elixir'],
  }).flatMap(([language, names]) => names.map((name) => [name, { language, label: labelOf(name, language) }] as const)),
);

/** As its own documentation spells it. */
function labelOf(name: string, language: string): string {
  if (name === language.toLowerCase() || language === '.NET') return language;
  if (name === 'fastapi') return 'FastAPI';
  return ['axum', 'actix', 'chi', 'warp'].includes(name) ? name : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Words in the headers `server` and `x-powered-by`, the most specific first. */
const signs: readonly (readonly [sign: RegExp, stack: string])[] = [
  [/\bexpress\b/i, 'express'],
  [/\bnext\.js\b/i, 'node'],
  [/\b(?:uvicorn|hypercorn)\b/i, 'python'],
  [/\b(?:werkzeug|gunicorn)\b/i, 'python'],
  [/\bwsgiserver\b/i, 'django'],
  [/\b(?:kestrel|asp\.net)/i, 'dotnet'],
  [/\b(?:puma|phusion passenger|webrick)\b/i, 'ruby'],
  [/\bphp\//i, 'php'],
  [/\b(?:actix-web)\b/i, 'actix'],
  [/\brocket\b/i, 'rocket'],
  [/\b(?:jetty|tomcat|undertow|apache-coyote)\b/i, 'java'],
  [/\bfasthttp\b/i, 'fiber'],
  [/\bktor\b/i, 'ktor'],
  [/\bcowboy\b/i, 'elixir'],
];

/** Pages and error forms that one framework writes by itself, see `defaultPage` and `envelopeOf`. */
const pages: ReadonlyMap<string, string> = new Map([
  ...['go', 'fastapi', 'fastify', 'nest', 'express', 'flask', 'django', 'echo', 'spring', 'javalin'].map(
    (name) => [name, name] as const,
  ),
  ['django-rest', 'django'],
  ['jdk', 'java'],
]);

/** The stack that an exchange shows, and how sure that is: a page of a framework says more than a server in front of it. */
function shownBy({ request, outcome }: Exchange): readonly [stack: string, weight: number] | null {
  if (outcome.kind !== 'response') return null;
  const named = outcome.headers.filter(([name]) => /^(?:server|x-powered-by)$/i.test(name)).map(([, value]) => value);
  const sign = signs.find(([pattern]) => named.some((value) => pattern.test(value.slice(0, 200))));
  if (outcome.status < 400) return sign === undefined ? null : [sign[1], 1];
  const answer = answeredOf(outcome, askedOf(request));
  const form = pages.get(defaultPage(answer) ?? '') ?? pages.get(envelopeOf(answer) ?? '');
  if (form !== undefined) return [form, 2];
  return sign === undefined ? null : [sign[1], 1];
}

/** The stack of each target as its answers show it; none for a target whose answers show none. */
export function guessStacks(cases: readonly KeptCase[]): Map<string, string> {
  const found = new Map<string, { readonly stack: string; readonly weight: number }>();
  for (const kept of cases.slice(0, maxGuessed)) {
    const { reference, candidate } = kept.fetch();
    for (const { target, exchanges } of [reference, candidate])
      for (const exchange of exchanges) {
        const [stack, weight] = shownBy(exchange) ?? ['', 0];
        if (weight > (found.get(target)?.weight ?? 0)) found.set(target, { stack, weight });
      }
  }
  return new Map([...found].map(([target, { stack }]) => [target, stack]));
}
