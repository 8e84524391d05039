import type { Target } from '../config/config.ts';
import { isSecretName } from '../config/secret-name.ts';
import { terminalText } from '../json/printable.ts';
import { isLoopback } from '../run/refusals.ts';
import { printError } from './console.ts';

export { refuseUnsafe } from '../run/refusals.ts';

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
