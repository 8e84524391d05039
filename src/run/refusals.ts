import type { Cases } from '../cases/case.ts';
import { everyStep, onlyReads } from '../cases/every-step.ts';
import type { Config, Target } from '../config/config.ts';
import { someOf } from '../config/some-of.ts';
import { ParityError } from '../errors.ts';

/** The target is this machine, or nothing is sent to it. What a proxy elsewhere calls 127.0.0.1 is that machine. */
export function isLoopback({ url, recorded, proxy }: Target): boolean {
  if (recorded !== undefined) return true;
  return isLocal(new URL(url).hostname) && (proxy === undefined || isLocal(proxy.host));
}

function isLocal(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/** Of a method of one's own nobody knows what it does (RFC 9110, 9.2.1). */
function isHarmless(method: string): boolean {
  return onlyReads(method) || method === 'TRACE';
}

/** Refuses to send writes that nobody marked as safe to a target that is not this machine. Throws ParityError PX2405. */
export function refuseUnsafe(targets: readonly Target[], selected: Cases): void {
  const remote = targets.filter((target) => !isLoopback(target)).map((target) => target.name);
  if (remote.length === 0) return;
  const writes: string[] = [];
  for (const one of selected)
    if (!one.safe && everyStep(one).some((step) => !isHarmless(step.request.method))) writes.push(one.id);
  if (writes.length === 0) return;
  throw new ParityError('PX2405', `${someOf(writes, 3)} would write to ${remote.join(' and ')}. Nothing was sent.`, {
    hint: 'mark cases that may be repeated anywhere with safe: true, or allow writes with --unsafe',
  });
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

/** Hosts of the targets that the configuration protects, without those that are allowed. */
export function protectedHosts(config: Config, allowed: readonly string[]): readonly string[] {
  const hosts = [
    ...new Set(config.targets.flatMap(({ url, recorded }) => (recorded === undefined ? [new URL(url).hostname] : []))),
  ];
  return hosts.filter((host) => isProtected(host, config.protected) && !allowed.includes(host));
}

/** The error that refuses to send to protected hosts. */
export function refusedHosts(hosts: readonly string[]): ParityError {
  const flags = hosts.map((host) => `--allow-protected ${host}`).join(' ');
  return new ParityError('PX2407', `${hosts.join(' and ')} is protected by the configuration. Nothing was sent.`, {
    hint: `type its name when asked, or allow it with ${flags}`,
  });
}
