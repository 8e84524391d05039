import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { type ConfigFile, configPath, readYamlFile } from '../config/config-file.ts';
import { type Environment, type Expander, expandEnvironment } from '../config/environment.ts';
import { quoteForMessage } from '../config/source/did-you-mean.ts';
import type { SourceNode } from '../config/source/source-node.ts';
import { locate } from '../config/source/tree-access.ts';
import { parseNode } from '../config/source/zod-issues.ts';
import { ParityError, type Problem } from '../errors.ts';
import { refuseDoubleIds, refuseDoubles, refuseUnknownRisks } from './doubles.ts';
import { type Claim, claimsSchema, type Gauntlet, gauntletSchema, type Risk, risksSchema } from './schema.ts';

/** `gauntlet.yaml` with the files that it names, checked; paths in it are as written, relative to `root`. */
export interface GauntletFile extends Gauntlet {
  /** Absolute. */
  readonly path: string;
  /** Absolute folder that its paths begin at, and that its commands run in. */
  readonly root: string;
  readonly risks: readonly Risk[];
  readonly claims: readonly Claim[];
  /** Absolute path of the configuration of the parity run. Throws PX2101, with its place in the file, where there is no such file. */
  readonly parityConfig: () => string;
  /** Takes a path of keys and what is wrong there; returns it with its place in the file, or with that of the part that is there. */
  readonly problemAt: ProblemAt;
}

/** Finds a place in gauntlet.yaml by its keys, outermost first. */
export type ProblemAt = (keys: readonly string[], message: string) => Problem;

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
  refuseDoubles(file);
  const { risks, claims } = gauntlet.assess ?? {};
  for (const [key, named] of Object.entries({ risks, claims })) requireFile(file, ['assess', key], named);
  file.settle();
  return {
    ...gauntlet,
    path,
    root: file.root,
    ...(await readRegisters(file.root, { risks, claims }, environment)),
    parityConfig() {
      const config = gauntlet.parity?.config ?? 'parity.yaml';
      requireFile(file, ['parity', 'config'], config, 'parity init writes a parity.yaml');
      file.settle();
      return resolve(file.root, config);
    },
    problemAt: (keys, message) => problemIn(file, keys, message),
  };
}

function problemIn({ node, path, problemAt }: ConfigFile, keys: readonly string[], message: string): Problem {
  const { span } = node === null ? { span: { start: 0, end: 0 } } : locate(node, keys);
  return problemAt?.(span, message) ?? { file: path ?? '', line: 1, col: 1, message };
}

interface RegisterPaths {
  readonly risks: string | undefined;
  readonly claims: string | undefined;
}

async function readRegisters(root: string, paths: RegisterPaths, environment: GauntletEnvironment) {
  const risks = await readList(root, paths.risks, environment);
  const claims = await readList(root, paths.claims, environment);
  const found = {
    risks: (risks && read(risks, risksSchema, environment)) ?? [],
    claims: (claims && read(claims, claimsSchema, environment)) ?? [],
  };
  if (risks !== null) refuseDoubleIds(risks, [], 'id');
  if (claims !== null) refuseDoubleIds(claims, [], 'claim');
  if (risks !== null && claims !== null) refuseUnknownRisks(claims, found.risks);
  risks?.settle();
  claims?.settle();
  return found;
}

async function readList(root: string, path: string | undefined, { cwd }: GauntletEnvironment) {
  return path === undefined ? null : await readYamlFile(resolve(root, path), cwd);
}

/** Every file that is named must be there: none is read as an empty one. */
function requireFile(file: ConfigFile, at: readonly string[], named: string | undefined, hint?: string): void {
  if (named === undefined || file.node === null) return;
  if (statSync(resolve(file.root, named), { throwIfNoEntry: false })?.isFile() === true) return;
  const message = `\`${at.join('.')}\` names the file ${quoteForMessage(named)}, which does not exist`;
  file.complain(locate(file.node, at).span, { message, hint: hint ?? 'paths begin at the folder of this file' });
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
