import type { ConnectionKeys } from '../../config/config-flags.ts';
import type { CurlArguments } from './arguments.ts';

/** What the options of a curl command say of its connections; null where they say nothing. */
export function readConnection(options: CurlArguments['options']): ConnectionKeys | null {
  const last = (name: string) => options.findLast(([option]) => option === name)?.[1];
  const [ca, cert, proxy] = [last('cacert'), last('cert'), last('proxy')];
  const keys = {
    ...(options.some(([name]) => name === 'insecure') ? { insecure: true } : {}),
    ...(ca === undefined ? {} : { ca }),
    // Without --key the file of the certificate has it.
    ...(cert === undefined ? {} : { cert, key: last('key') ?? cert }),
    ...(proxy === undefined || proxy === '' ? {} : { proxy: proxyUrl(proxy, last('proxy-user')) }),
  };
  return Object.keys(keys).length === 0 ? null : keys;
}

/** curl takes a proxy without a scheme for one of HTTP, on port 1080 if it has none. */
function proxyUrl(written: string, user: string | undefined): string {
  const [, scheme = 'http://', rest = ''] = /^([a-z0-9]+:\/\/)?(.*)$/is.exec(written) ?? [];
  const host = /:\d+\/?$/.test(rest) || scheme.startsWith('https') ? rest : `${rest.replace(/\/$/, '')}:1080`;
  if (user === undefined || host.includes('@')) return `${scheme}${host}`;
  const at = user.indexOf(':');
  const [name, password] = at < 0 ? [user, ''] : [user.slice(0, at), user.slice(at + 1)];
  return `${scheme}${encodeURIComponent(name)}:${encodeURIComponent(password)}@${host}`;
}
