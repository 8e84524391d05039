import { classNamed, type DriftClass, driftClasses } from '../drift/classes.ts';
import { ParityError } from '../errors.ts';
import { print } from './console.ts';

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  const widest = Math.max(...rows.map(([name]) => name.length));
  return ['', title, ...rows.map(([name, text]) => `  ${name.padEnd(widest)}  ${text}`)];
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
    'Sources',
    ...entry.sources.map((source) => `  ${source}`),
  ].join('\n');
}

function shared(a: string, b: string): number {
  const parts = new Set(a.split('-'));
  return b.split('-').filter((part) => parts.has(part)).length;
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
  if (found === null) {
    const near = [...driftClasses.keys()].sort((a, b) => shared(name, b) - shared(name, a))[0];
    throw new ParityError('PX2601', `there is no drift class "${name}"`, {
      hint: `did you mean ${near}? parity explain --list names them all`,
    });
  }
  await print(page(found));
  return 0;
}
