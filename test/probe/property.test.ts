import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestCase } from '../../src/cases/case.ts';
import { loadCases } from '../../src/cases/read/load.ts';
import { fillRequest } from '../../src/cases/variables.ts';
import { deriveProbes } from '../../src/probe/derive.ts';
import { caseFileText } from '../../src/probe/write.ts';
import { posting } from './seeds.ts';

/** Any JSON text, keys that are equal but for casing, hostile and empty ones among them. */
const key = fc.oneof(fc.constantFrom('a', 'A', '__proto__', '', 'k s', 'é', '{{x}}', '\ud800'), fc.string());
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('null', 'true', '1.0', '"x"', '-0', '"{{name}}"', '[]', '{}'),
    fc.array(tie('any') as fc.Arbitrary<string>, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(key, tie('any') as fc.Arbitrary<string>), { maxLength: 6 })
      .map((pairs) => `{${pairs.map(([name, inner]) => `${JSON.stringify(name)} :${inner}`).join(',')}}`),
  ),
})).any as fc.Arbitrary<string>;
const query = fc.webQueryParameters();

function requestsOf(cases: readonly TestCase[]): unknown[] {
  return cases.map(({ id, steps }) => {
    const { body, ...rest } = fillRequest(steps[0]!.request, {});
    return { id, ...rest, body: body === null ? null : createHash('sha256').update(body).digest('hex') };
  });
}

describe('whatever the valid request is', () => {
  it('the probes are bounded, each another request, with an id of its own, and the same the next time', () => {
    fc.assert(
      fc.property(value, query, (body, search) => {
        const seed = posting(body, `/v1/x?${search}`);
        const { probes } = deriveProbes(seed, { template: '/v1/{name}', heavy: false });
        expect(probes.length).toBeLessThanOrEqual(700);
        expect(new Set(probes.map(({ id }) => id.toLowerCase())).size).toBe(probes.length);
        expect(probes.filter(({ id }) => !/^[a-z][A-Za-z0-9._-]*$/.test(id))).toEqual([]);
        const requests = (all: typeof probes) => requestsOf(all.map(({ testCase }) => ({ ...testCase, id: '' })));
        const sent = requests(probes).map((one) => JSON.stringify(one));
        expect(new Set(sent).size).toBe(probes.length);
        const again = deriveProbes(seed, { template: '/v1/{name}', heavy: false });
        expect(requests(again.probes).map((one) => JSON.stringify(one))).toEqual(sent);
        expect(again.probes.map(({ id }) => id)).toEqual(probes.map(({ id }) => id));
      }),
      { numRuns: 12 },
    );
  });

  it.each(['jsonl', 'yaml'] as const)(
    'a file of them in %s loads as the same requests',
    async (format) => {
      const root = mkdtempSync(join(tmpdir(), 'parity-probe-'));
      try {
        await fc.assert(
          fc.asyncProperty(value, async (body) => {
            const { probes } = deriveProbes(posting(body.replaceAll('{{name}}', 'name')), {
              template: null,
              heavy: false,
            });
            const cases = probes.filter(({ unsendable }) => unsendable === null).map(({ testCase }) => testCase);
            const file = join(root, `p.${format}`);
            writeFileSync(file, caseFileText(cases, { format, secrets: new Map() }));
            const loaded = await loadCases([file], { root, env: {} });
            expect(requestsOf(loaded.cases)).toEqual(requestsOf(cases));
            expect(loaded.cases.map(({ title, tags }) => [title, tags])).toEqual(
              cases.map(({ title, tags }) => [title, tags]),
            );
          }),
          { numRuns: 4 },
        );
      } finally {
        await rm(root, { recursive: true });
      }
    },
    30_000,
  );
});
