import type { Config } from '../config/config.ts';
import { ParityError } from '../errors.ts';
import { type Bail, bailAfter } from '../run/bail.ts';
import type { Options } from './options.ts';

/** `--bail [N]`: after how many divergent cases nothing more is sent, and the selectors; a word behind the flag that is not a number is one of them. Throws PX2001. */
export function bailOption(
  { bail, engine }: Options,
  typed: readonly string[],
): { readonly limit: number; readonly selectors: readonly string[] } {
  if (engine !== undefined)
    throw new ParityError('PX2001', '--bail cannot be used with --engine', {
      hint: 'workers know nothing of what the others found; leave one of the two out',
    });
  const text = typeof bail === 'string' ? bail : '1';
  if (/^[1-9]\d{0,8}$/.test(text)) return { limit: Number(text), selectors: typed };
  if (/^[A-Za-z]/.test(text)) return { limit: 1, selectors: [text, ...typed] };
  throw new ParityError('PX2001', `--bail is "${text}"`, {
    hint: '--bail takes a whole number from 1; 1 if none is given',
  });
}

/** What ends the sending after so many divergent cases; those that accepted rows of the tracker list do not count. */
export async function bailOf(limit: number, { tracker, tracking, targets, selfCheck }: Config): Promise<Bail> {
  if (tracker === null || selfCheck) return bailAfter(limit, () => false);
  const { readAcceptedCases } = await import('../tracker/awaited-cases.ts');
  const isAccepted = await readAcceptedCases(tracker, { table: tracking, reference: targets[0]!.name });
  return bailAfter(limit, isAccepted ?? (() => false));
}
