import type { ReviewSettings } from '../schema.ts';
import type { DiffFile } from './diff.ts';
import { pathTest } from './globs.ts';

/** A part of the diff that is reviewed by itself. */
export interface Bundle {
  readonly name: string;
  readonly files: readonly DiffFile[];
  /** Of its part of the diff, in bytes. */
  readonly size: number;
}

/** Takes the files of a diff; returns the bundles, each file in the first one that fits, and the files that no bundle fits. */
export function makeBundles(files: readonly DiffFile[], globs: ReviewSettings['bundles']) {
  const all = Object.entries(globs).map(([name, patterns]) => {
    const bundle: { readonly name: string; readonly files: DiffFile[]; size: number } = { name, files: [], size: 0 };
    return { fits: pathTest(patterns), bundle };
  });
  const left: DiffFile[] = [];
  for (const file of files) {
    const bundle = all.find(({ fits }) => fits(file.path))?.bundle;
    if (bundle === undefined) left.push(file);
    else {
      bundle.files.push(file);
      bundle.size += file.bytes.length;
    }
  }
  return { bundles: all.map(({ bundle }): Bundle => bundle), left };
}
