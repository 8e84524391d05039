import type { FixtureStep, Step, TestCase } from '../../cases/case.ts';
import { asWritten, namesIn } from '../../cases/variables.ts';
import type { SentRequest } from '../../http/exchange.ts';
import type { RecordedExchange, RecordedSetting, RecordedTaking } from '../../record/types.ts';
import { describeCapture } from '../../replay/middleware/capture.ts';

/** What the requests of a case build on; null if each stands for itself. */
export function settingOf(
  { before = [], steps }: TestCase,
  record: (request: SentRequest) => RecordedExchange['request'],
): RecordedSetting | null {
  const taken = steps.flatMap((step, at) => takingsOf(step, at, { before, steps }));
  if (before.length + taken.length === 0) return null;
  return { before: before.map(({ target, request }) => ({ target, request: record(asWritten(request)) })), taken };
}

interface Sent {
  readonly before: readonly FixtureStep[];
  readonly steps: readonly Step[];
}

function takingsOf({ request }: Step, step: number, { before, steps }: Sent): RecordedTaking[] {
  return [...new Set(namesIn(request))].flatMap((name) => {
    const from = steps.slice(0, step).findLastIndex(({ capture }) => Object.hasOwn(capture, name));
    const giver = steps[from] ?? before.findLast(({ capture }) => Object.hasOwn(capture, name));
    const capture = giver?.capture[name];
    return capture === undefined ? [] : [{ step, name, place: describeCapture(capture), from: from < 0 ? null : from }];
  });
}
