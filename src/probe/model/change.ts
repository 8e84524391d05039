import type { TestCase } from '../../cases/case.ts';
import { onlyReads } from '../../cases/every-step.ts';

/** Takes a probe and the case that it comes from; returns whether it writes with a method that the case does not have: it may change, or take away, what the case is about. */
export function mayChange(probe: TestCase, valid: TestCase): boolean {
  const [method, own] = [probe, valid].map(({ steps }) => steps[0]?.request.method);
  return method !== undefined && method !== own && !onlyReads(method);
}
