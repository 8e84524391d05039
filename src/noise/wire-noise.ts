import { isMultipartType } from '../compare/headers/media-type.ts';
import { bodyOf, differingBytes } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { agree, type PairBudget } from '../compare/values/token-diff.ts';
import type { Sampled } from './evidence/self-diff.ts';
import { answersOf, clocksAt } from './values/sample-reader.ts';

/** What was forgiven of a comparison. */
export interface Forgiven {
  /** Exchanges with a body in which something was forgiven. */
  readonly exchanges: ReadonlySet<number>;
  /** What counts. */
  readonly found: readonly Divergence[];
  readonly budget: PairBudget;
}

/** Exchanges of which noise in the body was forgiven, and the bytes around it differ: one divergence for each where there is no other. */
export function differsOutsideNoise(
  sides: readonly [Sampled, Sampled],
  { exchanges, found, budget }: Forgiven,
): Divergence[] {
  const quiet = [...exchanges].filter((at) => !found.some((one) => one.exchange === at && one.facet === 'body'));
  return quiet.flatMap((exchange): Divergence[] => {
    const [a, b] = sides.map((side) => bytesOf(side, exchange));
    const texts = [a, b].map((all) => all!.map((bytes) => bytes.toString('latin1')));
    if (agree({ a: texts[0]!, b: texts[1]!, exact: true, clocks: clocksAt(sides, exchange) }, budget)) return [];
    const [reference, candidate] = differingBytes(a![0]!, b![0]!);
    return [{ exchange, facet: 'body', pointer: '', kind: 'bytes', rung: 'wire', reference, candidate }];
  });
}

/** The bodies of all answers to one request; where parts are told apart by a boundary, under one name of it. */
function bytesOf(side: Sampled, exchange: number): Buffer[] {
  return answersOf(side, exchange).map((answer) => {
    const { bytes, type } = bodyOf(answer.headers, answer.body);
    const boundary = type.parameters.find(([name]) => name === 'boundary')?.[1];
    if (!isMultipartType(type) || !boundary) return bytes;
    return Buffer.from(bytes.toString('latin1').replaceAll(`--${boundary}`, '--'), 'latin1');
  });
}
