import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunningTwin } from '../../src/twins/twin.ts';

/** One command as it is run: without a shell. */
export interface Command {
  readonly cwd: string;
  readonly command: string;
  readonly args: readonly string[];
}

const MOST_COMPLAINT = 8 * 1024;

/** Runs a command to its end; rejects with what it printed where that is not good. */
export async function build({ cwd, command, args }: Command): Promise<void> {
  await promisify(execFile)(command, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
}

/** Starts a service and resolves once it prints `listening on ADDRESS`; rejects with its complaints if it ends before. */
export async function startService({ cwd, command, args }: Command): Promise<RunningTwin> {
  const child = spawn(command, [...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  return { url: await readyUrl(child), close: () => end(child) };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    let complaint = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it was ready: ${complaint}`)));
    // Read to its end, or the service would block on a full pipe.
    child.stderr?.on('data', (chunk: Buffer) => {
      if (complaint.length < MOST_COMPLAINT) complaint += chunk.toString('utf8');
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const address = /^listening on ([\d.:]+)$/m.exec(output)?.[1];
      if (address !== undefined) resolve(`http://${address}`);
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
