import { ParityError } from '../../errors.ts';
import { maxShownParts } from '../limits.ts';
import type { ReviewSettings } from '../schema.ts';
import { type Bundle, makeBundles } from './bundles.ts';
import { type DiffFile, readDiff } from './diff.ts';
import { type DiffPlace, readDiffBytes } from './diff-source.ts';
import { proposeSplit } from './split.ts';

/** What is reviewed, once it is sure that it can be sent. */
export interface ReviewPlan {
  readonly settings: ReviewSettings;
  readonly bundles: readonly Bundle[];
}

export interface PlanOptions extends DiffPlace {
  readonly forceOversize: boolean;
  /** Given sentences for people, and the lines of a proposed split. */
  readonly warn: (line: string) => void;
}

/** Reads the diff and divides it into bundles; sends nothing. Throws PX2801 and PX2802 for an invalid diff, PX2803 for bundles that are too large, PX3202 where there is nothing to review, each with the place in gauntlet.yaml. */
export async function planReview(settings: ReviewSettings, options: PlanOptions): Promise<ReviewPlan> {
  const nothing = (key: string, what: string) => {
    const problems = [options.problemAt(['review', key], what)];
    const hint = 'check diff and bundles of review';
    return new ParityError('PX3202', `${what}: there is nothing to review`, { problems, hint });
  };
  const diff = await readDiffBytes(settings.diff, options);
  if (diff.toString('latin1', 0, 65_536).trim() === '') throw nothing('diff', 'the diff is empty');
  const files = readDiff(diff);
  if (files.length === 0) {
    const hint = 'review: { diff: FILE } takes what git diff or diff -u write';
    const problems = [options.problemAt(['review', 'diff'], 'what this names is not a unified diff')];
    throw new ParityError('PX2802', 'the diff names no file. Nothing was sent.', { problems, hint });
  }
  const { bundles, left } = makeBundles(files, settings.bundles);
  if (bundles.every(({ size }) => size === 0))
    throw nothing('bundles', `none of the ${files.length} files of the diff is in a bundle`);
  warnOfScope(bundles, left, options.warn);
  guardSizes({ bundles, files, settings }, options);
  return { settings, bundles };
}

function warnOfScope(bundles: readonly Bundle[], left: readonly DiffFile[], warn: PlanOptions['warn']): void {
  for (const { name, size } of bundles) if (size === 0) warn(`warning: no file of the diff is in the bundle ${name}`);
  if (left.length === 0) return;
  const names = left.slice(0, maxShownParts).map(({ path }) => path);
  const more = left.length > names.length ? `, and ${left.length - names.length} more` : '';
  warn(`warning: files in no bundle are not reviewed: ${names.join(', ')}${more}`);
}

interface Sized extends ReviewPlan {
  readonly files: readonly DiffFile[];
}

function guardSizes({ bundles, files, settings: { warn: soft, refuse } }: Sized, options: PlanOptions): void {
  const refused = bundles.filter(({ size }) => size > refuse);
  for (const { name, size } of bundles)
    if (size > soft && (size <= refuse || options.forceOversize))
      options.warn(`warning: bundle ${name} has ${kilobytes(size)}; more than ${kilobytes(soft)} is reviewed worse`);
  if (refused.length === 0 || options.forceOversize) return;
  for (const bundle of refused) showSplit(bundle, files, { limit: refuse, warn: options.warn });
  const sizes = refused.map(({ name, size }) => `${name} (${kilobytes(size)})`).join(', ');
  const problems = refused.map(({ name, size }) =>
    options.problemAt(['review', 'bundles', name], `the bundle has ${kilobytes(size)}, more than ${kilobytes(refuse)}`),
  );
  throw new ParityError('PX2803', `over ${kilobytes(refuse)}: ${sizes}. Nothing was sent.`, {
    problems,
    hint: 'take the proposed bundles, or --force-oversize',
  });
}

interface SplitOptions extends Pick<PlanOptions, 'warn'> {
  readonly limit: number;
}

function showSplit(bundle: Bundle, files: readonly DiffFile[], { limit, warn }: SplitOptions): void {
  warn(`bundle ${bundle.name} has ${kilobytes(bundle.size)}, more than ${kilobytes(limit)}. In its place:`);
  const parts = proposeSplit(bundle, files, limit);
  for (const { name, globs, size } of parts.slice(0, maxShownParts)) {
    const note = size > limit ? ': one file over the limit' : '';
    warn(`  ${name}: [${globs.map(shownGlob).join(', ')}] # ${kilobytes(size)}${note}`);
  }
  if (parts.length > maxShownParts) warn(`  and ${parts.length - maxShownParts} more`);
}

/** JSON is YAML; a path of any length is shown whole, for the line is to be pasted. */
function shownGlob(glob: string): string {
  return JSON.stringify(glob);
}

/** 1 KB is 1,000 bytes; one more byte shows. */
function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 100) / 10} KB`;
}
