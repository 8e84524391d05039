import { readCompare } from '../../config/compare.ts';
import type { CompareOptions } from '../../config/rules.ts';
import { positionAt } from '../../config/source/source.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { field, itemsOf, textOf } from '../../config/source/tree-access.ts';
import type { TestCase } from '../case.ts';
import { checkId } from './check-parts.ts';
import type { CaseContext } from './context.ts';
import type { RowCase } from './rows.ts';
import { readCaseSteps } from './steps.ts';

/** What the file says for all of its cases. */
export interface SuiteDefaults {
  readonly suite: string;
  readonly routes: readonly string[];
  readonly tags: readonly string[];
  readonly safe: boolean;
  readonly compare: Partial<CompareOptions>;
}

/** Takes a case node that fits its schema and the defaults of its file; returns the case; notes what its schema cannot see. */
export function readCase({ node, suffix }: RowCase, defaults: SuiteDefaults, context: CaseContext): TestCase {
  const { complain } = context.expander;
  checkId(node, context);
  const safe = field(node, 'safe');
  const isSafe = safe?.kind === 'boolean' ? safe.value : defaults.safe;
  return {
    id: `${defaults.suite}/${textOf(field(node, 'id')) ?? ''}${suffix}`,
    suite: defaults.suite,
    title: textOf(field(node, 'title')),
    tags: [...new Set([...defaults.tags, ...texts(field(node, 'tags'))])],
    safe: isSafe,
    ...readCaseSteps(node, isSafe, context),
    ...(isSet(node, 'serial') ? { serial: true } : {}),
    ...(isSet(node, 'cookies') ? { cookies: true } : {}),
    ...(textOf(field(node, 'connection')) === 'fresh' ? { fresh: true } : {}),
    compare: { ...defaults.compare, ...readCompare(field(node, 'compare'), complain) },
    routes: defaults.routes,
    location: { file: context.file, ...positionAt(context.source, node.span.start) },
  };
}

function isSet(node: SourceNode, key: string): boolean {
  const flag = field(node, key);
  return flag?.kind === 'boolean' && flag.value;
}

/** Takes a list of texts; returns them. */
export function texts(node: SourceNode | null): string[] {
  return itemsOf(node).map((item) => textOf(item) ?? '');
}
