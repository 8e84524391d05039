import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunningTwin } from '../../src/twins/twin.ts';
import { build, startService } from './process.ts';

/** The two services of the port: `rust` is the one that was, `go` the one that replaces it. */
export type Which = 'rust' | 'go';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Which of the two toolchains answer on this machine. */
export const toolchains: Readonly<Record<Which, boolean>> = {
  rust: spawnSync('cargo', ['--version']).status === 0,
  go: spawnSync('go', ['version']).status === 0,
};

const builds: Record<Which, { cwd: string; command: string; args: string[]; binary: string; port: string }> = {
  rust: {
    cwd: `${FOLDER}rust`,
    command: 'cargo',
    args: ['build', '--release', '--quiet'],
    binary: `${FOLDER}rust/target/release/gateway`,
    port: '--port',
  },
  go: {
    cwd: `${FOLDER}go`,
    command: 'go',
    args: ['build', '-o', 'bin/gateway', '.'],
    binary: `${FOLDER}go/bin/gateway`,
    port: '-port',
  },
};

const built = new Map<Which, Promise<void>>();

/** Once in this run; returns the path of the binary, rejects with the compiler's output. A first Rust build takes about a minute. */
export async function buildRealTwin(which: Which): Promise<string> {
  const running = built.get(which) ?? build(builds[which]);
  built.set(which, running);
  await running;
  return builds[which].binary;
}

/** Builds and starts a real twin on 127.0.0.1 (any free port unless told); resolves once it listens. */
export async function startRealTwin(
  which: Which,
  options: { port?: number; serdeErrors?: boolean } = {},
): Promise<RunningTwin> {
  const binary = await buildRealTwin(which);
  const { cwd, port } = builds[which];
  const args = [port, String(options.port ?? 0)];
  if (which === 'go' && options.serdeErrors === true) args.push('-serde-errors');
  return startService({ cwd, command: binary, args });
}
