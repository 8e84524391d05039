import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { displayPath } from '../../config/source/source.ts';
import { ParityError } from '../../errors.ts';
import type { CaseFile } from './case-file.ts';

const extensions = new Set(['.yaml', '.yml', '.json', '.jsonl']);

/** Takes absolute files and folders and the folder that they are shown relative to; returns the case files below, sorted, each once. Names that begin with `.` or `_` and `node_modules` are left out. Throws PX2202 for a path that does not exist or holds no case file. */
export function discoverCaseFiles(paths: readonly string[], root: string): CaseFile[] {
  const seen = new Set<string>();
  const files: CaseFile[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    const found = new Map<string, string>();
    const fault = collect(path, found);
    if (fault !== null) faults.push(`${displayPath(path, root)}: ${fault}`);
    for (const [real, file] of found) {
      if (!seen.has(real)) files.push({ path: file, top: isTop(file, path, root) });
      seen.add(real);
    }
  }
  if (faults.length > 0) throw new ParityError('PX2202', faults.join('; '), { hint: 'check `cases:` and --cases' });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isTop(file: string, given: string, root: string): boolean {
  const folder = dirname(file);
  return folder === given || folder === root || basename(folder) === 'cases';
}

function collect(path: string, found: Map<string, string>): string | null {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return 'there is no such file or folder';
  if (info.isDirectory()) {
    walk(path, found, new Set());
    return found.size === 0 ? 'the folder holds no .yaml, .yml, .json or .jsonl file' : null;
  }
  if (!extensions.has(extname(path).toLowerCase())) return 'a case file ends in .yaml, .yml, .json or .jsonl';
  found.set(realpathSync(path), path);
  return null;
}

/** A folder that was walked before, under whatever name, is not walked again: links cannot make a circle. */
function walk(folder: string, found: Map<string, string>, walked: Set<string>): void {
  const real = realpathSync(folder);
  if (walked.has(real)) return;
  walked.add(real);
  for (const name of readdirSync(folder).sort()) {
    if (/^[._]/.test(name) || name === 'node_modules') continue;
    const path = join(folder, name);
    const info = statSync(path, { throwIfNoEntry: false });
    if (info?.isDirectory()) walk(path, found, walked);
    else if (info?.isFile() && extensions.has(extname(name).toLowerCase())) found.set(realpathSync(path), path);
  }
}
