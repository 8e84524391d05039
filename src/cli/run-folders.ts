import { realpathSync } from 'node:fs';
import { findOut, type OutFlags, type OutFolder } from '../config/out.ts';
import { ParityError } from '../errors.ts';
import { findRun, newestRun } from '../record/run-folder.ts';
import { type Options, textOption } from './options.ts';
import { shorter } from './shorter.ts';

/** Where the runs are that a command reads: `--out`, else what `--config` or the nearest `parity.yaml` says, else `reports`. */
export function runFolders(options: Options): Promise<OutFolder> {
  return findOut(outFlags(options), process.cwd());
}

/** What the command line says of run folders and of the configuration. */
export function outFlags(options: Options): OutFlags {
  const [out, config] = [textOption(options, 'out'), textOption(options, 'config')];
  return { ...(out === undefined ? {} : { out }), ...(config === undefined ? {} : { config }) };
}

/** Why a run may be elsewhere; null if there is no such reason. */
export function doubt({ unread }: OutFolder): string | null {
  if (unread === null) return null;
  return `${shorter(unread)} cannot be read, so nobody knows which folder its \`out\` names: name it with --out`;
}

/** As `findRun`, for a folder that may be the wrong one. Throws ParityError PX2502 if the run is not there. */
export function findRunIn(folder: OutFolder, name: string): string {
  try {
    return findRun(folder.path, name);
  } catch (error) {
    const hint = doubt(folder);
    if (hint === null || !(error instanceof ParityError)) throw error;
    throw new ParityError('PX2502', error.message, { hint, cause: error });
  }
}

/** The folder of the run to go on with. A run that was killed is not yet what the link `latest` names; and what a link names may change while the run goes on. Throws PX2502. */
export function folderToResume(out: string, name: string): string {
  const newest = name === 'latest' ? newestRun(out) : null;
  return newest ?? realpathSync(findRun(out, name));
}
