import type { Cases } from '../cases/case.ts';
import { skipped } from './judging/compare-answers.ts';
import type { CaseResult } from './model/case-result.ts';
import type { RunPlan } from './plan.ts';
import { type Sending, sendSelected, type Take } from './send-selected.ts';

/** Takes each case as it is finished; one that an earlier run finished is stored. */
type TakeAny = (result: CaseResult, isStored: boolean) => void;

/** The cases that were finished before, then the others. */
export async function eachCase(plan: RunPlan, sending: Sending, take: TakeAny): Promise<void> {
  const { earlier, selected } = plan;
  if (plan.source !== undefined) return plan.source({ tell: sending.tell, take });
  // An empty shard.
  if (selected.length === 0) return;
  const takeNew: Take = (result) => take(result, false);
  if (earlier === undefined) return sendSelected(plan, sending, takeNew);
  const isLeft = new Uint8Array(selected.length);
  let at = 0;
  for (const testCase of selected) {
    const known = earlier.finished(testCase);
    if (known === null) isLeft[at] = 1;
    else take(known.result, known.isRecorded && earlier.resumed !== null);
    at += 1;
  }
  const left = chosen(selected, isLeft);
  const { absent } = earlier;
  if (left.length === 0) return;
  if (absent === null) return sendSelected({ ...plan, selected: left }, sending, takeNew);
  for (const testCase of left) takeNew(skipped(testCase, plan.config, absent(testCase)));
}

/** The cases whose place is marked with a 1. */
function chosen(cases: Cases, marks: Uint8Array): Cases {
  return {
    length: marks.reduce((sum, mark) => sum + mark, 0),
    *[Symbol.iterator]() {
      let at = 0;
      for (const testCase of cases) if (marks[at++] === 1) yield testCase;
    },
  };
}
