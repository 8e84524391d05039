import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import { ParityError } from '../../errors.ts';
import { maxDiffBytes } from '../limits.ts';
import type { ReviewSettings } from '../schema.ts';

/** Takes where a diff comes from, and the folder that paths begin at; returns its bytes. Throws PX2801. */
export async function readDiffBytes(diff: ReviewSettings['diff'], root: string): Promise<Buffer> {
  return typeof diff === 'string' ? ofFile(diff, root) : ofGit(diff, root);
}

async function ofFile(path: string, root: string): Promise<Buffer> {
  try {
    const { size } = await stat(resolve(root, path));
    if (size <= maxDiffBytes) return await readFile(resolve(root, path));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw unreadable(`the diff ${quoteForMessage(path)} cannot be read: ${reason}`, 'review: { diff: FILE } names it');
  }
  throw tooLong(`the diff ${quoteForMessage(path)}`);
}

/** A diff of its own settings, so that it is the same on every machine. */
const gitWords = ['-c', 'core.quotePath=false', 'diff', '--no-color', '--no-ext-diff', '--no-textconv'];
const gitPrefixes = ['--src-prefix=a/', '--dst-prefix=b/'];

function ofGit({ base, head }: { readonly base: string; readonly head: string }, root: string): Promise<Buffer> {
  const range = `${base}...${head}`;
  // No name of a commit begins so, but an option does.
  if (base.startsWith('-')) throw unreadable(`${quoteForMessage(base)} is not a commit`, 'name a commit or a tag');
  const options = { cwd: root, encoding: 'buffer', maxBuffer: maxDiffBytes } as const;
  return new Promise((done, fail) => {
    execFile('git', [...gitWords, ...gitPrefixes, range, '--'], options, (error, stdout, stderr) => {
      if (error === null) return done(stdout);
      if ((error.code as unknown as string) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return fail(tooLong(range));
      const said = stderr.toString('utf8').trim().split('\n')[0] || error.message;
      fail(unreadable(`git diff ${range} failed: ${said}`, 'check base and head of review: { diff: … }'));
    });
  });
}

function tooLong(what: string): ParityError {
  return unreadable(`${what} has more than ${maxDiffBytes / 1e6} MB`, 'review a smaller range of commits');
}

function unreadable(message: string, hint: string): ParityError {
  return new ParityError('PX2801', message, { hint });
}
