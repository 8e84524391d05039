import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeNew } from './new-file.ts';

const count = z.int().min(0);

/** What each phase leaves for the assessment, as `NAME.json` in the folder of the gauntlet has it. */
const phaseSchemas = {
  smoke: z.object({ pass: count, fail: count, failed: z.array(z.string()) }),
  review: z.object({
    bundles: z.array(z.object({ name: z.string(), convergent: count, distinct: count })),
    /** Locations, `src/a.go:17`, at which two or more distinct lineages say BLOCK and that are not dismissed. */
    blocked: z.array(z.string()),
    /** In every bundle as many lineages as the quorum answered. */
    hasQuorum: z.boolean(),
  }),
  parity: z.object({
    verdict: z.string(),
    /** Id of the run. */
    run: z.string(),
    /** Path of its report document, `report.json`, relative to the gauntlet's folder. */
    report: z.string(),
    findings: count,
    exitCode: count,
  }),
} as const;

export type PhaseName = keyof typeof phaseSchemas;
export const phaseNames = Object.keys(phaseSchemas) as PhaseName[];
export type PhaseResult<Name extends PhaseName> = z.output<(typeof phaseSchemas)[Name]>;

/** Writes the result of a phase into the folder of a gauntlet. */
export async function writePhase<Name extends PhaseName>(folder: string, name: Name, result: PhaseResult<Name>) {
  await writeNew(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

/** The result of a phase, or null if the gauntlet in this folder has none that can be read. */
export async function readPhase<Name extends PhaseName>(folder: string, name: Name): Promise<PhaseResult<Name> | null> {
  const text = await readFile(join(folder, `${name}.json`), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const result = phaseSchemas[name].safeParse(JSON.parse(text));
    return result.success ? (result.data as PhaseResult<Name>) : null;
  } catch {
    return null;
  }
}
