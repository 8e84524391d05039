import { shorten } from '../../compare/model/excerpt.ts';
import { formatOf } from '../../compare/values/value-format.ts';
import { isSecretName } from '../../config/secret-name.ts';
import type { CaseResult } from '../model/case-result.ts';
import { perCase } from './warning.ts';

/** Captured values that differ and look like names rather than like identifiers. */
export const capturedWords = perCase('counted two words as equal, for each side captured its own', (result) =>
  differingWords(result).map((text) => `${result.testCase.id} ${text}`),
);

/** Small letters, capitals, or small ones behind a capital: hardly any generated identifier looks so. */
const word = /^(?:\p{L}\p{Ll}{2,}|\p{Lu}{2,})$/u;
/** Words with blanks between them, an amount with its unit, a version, a day: nor are these. */
const phrase = /^(?=.*\p{L}{2})\S+(?: \S+)+$|^v?\d{1,4}(?:\.\d{1,4}){1,3}$|^\d{4}-\d\d-\d\d$/u;

function isWord(value: string): boolean {
  return word.test(value) || (phrase.test(value) && formatOf(JSON.stringify(value)) === null);
}

/** Captured values that differ and look like names rather than like identifiers: a role, a currency. */
function differingWords({ replays: [reference, ...candidates] }: CaseResult): string[] {
  return Object.entries(reference?.captured ?? {}).flatMap(([name, value]) => {
    const other = candidates.find(({ captured }) => captured[name] !== undefined && captured[name] !== value);
    const twin = other?.captured[name] ?? '';
    if (other === undefined || isSecretName(name) || !isWord(value) || !isWord(twin)) return [];
    const pair = `${shorten(value)} on ${reference!.target} and ${shorten(twin)} on ${other.target}`;
    return [`counted {{${name}}} as equal, which is ${pair}: each side captured its own`];
  });
}
