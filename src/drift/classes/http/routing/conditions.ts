import { isJsonType } from '../../../../compare/headers/media-type.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { anyOf, type Owns, ofHeaders, ofWhole, ofWords } from '../../../http-kit/owned.ts';

export function statusesOf({ first, second }: ExchangePair): readonly number[] {
  return [first.status, second.status];
}

/** After HEAD the type alone tells that one side writes JSON where the other writes text. */
const ofHeadType: Owns = (scene, divergence) =>
  scene.asked.method === 'HEAD' &&
  isJsonType(scene.first.type) !== isJsonType(scene.second.type) &&
  ofHeaders('content-type')(scene, divergence);

/** What both say with the code that means that the part is not there, or that the condition does not hold. */
export function ofAnswerTo(code: number): Owns {
  const owns = anyOf(ofWhole, ofWords, ofHeadType);
  return (scene, divergence) => statusesOf(scene).every((status) => status === code) && owns(scene, divergence);
}

/** Statuses that decide about a condition or a range in the request. With any other the server did not get so far, or failed. */
export function decides(status: number): boolean {
  return (status >= 200 && status < 300) || [304, 400, 412, 416, 428].includes(status);
}
