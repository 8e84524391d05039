import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ParityError, type Problem } from '../errors.ts';
import { quoteForMessage } from './source/did-you-mean.ts';
import {
  type CodedProblem,
  type Complain,
  complainer,
  problemAt,
  readSource,
  type Span,
  throwProblems,
} from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';

/** A configuration file that fits its schema. */
export interface ConfigFile {
  readonly path: string | null;
  /** Folder that its relative paths begin at. */
  readonly root: string;
  readonly node: SourceNode | null;
  /** Notes a problem in the file. */
  readonly complain: Complain;
  /** Throws what was noted, if anything was. */
  readonly settle: () => void;
  /** A place in the file with what is wrong there, for an error of another kind; absent where there is no file that can be read. */
  readonly problemAt?: (span: Span, message: string) => Problem;
}

/** Takes `--config` (or null) and the working directory; returns the file, or an empty one if there is none; throws PX2101 with every problem of form, PX2105 if the named file does not exist. */
export async function readConfigFile(named: string | false | null, cwd: string): Promise<ConfigFile> {
  const path = configPath(named, cwd);
  if (path === null) return { path: null, root: cwd, node: null, complain: () => {}, settle: () => {} };
  const file = await readYamlFile(path, cwd);
  const { configSchema } = await import('./schema.ts');
  const { conforms } = await import('./source/zod-issues.ts');
  if (file.node !== null) conforms(file.node, configSchema, file.complain);
  file.settle();
  return file;
}

/** Takes an absolute path and the working directory; returns the file as a tree; throws PX2101 if it is not YAML. */
export async function readYamlFile(path: string, cwd: string): Promise<ConfigFile> {
  const problems: CodedProblem[] = [];
  const settle = () => throwProblems('PX2101', problems);
  const source = readSource(path, cwd, problems);
  settle();
  if (source === null) return { path, root: dirname(path), node: null, complain: () => {}, settle };
  const complain = complainer(source, problems);
  const { parseTree } = await import('./source/yaml-tree.ts');
  const tree = parseTree(source, { start: 0, end: source.text.length }, complain);
  settle();
  const node = tree?.kind === 'null' ? null : tree;
  return {
    path,
    root: dirname(path),
    node,
    complain,
    settle,
    problemAt: (span, message) => problemAt(source, span, { message }),
  };
}

/** Takes `--config` (`false`: none, null: the nearest), the working directory and the usual name; returns the path of the file, or null if there is none; throws PX2105 if the named file does not exist. */
export function configPath(named: string | false | null, cwd: string, usual = 'parity.yaml'): string | null {
  if (named === false) return null;
  return named === null ? findUpwards(cwd, usual) : existing(resolve(cwd, named), { named, usual });
}

function existing(path: string, { named, usual }: { readonly named: string; readonly usual: string }): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
  const command = usual === 'gauntlet.yaml' ? 'parity init --gauntlet' : 'parity init';
  const hint = `name a file with --config, or run \`${command}\` to write one`;
  throw new ParityError('PX2105', `the configuration file ${quoteForMessage(named)} does not exist`, { hint });
}

/** The nearest file of that name (`.yml` counts as `.yaml`) in an absolute folder or above, up to the repository root (the folder with `.git`) or that of the file system, or null. */
function findUpwards(folder: string, name: string): string | null {
  const files = [name, name.replace(/\.yaml$/, '.yml')].map((one) => join(folder, one));
  const found = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  if (found !== undefined) return found;
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, '.git')) ? null : findUpwards(above, name);
}
