import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type CommandResult, runCommand } from '../../processes/run-command.ts';
import type { Mask } from '../../redact/redact.ts';
import { maxCitedBytes, maxProofMs } from '../limits.ts';
import { makeFolder, writeNew } from '../new-file.ts';
import type { Proof } from '../schema.ts';

/** What commands of an assessment are run with. */
export interface CommandOptions {
  readonly marks: readonly string[];
  readonly signal: AbortSignal;
  /** Told how to kill a command at once and without waiting. */
  readonly onStarted: (killNow: () => void) => void;
}

/** What came of one proof. */
export interface ProofResult {
  /** The citation, or the words of the command. */
  readonly text: string;
  readonly holds: boolean;
  /** There is nothing to judge: no such file or line, or the command could not be started. */
  readonly isMissing: boolean;
  /** Completes a sentence: `exited with code 1`, `does not exist`. */
  readonly how: string;
}

/** Looks proofs up, and runs their commands: the same command only once. */
export interface Prover {
  prove(proof: Proof): Promise<ProofResult>;
  runs(command: readonly string[], timeoutMs?: number): Promise<ProofResult>;
  fileExists(path: string): Promise<ProofResult>;
}

interface ProverOptions extends CommandOptions {
  /** Folder that commands run in and paths begin at. */
  readonly root: string;
  /** Folder for the outputs of commands, made when there is one; null: they are not kept. */
  readonly logs: string | null;
  readonly mask: Mask;
}

export function createProver(options: ProverOptions): Prover {
  const { root } = options;
  const known = new Map<string, Promise<ProofResult>>();
  const runs: Prover['runs'] = (command, timeoutMs = maxProofMs) => {
    const key = JSON.stringify(command);
    const result = known.get(key) ?? runOnce(command, { ...options, timeoutMs, number: known.size + 1 });
    known.set(key, result);
    return result;
  };
  return {
    runs,
    prove: (proof) => (typeof proof === 'string' ? citationResult(root, proof) : runs(proof.command)),
    async fileExists(path) {
      const holds = await isFile(resolve(root, path));
      return { text: path, holds, isMissing: !holds, how: holds ? 'exists' : 'does not exist' };
    },
  };
}

interface Run extends ProverOptions {
  readonly timeoutMs: number;
  /** Of its log. */
  readonly number: number;
}

async function runOnce(command: readonly string[], { root, logs, mask, number, ...options }: Run) {
  const { marks, signal, timeoutMs } = options;
  const onStarted = ({ killNow }: { killNow: () => void }) => options.onStarted(killNow);
  const result = await runCommand({ command }, { cwd: root, marks, signal, timeoutMs, onStarted });
  const text = commandText(command);
  if (logs !== null) {
    await makeFolder(logs);
    await writeNew(join(logs, `${number}.log`), mask(logText(text, result)));
  }
  const { isSuccess, how } = result;
  return { text, holds: isSuccess, isMissing: how.startsWith('could not be started'), how };
}

function logText(command: string, { how, durationMs, output }: CommandResult): string {
  return `${command}\n${how}, ${Math.floor(durationMs / 1000)}s\n\n${output}`;
}

/** Words of a command in one line. */
export function commandText(command: readonly string[]): string {
  return command.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

/** A citation `path:line` exists where the file has that line. */
async function citationResult(root: string, citation: string): Promise<ProofResult> {
  const colon = citation.lastIndexOf(':');
  const line = Number(citation.slice(colon + 1));
  const path = resolve(root, citation.slice(0, colon));
  if (!(await isFile(path))) return { text: citation, holds: false, isMissing: true, how: 'does not exist' };
  const holds = line >= 1 && (await hasLine(path, line));
  return { text: citation, holds, isMissing: !holds, how: holds ? 'exists' : 'is beyond the end of the file' };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The last line may lack its line end; behind the last line end there is no line. */
async function hasLine(path: string, line: number): Promise<boolean> {
  let [ends, last] = [0, 10];
  try {
    for await (const chunk of createReadStream(path, { end: maxCitedBytes - 1 }) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) ends += 1;
      last = chunk.at(-1) ?? last;
      if (ends >= line) return true;
    }
  } catch {
    return false;
  }
  return last !== 10 && ends === line - 1;
}
