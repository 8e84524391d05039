import type { Target } from '../config/config.ts';
import { behaviours, driftClasses } from '../drift/classes/catalogue.ts';
import { notePrefix } from '../drift/kit/cause.ts';
import type { Fix } from '../drift/kit/drift-rule.ts';
import type { Finding } from './finding.ts';
import type { KeptCase } from './kept-case.ts';
import { guessStacks, type Stack, stacks } from './stacks.ts';

/** How well a recipe of a runtime such as `Rust (axum)` or `Node, PHP` fits a stack: 0 for not at all, 2 for its very framework. */
function closeness(runtime: string, name: string, { language }: Stack): number {
  const [, head = '', inner = ''] = /^([^(]*)(?:\((.*)\))?$/.exec(runtime) ?? [];
  const languages = head.split(',').map((one) => one.trim().replace(/^JavaScript$/, 'Node'));
  if (!languages.includes(language)) return 0;
  const words: readonly string[] = inner.toLowerCase().match(/[a-z.]+/g) ?? [];
  if (words.includes(name)) return 2;
  // A library serves all frameworks of its language; another framework does not.
  return words.some((word) => stacks.has(word) && stacks.get(word)!.label.toLowerCase() !== language.toLowerCase())
    ? 0
    : 1;
}

/** The recipes of a class's page for a stack, the closest ones alone. Of a class with roles the first two are for one side each: `text` says for which. */
function recipesFor(
  id: string,
  text: string,
  { name, stack }: { readonly name: string; readonly stack: Stack },
): string[] {
  const hasRoles = behaviours.has(id) && behaviours.get(id)!.even !== true;
  const page = driftClasses.get(id)?.fix ?? [];
  const fits = page
    .filter(([, recipe], at) => !hasRoles || at > 1 || text.endsWith(recipe))
    .map(([runtime, recipe]) => ({ recipe, fits: closeness(runtime, name, stack) }));
  const best = Math.max(0, ...fits.map((one) => one.fits));
  return best === 0 ? [] : fits.filter((one) => one.fits === best).map(({ recipe }) => recipe);
}

/** The text of a fix speaks of this language by itself, with the names of the place filled in; or there is nothing to do. */
function isAnswer(id: string, text: string, language: string | undefined): boolean {
  if (/(?:^|: )(?:or )?nothing\b/.test(text)) return true;
  return !behaviours.has(id) && language !== undefined && text.includes(`in ${language}`);
}

function fixFor({ target, text }: Fix, { class: id, name }: { readonly class: string; readonly name: string }): Fix {
  const stack = stacks.get(name);
  if (name === '' || text.startsWith(notePrefix) || isAnswer(id, text, stack?.language)) return { target, text };
  const recipes = stack === undefined ? [] : recipesFor(id, text, { name, stack });
  const label = stack?.label ?? name;
  if (recipes.length > 0) return { target, text: `${label}: ${recipes.join('; or ')}` };
  return { target, text: `no fix for ${label} is listed; parity explain ${id} shows what it takes elsewhere` };
}

/** The stack of each target: as people say it, else as its answers show it. */
export function stacksOf(
  targets: readonly Pick<Target, 'name' | 'stack'>[],
  cases: readonly KeptCase[],
): ReadonlyMap<string, string> {
  const isSaid = targets.length > 0 && targets.every(({ stack }) => stack !== undefined);
  const found = isSaid ? new Map<string, string>() : guessStacks(cases);
  for (const { name, stack } of targets) if (stack !== undefined) found.set(name, stack);
  return found;
}

/** The fixes of a finding in the language of each target whose stack is known; those of an unexplained one are none. */
export function inStacks(
  finding: Pick<Finding, 'class' | 'fixes'>,
  known: ReadonlyMap<string, string>,
): readonly Fix[] {
  const fixes = finding.fixes.map((fix) => fixFor(fix, { class: finding.class, name: known.get(fix.target) ?? '' }));
  const seen = new Set<string>();
  return fixes.filter(({ target, text }) => {
    const key = `${target} ${text}`;
    return !seen.has(key) && seen.add(key);
  });
}
