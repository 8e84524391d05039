import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import { ParityError } from '../../errors.ts';
import type { ProblemAt } from '../gauntlet-file.ts';
import { maxDiffBytes } from '../limits.ts';
import type { ReviewSettings } from '../schema.ts';

/** Where a diff is looked for. */
export interface DiffPlace {
  /** Folder that paths begin at, and in which git is asked. */
  readonly root: string;
  readonly problemAt: ProblemAt;
}

/** Takes where a diff comes from; returns its bytes. Throws PX2801 with the place in gauntlet.yaml. */
export async function readDiffBytes(diff: ReviewSettings['diff'], place: DiffPlace): Promise<Buffer> {
  const unreadable: Unreadable = (message, hint, keys = []) => {
    const problems = [place.problemAt(['review', 'diff', ...keys], message)];
    return new ParityError('PX2801', 'the diff of the review cannot be read. Nothing was sent.', { problems, hint });
  };
  return typeof diff === 'string' ? ofFile(diff, place.root, unreadable) : ofGit(diff, place.root, unreadable);
}

/** Takes why, what to do, and the keys below `diff`. */
type Unreadable = (message: string, hint: string, keys?: readonly string[]) => ParityError;

async function ofFile(path: string, root: string, unreadable: Unreadable): Promise<Buffer> {
  try {
    const { size } = await stat(resolve(root, path));
    if (size <= maxDiffBytes) return await readFile(resolve(root, path));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw unreadable(`the diff ${quoteForMessage(path)} cannot be read: ${reason}`, 'review: { diff: FILE } names it');
  }
  throw unreadable(`the diff ${quoteForMessage(path)} ${tooLong}`, lessHint);
}

const tooLong = `has more than ${maxDiffBytes / 1e6} MB`;
const lessHint = 'review a smaller range of commits';

/** A diff of its own settings, so that it is the same on every machine. */
const gitWords = ['-c', 'core.quotePath=false', 'diff', '--no-color', '--no-ext-diff', '--no-textconv'];
const gitPrefixes = ['--src-prefix=a/', '--dst-prefix=b/'];

interface Range {
  readonly base: string;
  readonly head: string;
}

function ofGit({ base, head }: Range, root: string, unreadable: Unreadable): Promise<Buffer> {
  const range = `${base}...${head}`;
  // No name of a commit begins so, but an option does.
  if (base.startsWith('-'))
    throw unreadable(`${quoteForMessage(base)} is not a commit`, 'name a commit or a tag', ['base']);
  const options = { cwd: root, encoding: 'buffer', maxBuffer: maxDiffBytes } as const;
  return new Promise((done, fail) => {
    execFile('git', [...gitWords, ...gitPrefixes, range, '--'], options, (error, stdout, stderr) => {
      if (error === null) return done(stdout);
      if ((error.code as unknown as string) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        return fail(unreadable(`${range} ${tooLong}`, lessHint));
      const said = stderr.toString('utf8').trim().split('\n')[0] || error.message;
      fail(unreadable(`git diff ${range} failed: ${said}`, 'check base and head of review: { diff: … }'));
    });
  });
}
