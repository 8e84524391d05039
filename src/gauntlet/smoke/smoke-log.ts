import { join } from 'node:path';
import type { Mask } from '../../redact/redact.ts';
import { addLine, makeFolder, writeNew } from '../new-file.ts';
import { writePhase } from '../phase-results.ts';
import type { CheckResult } from './run-checks.ts';

/** Writes what came of smoke checks into the folder of a gauntlet, each line as it comes. */
export interface SmokeLog {
  /** Returns the line of the check. */
  add(result: CheckResult): Promise<string>;
  /** Returns the last line. */
  close(): Promise<string>;
  readonly results: readonly CheckResult[];
}

/** `smoke.log`, `smoke/NAME.log` of what failed and, at the end, the result of the phase. */
export function openSmokeLog(folder: string, mask: Mask): SmokeLog {
  const results: CheckResult[] = [];
  const write = async (line: string) => {
    await addLine(join(folder, 'smoke.log'), line);
    return line;
  };
  return {
    results,
    async add(result) {
      results.push(result);
      if (!result.isPass) await writeEvidence(folder, { ...mask(result), name: result.name });
      const { isPass, name, durationMs } = result;
      return write(`${isPass ? 'PASS' : 'FAIL'} ${name} ${Math.floor(durationMs / 1000)}s`);
    },
    async close() {
      const failed = results.filter(({ isPass }) => !isPass).map(({ name }) => name);
      const counts = { pass: results.length - failed.length, fail: failed.length };
      await writePhase(folder, 'smoke', { ...counts, failed });
      return write(`--- ${counts.pass} PASS / ${counts.fail} FAIL ---`);
    },
  };
}

async function writeEvidence(folder: string, { name, how, output }: CheckResult): Promise<void> {
  await makeFolder(join(folder, 'smoke'));
  await writeNew(join(folder, 'smoke', `${name}.log`), `${name} ${how}\n\n${output}`);
}
