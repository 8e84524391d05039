import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { gauntletFolders } from '../gauntlet-folder.ts';
import { maxNamedFiles } from '../limits.ts';
import { type PhaseName, phaseNames } from '../phase-results.ts';
import { committedSince } from '../project-state.ts';
import { type AssessOptions, assessmentFiles, type Computed, computeAssessment } from './assess.ts';
import { type Assessment, assessmentSchema } from './assessment.ts';
import type { EvidenceFolders } from './evidence.ts';

/** What a check of an assessment came to. */
export interface Checked {
  /** What it comes to now. */
  readonly verdict: Assessment['verdict'];
  /** Why it is not what the evidence and the project come to, a sentence each; none if it is. */
  readonly differences: readonly string[];
}

/** Takes an assessment that was read from its folder; computes it again from its evidence, with all commands, and compares the two. It writes nothing. Null if the signal came. */
export async function checkAssessment(
  stored: Assessment,
  options: Omit<AssessOptions, 'evidence' | 'again'>,
): Promise<Checked | null> {
  const { file, reports, folder, start } = options;
  const evidence = await foldersOf(stored, options);
  const computed = await computeAssessment({ ...options, evidence, again: stored.made });
  if (computed === null) return null;
  const { commit, dirty } = stored.made;
  const since = commit === null ? null : await committedSince(file, reports, commit);
  return {
    verdict: computed.assessment.verdict,
    differences: [
      ...(since === null ? [] : [`it is of another state of the project: ${since}`]),
      ...(dirty === start.dirty
        ? []
        : ['it is of another state of the project: what is not committed is not the same']),
      ...(await changedEvidence(stored, folder)),
      // Keys in the order of the schema, as those that were read.
      ...differencesOf(stored, assessmentSchema.parse(computed.assessment)),
      ...(await changedFiles(stored, computed, options)),
    ],
  };
}

/** Where the evidence was: folders of gauntlets alone. */
async function foldersOf({ made }: Assessment, { reports, folder }: Pick<AssessOptions, 'reports' | 'folder'>) {
  const known = new Set(await gauntletFolders(reports));
  const paths = Object.keys(made.evidence).map((path) => resolve(folder, path));
  const folderOf = (phase: PhaseName) => {
    const found = paths.find((path) => basename(path) === `${phase}.json` && known.has(dirname(path)));
    return found === undefined ? null : dirname(found);
  };
  return Object.fromEntries(phaseNames.map((phase) => [phase, folderOf(phase)])) as EvidenceFolders;
}

async function changedEvidence({ made }: Assessment, folder: string): Promise<string[]> {
  const changed: string[] = [];
  for (const [path, hash] of Object.entries(made.evidence))
    if ((await hashOf(resolve(folder, path))) !== hash) changed.push(path);
  return changed.map((path) => `${path} is not the file that the verdict was computed from`);
}

async function hashOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) return null;
  const hash = createHash('sha256');
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) hash.update(part);
  return hash.digest('hex');
}

const compared = ['phases', 'unjudged', 'scorecard', 'risks', 'claims', 'gates', 'gaps', 'backlog', 'delta'] as const;

function differencesOf(stored: Assessment, now: Assessment): string[] {
  const verdict =
    stored.verdict === now.verdict ? [] : [`the verdict is ${now.verdict}, and it says ${stored.verdict}`];
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const keys = compared.filter((key) => !isSame(stored[key], now[key]));
  // Why a phase was not judged is known to the gauntlet alone.
  const isReasoned = stored.unjudged.length > 0 || isSame(stored.reasons, now.reasons);
  return [
    ...verdict,
    ...keys.map(
      (key) => `\`${key}\` ${key === 'gates' ? 'are' : 'is'} not what it comes to${itemsOf(stored[key], now[key])}`,
    ),
    ...(isReasoned ? [] : ['`reasons` are not what it comes to']),
  ];
}

/** The first items that differ, by name. */
function itemsOf(before: unknown, now: unknown): string {
  if (!Array.isArray(before) || !Array.isArray(now)) return '';
  const texts = [before, now].map((items) => new Set(items.map((item) => JSON.stringify(item))));
  const differing = [...before, ...now].filter((item) => !texts.every((one) => one.has(JSON.stringify(item))));
  const names = [...new Set(differing.map(nameOf))].slice(0, maxNamedFiles);
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

function nameOf(item: unknown): string {
  const { id, dimension, claim } = Object(item) as Partial<Record<'id' | 'dimension' | 'claim', string>>;
  return (id ?? dimension ?? claim ?? String(item)).slice(0, 100);
}

/** What people read must say what programs read, if the same tool rendered it. */
async function changedFiles(
  stored: Assessment,
  computed: Computed,
  { folder, tool }: Pick<AssessOptions, 'folder' | 'tool'>,
): Promise<string[]> {
  if (stored.made.tool !== tool) return [];
  const all = Object.entries(assessmentFiles({ ...computed, assessment: stored }));
  const files = all.filter(([name]) => name !== 'assessment.json');
  const changed: string[] = [];
  for (const [name, text] of files)
    if ((await readFile(join(folder, name), 'utf8').catch(() => null)) !== text) changed.push(name);
  return changed.map((name) => `${name} is not what assessment.json says`);
}
