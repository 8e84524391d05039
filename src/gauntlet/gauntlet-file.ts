import { resolve } from 'node:path';
import type { z } from 'zod';
import { type ConfigFile, configPath, readYamlFile } from '../config/config-file.ts';
import { type Environment, type Expander, expandEnvironment } from '../config/environment.ts';
import { quoteForMessage } from '../config/source/did-you-mean.ts';
import type { Span } from '../config/source/source.ts';
import type { SourceNode } from '../config/source/source-node.ts';
import { entriesOf, field, itemsOf, locate, textOf } from '../config/source/tree-access.ts';
import { parseNode } from '../config/source/zod-issues.ts';
import { ParityError } from '../errors.ts';
import { type Claim, claimsSchema, type Gauntlet, gauntletSchema, type Risk, risksSchema } from './schema.ts';

/** `gauntlet.yaml` with the files that it names, checked; paths in it are as written, relative to `root`. */
export interface GauntletFile extends Gauntlet {
  /** Absolute. */
  readonly path: string;
  /** Absolute folder that its paths begin at, and that its commands run in. */
  readonly root: string;
  readonly risks: readonly Risk[];
  readonly claims: readonly Claim[];
}

/** What the file is read with. */
export interface GauntletEnvironment {
  readonly cwd: string;
  readonly env: Environment;
  /** Takes note of secrets as they are read. */
  readonly secrets: Set<string>;
  /** Takes note of variables whose values are too short to be masked. */
  readonly short: Set<string>;
}

/** Keys whose texts are left as they are: `$` means something to the programs that get them, or they are prose. */
const verbatimKeys = new Set(['command', 'shell', 'title', 'claim', 'reason']);

/** Takes `--config` (null: the nearest gauntlet.yaml, upwards to the repository root); returns the file, `${NAME}` filled in; throws PX2101 with every problem, PX2103 for missing variables, PX2105 if there is no file. */
export async function readGauntletFile(named: string | null, environment: GauntletEnvironment): Promise<GauntletFile> {
  const path = configPath(named, environment.cwd, 'gauntlet.yaml');
  if (path === null) {
    const hint = 'parity init --gauntlet writes one, or name one with --config FILE';
    throw new ParityError('PX2105', `there is no gauntlet.yaml in ${environment.cwd} or above it`, { hint });
  }
  const file = await readYamlFile(path, environment.cwd);
  const gauntlet = read(file, gauntletSchema, environment) ?? gauntletSchema.parse({});
  refuseTwins(file);
  file.settle();
  const { risks, claims } = gauntlet.assess ?? {};
  return {
    ...gauntlet,
    path,
    root: file.root,
    risks: risks === undefined ? [] : await readList(resolve(file.root, risks), risksSchema, environment),
    claims: claims === undefined ? [] : await readList(resolve(file.root, claims), claimsSchema, environment),
  };
}

/** Every file that is named must be there: none is read as an empty one. */
async function readList<Schema extends z.ZodType>(path: string, schema: Schema, environment: GauntletEnvironment) {
  const file = await readYamlFile(path, environment.cwd);
  return read(file, schema, environment) ?? schema.parse([]);
}

/** Null for a file that holds nothing. */
function read<Schema extends z.ZodType>(file: ConfigFile, schema: Schema, environment: GauntletEnvironment) {
  if (file.node === null) return null;
  const { env, secrets, short } = environment;
  const node = expandTree(file.node, { env, secrets, short, complain: file.complain });
  file.settle();
  const parsed = parseNode(node, schema, file.complain);
  file.settle();
  return parsed?.value ?? null;
}

function expandTree(node: SourceNode, expander: Expander): SourceNode {
  if (node.kind === 'text') return { ...node, value: expandEnvironment(node, expander) ?? '' };
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => expandTree(item, expander)) };
  if (node.kind !== 'map') return node;
  const entries = node.entries.map((entry) => {
    const isVerbatim = verbatimKeys.has(entry.key) && entry.value.kind !== 'map';
    return isVerbatim ? entry : { ...entry, value: expandTree(entry.value, expander) };
  });
  return { ...node, entries };
}

/** Names become names of files, also on systems that take `A` and `a` for one. */
function refuseTwins({ node, complain }: ConfigFile): void {
  const reviewers = namesAt(node, 'review', 'reviewers');
  const answers = entriesOf(node === null ? null : locate(node, ['review', 'bundles']).node).flatMap(
    ({ key, keySpan }) => [
      { name: `${key}_tally`, span: keySpan },
      ...reviewers.map(({ name, span }) => ({ name: `${key}_${name}`, span })),
    ],
  );
  for (const all of [namesAt(node, 'services'), namesAt(node, 'smoke'), reviewers, answers]) {
    const seen = new Set<string>();
    for (const { name, span } of all) {
      if (seen.has(name.toLowerCase())) {
        const message = `two files would be called ${quoteForMessage(name)}, case aside`;
        complain(span, { message, hint: 'rename one of the two' });
      }
      seen.add(name.toLowerCase());
    }
  }
}

function namesAt(root: SourceNode | null, ...path: string[]): { readonly name: string; readonly span: Span }[] {
  const items = root === null ? [] : itemsOf(locate(root, path).node);
  return items.flatMap((item) => {
    const node = field(item, 'name');
    return node === null ? [] : [{ name: textOf(node) ?? '', span: node.span }];
  });
}
