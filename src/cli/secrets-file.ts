import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { ParityError } from '../errors.ts';

const maxBytes = 1 << 20;

/**
 * Paths of files with lines `NAME=value` in (`-` is standard input): what they set is in the environment from then on, as `${NAME}`
 * reads it. What the environment has already stays, and so does what an earlier file set. Throws PX2106 with the file.
 */
export async function readSecrets(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const text = await textOf(file);
    const variables = Object.entries(variablesIn(text, file));
    for (const [name, value] of variables) process.env[name] = process.env[name] || value;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return file === '-' ? await standardInput() : await readFile(file, 'utf8');
  } catch (error) {
    const cause = error instanceof Error ? error : undefined;
    throw unreadable(file, `cannot be read: ${cause?.message ?? ''}`);
  }
}

/** All of standard input, cut behind 1 MiB. */
export async function standardInput(): Promise<string> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part;
    if (text.length > maxBytes) break;
  }
  return text;
}

/** A line that is not a `NAME=value` is a slip of the pen: its variable would be missing, or worse, be another. */
function variablesIn(text: string, file: string): Record<string, string> {
  if (Buffer.byteLength(text) > maxBytes) throw unreadable(file, 'is longer than 1 MiB');
  const variables = parseEnv(text) as Record<string, string>;
  const at = text.split(/\r?\n/).findIndex((line) => !isLine(line, variables));
  if (at >= 0) throw unreadable(`${file}:${at + 1}`, 'has no NAME=value');
  return variables;
}

function isLine(line: string, variables: Readonly<Record<string, string>>): boolean {
  if (/^\s*(?:#.*)?$/.test(line)) return true;
  const name = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/.exec(line)?.[1];
  return name !== undefined && Object.hasOwn(variables, name);
}

function unreadable(where: string, why: string): ParityError {
  return new ParityError('PX2106', `${where === '-' ? 'standard input' : where} ${why}`, {
    hint: 'give --secrets a file with a line NAME=value for each variable, or - for standard input',
  });
}
