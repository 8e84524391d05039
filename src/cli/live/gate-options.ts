import { ParityError } from '../../errors.ts';
import type { Gate } from '../../live/gate/readiness.ts';
import { type Options, textOption } from '../options.ts';

/** What `--min`, `--parity` and `--confidence` ask for. Throws ParityError PX2001. */
export function gateOption(options: Options): Gate {
  return {
    min: wholeOption(options, 'min', 1000),
    parity: shareOption(options, 'parity', 0.999),
    confidence: shareOption(options, 'confidence', 0.95),
  };
}

function wholeOption(options: Options, name: string, initial: number): number {
  const text = textOption(options, name) ?? String(initial);
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
  throw new ParityError('PX2001', `--${name} is "${text}"`, { hint: `--${name} takes a whole number from 1` });
}

function shareOption(options: Options, name: string, initial: number): number {
  const text = textOption(options, name) ?? String(initial);
  const value = /^(?:0?\.\d{1,12}|0)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < 1) return value;
  throw new ParityError('PX2001', `--${name} is "${text}"`, {
    hint: `--${name} takes a share above 0 and below 1, for example ${initial}`,
  });
}
