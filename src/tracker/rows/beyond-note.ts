import type { Occurrence } from '../../findings/occurrences.ts';
import { maxSide } from '../limits.ts';
import type { AcceptanceCoverage } from './accepted-shape.ts';
import { visible } from './escape.ts';

/** Classes and forms that a note names, and characters of each. */
const [maxWords, maxWord] = [3, 120];

/** What an accepted finding shows that its row does not cover, as a sentence: which case and which value, and how to widen it. */
export function beyondNote(id: string, { words, cases, values, isCut }: AcceptanceCoverage): string {
  if (words.length > 0) return `${id} was accepted without ${shortList(words)}, which it shows now: it is reopened.`;
  const [first] = cases;
  if (first === undefined) return valuesNote(id, values);
  const others = new Set(cases.map((one) => one.case)).size - 1;
  const where = `the case ${visible(first.case)}${others === 0 ? '' : ` and ${others} more`}`;
  const why = isCut ? `does not list ${where}, for it has more cases than a row can list,` : `did not cover ${where},`;
  return `${id} is accepted, but that ${why} which shows it now with ${sides(first)}: it is reopened. To accept it in new cases: parity tracker accept ${id} --scope route.`;
}

function valuesNote(id: string, values: readonly Occurrence[]): string {
  const others = values.length === 1 ? '' : ` and ${values.length - 1} more`;
  const first = values[0]!;
  return `${id} was accepted with other values than ${sides(first)}, which the case ${visible(first.case)} shows now${others}: it is reopened. To accept any values: parity tracker accept ${id} --values any.`;
}

function sides({ reference, candidate }: Occurrence): string {
  const [a, b] = [reference, candidate].map((side) => (side === null ? 'nothing' : cut(visible(side), maxSide)));
  return `${a} against ${b}`;
}

function shortList(words: readonly string[]): string {
  const shown = words.slice(0, maxWords).map((one) => cut(one, maxWord));
  return [...shown, ...(words.length > maxWords ? [`${words.length - maxWords} more`] : [])].join(', ');
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
