import type { TestCase } from '../../src/cases/case.ts';
import { deriveProbes } from '../../src/probe/derive.ts';
import type { Probe } from '../../src/probe/model/probe.ts';
import { caseOf } from '../rig/target.ts';

/** A case that posts these bytes as JSON. */
export function posting(body: string | Buffer, path = '/v1/things?page=2&q=a'): TestCase {
  const bytes = new Uint8Array(Buffer.from(body));
  return caseOf('suite/valid', {
    send: {
      method: 'POST',
      path,
      headers: [
        ['Content-Type', 'application/json'],
        ['x-key', 'k'],
      ],
      body: { kind: 'bytes', bytes, mediaType: null },
    },
  });
}

/** The probes of a case by id. */
export function probesOf(testCase: TestCase, template: string | null = null): ReadonlyMap<string, Probe> {
  const { probes } = deriveProbes(testCase, { template, heavy: false });
  return new Map(probes.map((probe) => [probe.id, probe]));
}

/** The body that a probe sends, one character for each byte; null if it sends none, undefined if there is no such probe. */
export function bodyOf(probe: Probe | undefined): string | null | undefined {
  if (probe === undefined) return undefined;
  const body = probe.testCase.steps[0]?.request.body ?? null;
  return body?.kind === 'bytes' ? Buffer.from(body.bytes).toString('latin1') : null;
}
