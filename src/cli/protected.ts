import { createInterface } from 'node:readline/promises';
import type { Config } from '../config/config.ts';
import { terminalText } from '../json/printable.ts';
import { protectedHosts, refusedHosts } from '../run/refusals.ts';
import { listOption, type Options } from './options.ts';

/**
 * Asks before anything is sent to a host that the configuration protects, whatever is to be sent: its name must be typed. Where
 * nobody can be asked, `--allow-protected HOST` allows it. Throws ParityError PX2407.
 */
export async function askProtected(config: Config, options: Options): Promise<void> {
  const allowed = listOption(options, 'allowProtected');
  const left = protectedHosts(config, allowed);
  for (const host of left) if (!(await isTyped(host))) throw refusedHosts(left);
}

async function isTyped(host: string): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  const question = `${terminalText(host)} is protected. Type its name to send requests to it: `;
  const typed = await Promise.race([asking.question(question), closed]);
  asking.close();
  return typed.trim() === host;
}
