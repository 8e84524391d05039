import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCases } from '../../src/cases/read/load.ts';
import { deriveProbes } from '../../src/probe/derive.ts';
import { groupNames } from '../../src/probe/groups.ts';
import { caseFileText } from '../../src/probe/write.ts';

const root = join(import.meta.dirname, '..', '..');
const file = join(root, 'cases/probes/validate.jsonl');

it('cases/probes/validate.jsonl is what validate/accepted gives', async () => {
  const { cases } = await loadCases([join(root, 'cases/validate')], { root, env: {} });
  const valid = cases.find(({ id }) => id === 'validate/accepted')!;
  const { probes } = deriveProbes(valid, { template: '/v1/validate', heavy: false });
  const sendable = probes.filter(({ unsendable }) => unsendable === null).map(({ testCase }) => testCase);
  const text = caseFileText(sendable, { format: 'jsonl', secrets: new Map() });
  if (process.env.PARITY_WRITE_PROBES === '1') writeFileSync(file, text);
  const same = readFileSync(file, 'utf8') === text;
  expect(same, 'write it again: PARITY_WRITE_PROBES=1 npx vitest run test/probe/pack.test.ts').toBe(true);
});

it('docs/probing.md names every group, and every class that a probe aims at', async () => {
  const page = readFileSync(join(root, 'docs/probing.md'), 'utf8');
  const { cases } = await loadCases([join(root, 'cases')], { root, env: {} });
  const sources = cases.filter(({ steps, suite }) => steps.length === 1 && suite !== 'probe.validate.accepted');
  const simple = sources.filter(({ id }) => ['validate/accepted', 'storage/listing-two-prefixes'].includes(id));
  const probes = simple.flatMap((one) => deriveProbes(one, { template: null, heavy: true }).probes);
  const missing = [...groupNames, ...probes.flatMap(({ aims }) => aims)].filter(
    (word) => !page.includes(`\`${word}\``),
  );
  expect([...new Set(missing)]).toEqual([]);
});
