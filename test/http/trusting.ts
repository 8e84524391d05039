import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';

const run = promisify(execFile);

/** The outcomes that a process gets which trusts this certificate: Node reads its authorities when it starts. */
export async function trusting(cert: string, urls: readonly string[]): Promise<unknown[]> {
  const dir = await mkdtemp(join(tmpdir(), 'parity-tls-'));
  const bundle = await rolldown({
    input: fileURLToPath(new URL('tls-client.ts', import.meta.url)),
    platform: 'node',
  });
  await bundle.write({ file: join(dir, 'client.mjs'), format: 'esm', codeSplitting: false });
  await writeFile(join(dir, 'authority.pem'), cert);
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(dir, 'authority.pem') };
  const { stdout } = await run(process.execPath, [join(dir, 'client.mjs'), ...urls], { env });
  await rm(dir, { recursive: true });
  return JSON.parse(stdout);
}
