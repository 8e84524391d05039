import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import { maxBytes } from '../limits.ts';

/** Reads body files; each is read once. */
export type ReadBodyFile = (name: string) => Uint8Array | { readonly fault: string; readonly hint?: string };

/** Takes the absolute path of a case file and what was read before; returns a reader of files named relative to it, which after all symbolic links must lie in its folder. */
export function bodyFileReader(caseFile: string, read: Map<string, Uint8Array>): ReadBodyFile {
  return (name) => {
    if (isAbsolute(name) || name.includes('\0'))
      return { fault: `${quoteForMessage(name)} is not a relative path`, hint: inFolder };
    try {
      const folder = realpathSync(dirname(caseFile));
      const isOutside = (path: string) => !path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
      const outside = { fault: `${quoteForMessage(name)} lies outside the folder of the case file`, hint: inFolder };
      if (isOutside(resolve(folder, name))) return outside;
      const path = realpathSync(resolve(folder, name));
      if (isOutside(path)) return outside;
      return readOnce(path, name, read);
    } catch (cause) {
      const { code = 'unknown reason' } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT')
        return { fault: `there is no file ${quoteForMessage(name)} (seen from the folder of the case file)` };
      return { fault: `${quoteForMessage(name)} cannot be read: ${code}` };
    }
  };
}

const inFolder = 'put the file beside the case file, or below it';

function readOnce(path: string, name: string, read: Map<string, Uint8Array>): ReturnType<ReadBodyFile> {
  const known = read.get(path);
  if (known !== undefined) return known;
  const info = statSync(path);
  if (!info.isFile()) return { fault: `${quoteForMessage(name)} is not a regular file` };
  if (info.size > maxBytes)
    return { fault: `${quoteForMessage(name)} has ${info.size} bytes; the limit is ${maxBytes}` };
  const bytes = new Uint8Array(readFileSync(path));
  read.set(path, bytes);
  return bytes;
}
