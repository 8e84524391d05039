import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary folders of all tests go into one, and with it when they are done. */
export default function ownFolder(): () => void {
  // Tiers that run together share one: Chromium takes no long path for its socket.
  if (process.env.TMPDIR?.includes('parity-tests-') === true) return () => {};
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'parity-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
