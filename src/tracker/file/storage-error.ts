import { ParityError } from '../../errors.ts';

/**
 * What went wrong with a file, its name, and how many bytes were to be written in; the error for people out:
 * PX4102 if there is no space, else PX4106.
 */
export function storageError(cause: unknown, file: string, bytes = 0): ParityError {
  if (cause instanceof ParityError) return cause;
  const code = errnoOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const needed = `${Math.ceil(bytes / 1024)} KB`;
    return new ParityError('PX4102', `no space left for ${file} (needed ${needed}); the old file is as it was`, {
      hint: 'Free some space, then run again.',
      cause,
    });
  }
  return new ParityError('PX4106', `${file} cannot be ${bytes > 0 ? 'written' : 'read'}: ${reason(code)}`, {
    hint: 'Check the path and the permissions, or name another file with --tracker FILE.',
    cause,
  });
}

/** Anything that was thrown in, its errno name (`ENOENT`) out, or an empty text. */
export function errnoOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  return typeof code === 'string' ? code : '';
}

function reason(code: string): string {
  const known: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOTDIR: 'a part of its path is not a folder',
    ENOENT: 'there is no such file',
    ELOOP: 'its symbolic links go in a circle',
  };
  return known[code] ?? (code || 'unknown reason');
}
