import { didYouMean, quoteForMessage } from '../config/source/did-you-mean.ts';
import { aliases } from '../drift/classes/aliases.ts';
import { classNamed, driftClasses } from '../drift/classes/catalogue.ts';
import type { DriftClass } from '../drift/definition/class-page.ts';
import { ParityError } from '../errors.ts';
import { print } from './console.ts';
import { errorPage, knownErrorCodes } from './error-codes.ts';

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
  const classes = [...driftClasses.keys(), ...aliases.keys()];
  const near = didYouMean(name, classes) ?? alike(name, classes) ?? didYouMean(name, knownErrorCodes);
  return new ParityError('PX2601', `there is no drift class ${quoteForMessage(name)}`, {
    hint: `${near === undefined ? '' : `${near} `}parity explain --list names them all`,
  });
}

const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The class with the shortest name that holds the same letters, hyphens aside: `nilslice` is of nil-slice-null. */
function alike(name: string, classes: readonly string[]): string | undefined {
  const letters = lettersOf(name);
  const found = letters.length < 3 ? [] : classes.filter((one) => lettersOf(one).includes(letters));
  const [shortest] = found.sort((a, b) => a.length - b.length);
  return shortest === undefined ? undefined : `did you mean \`${shortest}\`?`;
}

/** A finding is explained by its row and its class. */
function ofFinding(name: string): ParityError {
  return new ParityError('PX2601', `${name.toUpperCase()} is a finding, not a drift class`, {
    hint: `parity tracker show ${name.toUpperCase()} tells its history; the report names its class`,
  });
}

/** `parity explain`: the page of a class or of an error code, or the list of all classes. Throws ParityError PX2601 for a class that is not known. */
export async function explainCommand(name: string | undefined, list: boolean): Promise<number> {
  const classes = [...driftClasses.values()];
  const widest = Math.max(...classes.map((entry) => entry.id.length));
  if (list || name === undefined) {
    await print(classes.map((entry) => `${entry.id.padEnd(widest)}  ${entry.title}`).join('\n'));
    return 0;
  }
  const error = errorPage(name);
  if (error !== null) {
    await print(error);
    return 0;
  }
  if (/^P-[0-9a-f]{8,64}$/i.test(name)) throw ofFinding(name);
  const found = classNamed(name);
  if (found === null && name !== 'unexplained') throw unknownClass(name);
  await print(found === null ? unexplained : page(found));
  return 0;
}
