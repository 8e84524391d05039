import { createHash } from 'node:crypto';
import { seededRank } from '../../assurance/seeded-random.ts';
import type { BodyTemplate, FixtureStep, Step, TestCase } from '../../cases/case.ts';
import { knownSecrets } from '../../redact/find-secrets.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { askedLength } from '../../tracker/rows/row-cases.ts';

/**
 * Takes the secrets of the case files; returns what gives, in `askedLength` characters, what a case asks for: the requests of its steps, and
 * of those before them, as they are written, the values of its row filled in. No secret counts, nor what is captured: here it is a name.
 */
export function askedBy(secrets: readonly string[]): (testCase: TestCase) => string {
  const hide = hiding(secrets);
  return ({ before = [], steps, cookies = false }) => {
    let number = cookies ? 1 : 0;
    for (const step of before) number = seededRank(number, hide(`${step.target}\n${stepText(step)}`));
    for (const step of steps) number = seededRank(number, hide(stepText(step)));
    return number.toString(36).padStart(askedLength, '0').slice(-askedLength);
  };
}

function stepText({ request, parallel }: Step | FixtureStep): string {
  const { method, path, headers, body, holdMs, chunkBytes, withoutAuth = false } = request;
  const sent = `${method} ${path}\n${parallel} ${holdMs} ${chunkBytes} ${withoutAuth}\n${headers.join('\n')}`;
  return body === null ? sent : `${sent}\n${bodyText(body)}`;
}

function bodyText(body: BodyTemplate): string {
  return body.kind === 'bytes' ? digest(body.bytes) : body.text;
}

/** Many cases may send one file. */
const digest = memoizeBounded(16, (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64'));

function hiding(secrets: readonly string[]): (text: string) => string {
  if (secrets.length === 0) return (text) => text;
  const known = knownSecrets();
  for (const secret of secrets) known.add(secret);
  return known.redactWhole;
}
