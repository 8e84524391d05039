import type { Bundle } from './bundles.ts';
import type { DiffFile } from './diff.ts';

/** A bundle that takes the place of a part of one that is too large. */
export interface Part {
  readonly name: string;
  readonly globs: readonly string[];
  readonly size: number;
}

/** A folder or file whose size fits, or a file that alone does not. */
type Unit = Omit<Part, 'name'>;

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  readonly files: DiffFile[];
  size: number;
  /** All that the diff has below it is of one bundle, so that a glob of the folder takes nothing else. */
  isPure: boolean;
}

/** Takes a bundle, all files of the diff, and the size of a bundle that is refused; returns bundles below it, by folders as far as possible. */
export function proposeSplit(bundle: Bundle, files: readonly DiffFile[], limit: number): Part[] {
  const root = folder('');
  const own = new Set(bundle.files);
  for (const file of files) addFile(root, file, own.has(file));
  const parts: { globs: string[]; size: number }[] = [];
  for (const unit of unitsOf(root, limit)) {
    const last = parts.at(-1);
    if (last !== undefined && last.size + unit.size <= limit) {
      last.globs.push(...unit.globs);
      last.size += unit.size;
    } else parts.push({ globs: [...unit.globs], size: unit.size });
  }
  return parts.map((part, i) => ({ name: `${bundle.name}_${i + 1}`, ...part }));
}

function folder(path: string): Folder {
  return { path, folders: new Map(), files: [], size: 0, isPure: true };
}

function addFile(root: Folder, file: DiffFile, isOwn: boolean): void {
  let at = root;
  const grow = () => {
    at.isPure &&= isOwn;
    if (isOwn) at.size += file.bytes.length;
  };
  grow();
  for (const name of file.path.split('/').slice(0, -1)) {
    const next = at.folders.get(name) ?? folder(`${at.path}${name}/`);
    at.folders.set(name, next);
    at = next;
    grow();
  }
  if (isOwn) at.files.push(file);
}

function unitsOf({ path, folders, files, size, isPure }: Folder, limit: number): Unit[] {
  if (size === 0) return [];
  if (isPure && size <= limit && path !== '') return [{ globs: [`${path}**`], size }];
  const below = [...folders.values()].flatMap((inner) => unitsOf(inner, limit));
  return [...below, ...files.map((file) => ({ globs: [file.path], size: file.bytes.length }))];
}
