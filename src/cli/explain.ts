import { didYouMean, quoteForMessage } from '../config/source/did-you-mean.ts';
import { aliases } from '../drift/classes/aliases.ts';
import { classNamed, driftClasses } from '../drift/classes/catalogue.ts';
import type { DriftClass } from '../drift/definition/class-page.ts';
import { ParityError } from '../errors.ts';
import { print } from './console.ts';

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  const widest = Math.max(...rows.map(([name]) => name.length));
  return ['', title, ...rows.map(([name, text]) => `  ${name.padEnd(widest)}  ${text}`)];
}

/** Whether the class was seen between real services, or is known from documentation alone. */
function evidenceOf({ evidence, observedBetween }: DriftClass): string {
  if (evidence === 'documented')
    return 'documented: taken from the sources below, not yet seen between two real services';
  return `observed${observedBetween === undefined ? '' : ` between ${observedBetween}`}`;
}

/** The page of a drift class as plain text. */
function page(entry: DriftClass): string {
  return [
    `${entry.id}  (${entry.severity})`,
    entry.title,
    '',
    entry.what,
    ...(entry.request === undefined ? [] : ['', 'The request', `  ${entry.request}`]),
    ...section('What is sent', entry.example),
    ...section('Why', entry.why),
    '',
    'What breaks',
    `  ${entry.breaks}`,
    ...section('How to fix it', entry.fix),
    '',
    'When it is claimed',
    `  ${entry.proof}`,
    ...(entry.flips === undefined ? [] : ['', 'Versions that change it', ...entry.flips.map((one) => `  ${one}`)]),
    ...(entry.lossy === undefined ? [] : ['', 'What is lost', `  ${entry.lossy}`]),
    '',
    'Evidence',
    `  ${evidenceOf(entry)}`,
    '',
    'Sources',
    ...entry.sources.map((source) => `  ${source}`),
  ].join('\n');
}

/** It is the name of no class, but findings bear it. */
const unexplained = `unexplained
No rewrite that the tool knows makes the answer of the candidate from that of the reference, and request and answers bear no sign of a known behaviour.
That says nothing of how much it breaks: look at the two sides of the finding, then mend one of them or accept it as any other.`;

function unknownClass(name: string): ParityError {
  const near = didYouMean(name, [...driftClasses.keys(), ...aliases.keys()]);
  return new ParityError('PX2601', `there is no drift class ${quoteForMessage(name)}`, {
    hint: `${near === undefined ? '' : `${near} `}parity explain --list names them all`,
  });
}

/** `parity explain`: the page of a class, or the list of all. Throws ParityError PX2601 for a class that is not known. */
export async function explainCommand(name: string | undefined, list: boolean): Promise<number> {
  const classes = [...driftClasses.values()];
  const widest = Math.max(...classes.map((entry) => entry.id.length));
  if (list || name === undefined) {
    await print(classes.map((entry) => `${entry.id.padEnd(widest)}  ${entry.title}`).join('\n'));
    return 0;
  }
  const found = classNamed(name);
  if (found === null && name !== 'unexplained') throw unknownClass(name);
  await print(found === null ? unexplained : page(found));
  return 0;
}
