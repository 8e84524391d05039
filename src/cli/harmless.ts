import type { Cases } from '../cases/case.ts';
import { everyStep, onlyReads } from '../cases/every-step.ts';
import type { Target } from '../config/config.ts';
import { isSecretName } from '../config/secret-name.ts';
import { someOf } from '../config/some-of.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { printError } from './console.ts';

/** What nothing is sent to is as harmless as this machine. */
function isLoopback(target: Target): boolean {
  if (target.recorded !== undefined) return true;
  const { hostname } = new URL(target.url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
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

/** Says on standard error which targets that are not this machine get their credentials over plain HTTP. */
export function warnOfCleartext(targets: readonly Target[]): void {
  for (const target of targets)
    if (target.url.startsWith('http:') && !isLoopback(target) && hasCredentials(target))
      printError(
        `warning: the credentials of target ${target.name} go to ${terminalText(new URL(target.url).host)} in clear text; write its url with https://\n`,
      );
}

function hasCredentials({ headers, query = [], login }: Target): boolean {
  return login !== undefined || query.length > 0 || headers.some(([name]) => isSecretName(name));
}
