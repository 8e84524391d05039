import type { Target } from '../config/config.ts';
import { isSecretName } from '../config/secret-name.ts';
import { terminalText } from '../json/printable.ts';
import { isLoopback } from '../run/refusals.ts';
import { printError } from './console.ts';

export { refuseUnsafe } from '../run/refusals.ts';

/** Says on standard error what a person should know of the connections before anything goes over them. */
export function warnOfConnections(targets: readonly Target[]): void {
  for (const target of targets) {
    if (target.url.startsWith('http:') && !isLoopback(target) && hasCredentials(target))
      printError(
        `warning: the credentials of target ${target.name} go to ${terminalText(new URL(target.url).host)} in clear text; write its url with https://\n`,
      );
    if (target.tls?.insecure === true)
      printError(
        `warning: the certificate of target ${target.name} is not checked (tls: { insecure: true }): anybody on the way can answer in its place\n`,
      );
  }
  const direct = targets.filter((target) => target.proxy === undefined && !isLoopback(target));
  const variable = direct.map(proxyVariable).find((name) => name !== undefined);
  if (variable !== undefined)
    printError(
      `note: ${variable} is set and not used; for a target behind a proxy: proxy: \${${variable}} in parity.yaml\n`,
    );
}

/** The variable that other programs take a proxy for this target from, if one is set. */
function proxyVariable({ url }: Target): string | undefined {
  const scheme = url.startsWith('https:') ? 'https_proxy' : 'http_proxy';
  return [scheme, scheme.toUpperCase(), 'all_proxy', 'ALL_PROXY'].find((name) => (process.env[name] ?? '') !== '');
}

function hasCredentials({ headers, query = [], login }: Target): boolean {
  return login !== undefined || query.length > 0 || headers.some(([name]) => isSecretName(name));
}
