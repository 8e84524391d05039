import { onlyReads } from '../../cases/every-step.ts';
import type { Config } from '../../config/config.ts';
import { parseDuration, parseRate } from '../../config/units.ts';
import { ParityError } from '../../errors.ts';
import { type Options, textOption } from '../options.ts';
import { readConfig } from '../session.ts';

/** What `parity shadow` was asked for, beside its configuration. */
export interface ShadowFlags {
  readonly listen: { readonly host: string; readonly port: number };
  readonly share: number;
  readonly methods: ReadonlySet<string>;
  readonly maxPending: number;
  readonly page: number | null;
  readonly forMs: number | null;
  readonly killSwitch: string | null;
  readonly passesCredentials: boolean;
  readonly noiseRate: number;
  readonly isTee: boolean;
}

/** The flags of `parity shadow`. Throws ParityError PX2001 and PX2102. */
export function shadowFlags(options: Options): ShadowFlags {
  const [page, duration] = [textOption(options, 'page'), textOption(options, 'for')];
  return {
    listen: listenOption(options),
    share: percentOption(options) / 100,
    methods: methodsOption(options),
    maxPending: wholeOption(options, 'max-pending', 'maxPending', { initial: 100, min: 1, max: 1_000_000 }),
    page: page === undefined ? null : wholeOption(options, 'page', 'page', { initial: 0, min: 0, max: 65_535 }),
    forMs: duration === undefined ? null : parseDuration(duration),
    killSwitch: textOption(options, 'killSwitch') ?? null,
    passesCredentials: credentialsOption(options),
    noiseRate: parseRate(textOption(options, 'noiseRate') ?? '20/s'),
    isTee: options.tee === true,
  };
}

function refuse(flag: string, text: string, hint: string): ParityError {
  return new ParityError('PX2001', `--${flag} is "${text}"`, { hint });
}

/** `[HOST:]PORT`; a bare port is one of loopback. */
function listenOption(options: Options): ShadowFlags['listen'] {
  const text = textOption(options, 'listen');
  if (text === undefined)
    throw new ParityError('PX2001', 'parity shadow needs --listen', {
      hint: '--listen 8080, or --listen 0.0.0.0:8080',
    });
  const match = /^(?:(\[[0-9a-f:.]+\]|[A-Za-z0-9.-]+):)?(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) throw refuse('listen', text, '--listen takes [HOST:]PORT, for example 8080');
  return { host: (match[1] ?? '127.0.0.1').replace(/^\[|\]$/g, ''), port };
}

function percentOption(options: Options): number {
  const text = textOption(options, 'percent') ?? '100';
  const value = /^\d{1,3}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 100) return value;
  throw refuse('percent', text, '--percent takes a number from 0 to 100');
}

function methodsOption(options: Options): ReadonlySet<string> {
  const text = textOption(options, 'methods') ?? 'GET,HEAD,OPTIONS';
  const methods = text.split(',').map((method) => method.trim().toUpperCase());
  const odd = methods.find((method) => !/^[A-Z][A-Z-]{0,30}$/.test(method) || method === 'CONNECT');
  if (odd === undefined) return new Set(methods);
  throw refuse('methods', text, '--methods takes names of methods by commas, for example GET,HEAD');
}

function wholeOption(
  options: Options,
  flag: string,
  name: string,
  { initial, min, max }: { readonly initial: number; readonly min: number; readonly max: number },
): number {
  const text = textOption(options, name) ?? String(initial);
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw refuse(flag, text, `--${flag} takes a whole number from ${min} to ${max}`);
}

function credentialsOption(options: Options): boolean {
  const text = textOption(options, 'credentials') ?? 'pass';
  if (text === 'pass' || text === 'drop') return text === 'pass';
  throw refuse('credentials', text, '--credentials takes pass or drop');
}

/** The configuration with two targets: those of `--reference` and `--candidate`, each a URL or the name of a target, or the only two of the file. */
export async function shadowConfig(options: Options): Promise<Config> {
  const [reference, candidate] = [textOption(options, 'reference'), textOption(options, 'candidate')];
  const isUrl = (text: string | undefined) => text !== undefined && /^https?:\/\//i.test(text);
  const target = [
    ...(isUrl(reference) ? [`reference=${reference}`] : []),
    ...(isUrl(candidate) ? [`candidate=${candidate}`] : []),
  ];
  const names = {
    ...(reference === undefined ? {} : { reference: isUrl(reference) ? 'reference' : reference }),
    ...(target.length === 0 ? {} : { target }),
  };
  if (target.length === 1)
    throw new ParityError('PX2001', 'one target is a URL and the other is not', {
      hint: 'give --reference and --candidate both as URLs, or both as names of targets in parity.yaml',
    });
  const { reference: _, ...rest } = options;
  const config = await readConfig({ ...rest, ...names });
  const others = config.targets.slice(1);
  const chosen = isUrl(candidate) || candidate === undefined ? others : others.filter(({ name }) => name === candidate);
  if (chosen.length !== 1)
    throw new ParityError('PX2001', `a shadow needs one candidate, of ${others.map(({ name }) => name).join(', ')}`, {
      hint: 'name it: --candidate NAME',
    });
  const isolated = options.isolated === true ? { isolated: true } : {};
  return { ...config, targets: [config.targets[0]!, { ...chosen[0]!, ...isolated }] };
}

/** Writes go to a candidate only that has a store of its own, and then all of them. Throws ParityError PX2001. */
export function refuseWrites({ methods, share, isTee }: ShadowFlags, { targets }: Config): void {
  const writes = [...methods].filter((method) => !onlyReads(method));
  if (writes.length === 0) return;
  if (targets[1]!.isolated !== true)
    throw new ParityError('PX2001', `${writes.join(', ')} may write, and ${targets[1]!.name} is not isolated`, {
      hint: 'copy writes only to a candidate with a store of its own: say `isolated: true` in parity.yaml, or --isolated',
    });
  if (share < 1)
    throw new ParityError('PX2001', 'a part of the writes leaves the two stores different', {
      hint: 'copy writes with --percent 100, or reads alone',
    });
  if (isTee)
    throw new ParityError('PX2001', '--tee asks the reference itself, so it is for reads only', {
      hint: 'leave --methods out, or put the shadow in the path',
    });
}
