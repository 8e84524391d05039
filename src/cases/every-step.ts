import type { Step, TestCase } from './case.ts';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Takes a case; returns all that it sends: what comes before, its steps, what comes after. */
export function everyStep({ before = [], steps, after = [] }: TestCase): readonly Step[] {
  return before.length + after.length === 0 ? steps : [...before, ...steps, ...after];
}

/** Takes a case; returns whether it may be sent again: it says so, or it only reads. */
export function isRepeatable(testCase: TestCase): boolean {
  return testCase.safe || everyStep(testCase).every((step) => onlyReads(step.request.method));
}

/** Takes a method; returns whether its requests change nothing (RFC 9110, 9.2.1). */
export function onlyReads(method: string): boolean {
  return reading.has(method);
}
