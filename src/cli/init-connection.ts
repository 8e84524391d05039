import type { ConnectionKeys } from '../config/config-flags.ts';

const tlsKeys = ['ca', 'cert', 'key'] as const;

/** A password that is written out in the URL of a proxy; one of a variable is not. */
const password = /^(https?:\/\/[^:@/]*):(?!\$\{)[^@]+@/i;

/** The URL of a proxy as a file may hold it: a password that is written out becomes the variable PROXY_PASSWORD. */
function proxyForFile(proxy: string): string {
  return proxy.replace(password, (_, before: string) => `${before}:\${PROXY_PASSWORD}@`);
}

/** Whether PROXY_PASSWORD has to be set for what `connectionKeys` gives. */
export function needsProxyPassword({ proxy }: ConnectionKeys): boolean {
  return proxy !== undefined && proxyForFile(proxy).includes(`\${PROXY_PASSWORD}`);
}

/** Lines of YAML, `tls: …` and `proxy: …`, for a target of parity.yaml with this URL; none where nothing is needed. */
export function connectionKeys(url: string, connection: ConnectionKeys): string[] {
  const files = tlsKeys.flatMap((key) => {
    const file = connection[key];
    return file === undefined ? [] : [`${key}: ${JSON.stringify(file)}`];
  });
  const tls = [...files, ...(connection.insecure === true ? ['insecure: true'] : [])];
  return [
    ...(tls.length === 0 || !/^https:/i.test(url) ? [] : [`tls: { ${tls.join(', ')} }`]),
    ...(connection.proxy === undefined ? [] : [`proxy: ${JSON.stringify(proxyForFile(connection.proxy))}`]),
  ];
}
