import { defaultChunk } from '../../engine/limits.ts';
import { ParityError } from '../../errors.ts';
import { type Options, textOption } from '../options.ts';

/** The address of Redis that `--engine` names. Throws ParityError PX2001 without one. */
export function engineOption(options: Options): string {
  const url = textOption(options, 'engine');
  if (url !== undefined) return url;
  throw new ParityError('PX2001', '--engine is missing', { hint: 'for example --engine redis://127.0.0.1:6379' });
}

/** Cases in a part. Throws ParityError PX2001. */
export function chunkOption(options: Options): number {
  const text = textOption(options, 'chunk') ?? String(defaultChunk);
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new ParityError('PX2001', `--chunk is "${text}"`, { hint: '--chunk takes a whole number of cases from 1' });
}
