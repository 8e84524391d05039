import type { ConfigFile } from '../config/config-file.ts';
import { didYouMean, quoteForMessage } from '../config/source/did-you-mean.ts';
import type { Span } from '../config/source/source.ts';
import { entriesOf, field, itemsOf, locate, textOf } from '../config/source/tree-access.ts';
import type { Risk } from './schema.ts';

/** Notes names in gauntlet.yaml that are used twice: of what becomes a file, and of what is looked up by its name. */
export function refuseDoubles(file: ConfigFile): void {
  const reviewers = namesAt(file, ['review', 'reviewers'], 'name');
  const bundles = file.node === null ? null : locate(file.node, ['review', 'bundles']).node;
  const answers = entriesOf(bundles).flatMap(({ key, keySpan }) => [
    { name: `${key}_tally`, span: keySpan },
    ...reviewers.map(({ name, span }) => ({ name: `${key}_${name}`, span })),
  ]);
  for (const key of ['services', 'smoke']) refuseDoubleIds(file, [key], 'name');
  refuseDoubleIds(file, ['review', 'reviewers'], 'name');
  refuseDoubleIds(file, ['assess', 'gates'], 'id');
  refuseDoubleIds(file, ['assess', 'scorecard'], 'dimension');
  noteDoubles(file, answers, (name) => `two files of verdicts would have the name ${name}`);
}

/** Notes items of a list that have the same text at a key; upper and lower case do not count, as on some systems in names of files. */
export function refuseDoubleIds(file: ConfigFile, path: readonly string[], key: string): void {
  noteDoubles(file, namesAt(file, path, key), (name) => `the ${key} ${name} is used twice`);
}

interface Named {
  readonly name: string;
  readonly span: Span;
}

function noteDoubles({ complain }: ConfigFile, all: readonly Named[], say: (name: string) => string): void {
  const seen = new Set<string>();
  for (const { name, span } of all) {
    if (seen.has(name.toLowerCase())) {
      const hint = 'rename one of the two; upper and lower case do not count';
      complain(span, { message: say(quoteForMessage(name)), hint });
    }
    seen.add(name.toLowerCase());
  }
}

/** Notes claims whose risk is not in the file of risks. */
export function refuseUnknownRisks(claims: ConfigFile, risks: readonly Risk[]): void {
  const ids = risks.map(({ id }) => id);
  for (const { name, span } of namesAt(claims, [], 'risk')) {
    if (ids.includes(name)) continue;
    const message = `there is no risk ${quoteForMessage(name)} in the file of risks`;
    claims.complain(span, { message, hint: didYouMean(name, ids) });
  }
}

function namesAt({ node }: ConfigFile, path: readonly string[], key: string): Named[] {
  const items = node === null ? [] : itemsOf(locate(node, path).node);
  return items.flatMap((item) => {
    const value = field(item, key);
    const name = textOf(value);
    return value === null || name === null ? [] : [{ name, span: value.span }];
  });
}
