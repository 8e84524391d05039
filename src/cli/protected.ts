import { createInterface } from 'node:readline/promises';
import type { Config } from '../config/config.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { listOption, type Options } from './options.ts';

/**
 * Asks before anything is sent to a host that the configuration protects, whatever is to be sent: its name must be typed. Where
 * nobody can be asked, `--allow-protected HOST` allows it. Throws ParityError PX2407.
 */
export async function askProtected(config: Config, options: Options): Promise<void> {
  const allowed = listOption(options, 'allowProtected');
  const hosts = [
    ...new Set(config.targets.flatMap(({ url, recorded }) => (recorded === undefined ? [new URL(url).hostname] : []))),
  ];
  const left = hosts.filter((host) => isProtected(host, config.protected) && !allowed.includes(host));
  for (const host of left) if (!(await isTyped(host))) throw refused(left);
}

/** `*.example.com` is every host below example.com. A dot at the end changes nothing (RFC 1034, 3.1). */
function isProtected(name: string, patterns: readonly string[]): boolean {
  const host = withoutDot(name);
  return patterns.some((pattern) => {
    const wanted = withoutDot(pattern.toLowerCase());
    return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
  });
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
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

function refused(hosts: readonly string[]): ParityError {
  const flags = hosts.map((host) => `--allow-protected ${host}`).join(' ');
  return new ParityError('PX2407', `${hosts.join(' and ')} is protected by the configuration. Nothing was sent.`, {
    hint: `type its name when asked, or allow it with ${flags}`,
  });
}
