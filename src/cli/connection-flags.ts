import type { Target } from '../config/config.ts';
import type { ConnectionKeys } from '../config/config-flags.ts';
import { ParityError } from '../errors.ts';
import type { Options } from './options.ts';

const tlsFlags = ['insecure', 'ca', 'cert', 'key'] as const;

/** The flags of `addConnectionOptions` that were given, as keys of a target. */
export function connectionFlags(options: Options): ConnectionKeys {
  const names = [...tlsFlags, 'proxy'] as const;
  return Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}

/** Targets without TLS have no use for a certificate. Throws PX2102. */
export function refuseVainTls(targets: readonly Pick<Target, 'url'>[], options: Options, hint?: string): void {
  const vain = tlsFlags.find((name) => options[name] !== undefined);
  if (vain === undefined || targets.some(({ url }) => url.startsWith('https:'))) return;
  const where = targets.length === 1 ? 'the URL begins' : 'both URLs begin';
  throw new ParityError('PX2102', `--${vain} has no meaning where ${where} with http://`, {
    hint: hint ?? `write ${targets.length === 1 ? 'it' : 'one of them'} with https://, or take the flag away`,
  });
}
