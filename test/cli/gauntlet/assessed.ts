import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assessment, assessmentSchema } from '../../../src/gauntlet/assess/assessment.ts';
import { type Ended, folder, parity } from '../command.ts';
import { newest } from './gauntlet.ts';

/** The files of an assessment. */
export const files = [
  ...['acceptance-gates.md', 'assessment.html', 'assessment.json', 'assessment.md', 'backlog.md'],
  ...['claim-coverage.md', 'delta.md', 'risk-register.md'],
];
/** A smoke check that passes. */
export const passing = { name: 'd1', command: ['true'] };
/** A gate with this command. */
export const gate = (...command: string[]) => ({ gates: [{ id: 'G1', title: 'guard', command, timeout: '20s' }] });

/** A folder with this gauntlet.yaml and these files. */
export const project = (gauntlet: object, more: Record<string, string> = {}) =>
  folder({ 'gauntlet.yaml': JSON.stringify(gauntlet), ...more });

/** Writes a file of a project again. */
export function rewrite(cwd: string, name: string, value: unknown): void {
  writeFileSync(join(cwd, name), typeof value === 'string' ? value : JSON.stringify(value));
}

interface Assessed extends Ended {
  readonly assessment: Assessment;
}

/** Runs `parity assess`, and reads what it wrote. */
export async function assess(
  cwd: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<Assessed> {
  const ended = await parity(['assess', ...args], { cwd, env });
  return { ...ended, assessment: assessmentSchema.parse(JSON.parse(newest(cwd, 'assessment.json'))) };
}
