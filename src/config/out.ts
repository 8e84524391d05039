import { dirname, resolve } from 'node:path';
import { type ConfigFile, configPath } from './config-file.ts';
import type { ConfigFlags } from './config-flags.ts';
import { readSource } from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';
import { field, textOf } from './source/tree-access.ts';

/** Where run folders are. */
export interface OutFolder {
  /** Absolute. */
  readonly path: string;
  /** The configuration that cannot be read and might name another folder, or null. */
  readonly unread: string | null;
}

/** What the command line says of run folders and of the configuration, as written. */
export type OutFlags = Pick<ConfigFlags, 'out'> & { readonly config?: string };

/** Takes flags and working directory; returns where run folders are: `--out`, else what the configuration says of it, whatever else is wrong there, else `reports`. Throws PX2105 if the file that `--config` names does not exist. */
export async function findOut(flags: OutFlags, cwd: string): Promise<OutFolder> {
  if (flags.out !== undefined) return { path: resolve(cwd, flags.out), unread: null };
  const file = configPath(flags.config ?? null, cwd);
  const usual = resolve(cwd, 'reports');
  if (file === null) return { path: usual, unread: null };
  const root = await looseTree(file, cwd);
  if (root === null) return { path: usual, unread: file };
  const out = field(root, 'out');
  if (out !== null && out.kind !== 'text') return { path: usual, unread: file };
  return { path: namedOut(root, dirname(file)), unread: null };
}

/** Takes flags, the configuration and the working directory; returns where run folders are. */
export function outOf({ out }: Pick<OutFlags, 'out'>, file: ConfigFile, cwd: string): string {
  return out === undefined ? namedOut(file.node, file.root) : resolve(cwd, out);
}

/** The folder of run folders that a configuration names, or the usual one. */
function namedOut(node: SourceNode | null, root: string): string {
  return resolve(root, textOf(field(node, 'out')) ?? 'reports');
}

/** Its tree, though its schema may not hold; null if it has none. An empty file says nothing, which is not a fault. */
async function looseTree(file: string, cwd: string): Promise<SourceNode | null> {
  const source = readSource(file, cwd, []);
  if (source === null) return null;
  const { parseTree } = await import('./source/yaml-tree.ts');
  const tree = parseTree(source, { start: 0, end: source.text.length }, () => {});
  return tree?.kind === 'map' || tree?.kind === 'null' ? tree : null;
}
