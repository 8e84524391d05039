import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromJSONSchema } from 'zod';
import { renderSarif } from '../../src/report/text/sarif.ts';
import {
  acceptedRun,
  cutOffRun,
  divergentRun,
  enumFinding,
  footer,
  hostileRun,
  inconclusiveRun,
  parityRun,
  twoCandidatesRun,
} from './records.ts';

/** The schema of SARIF 2.1.0 as SchemaStore has it (Apache-2.0). */
const schemaText = readFileSync(join(import.meta.dirname, 'sarif-2.1.0.json'), 'utf8');
/** The library reads a URI reference as an absolute URI: relative ones are checked below. */
const schema = fromJSONSchema(JSON.parse(schemaText.replaceAll('"format": "uri-reference"', '"$comment": ""')));

const runOf = (text: string) => JSON.parse(text).runs[0];

test.each([
  ['divergent', divergentRun],
  ['parity', parityRun],
  ['accepted', acceptedRun],
  ['inconclusive', inconclusiveRun],
  ['cut off', cutOffRun],
  ['two candidates', twoCandidatesRun],
  ['hostile', hostileRun],
])('the SARIF file of a run that is %s is valid against the published schema', (_, run) => {
  expect(schema.safeParse(JSON.parse(renderSarif(run()))).error?.issues ?? []).toEqual([]);
});

test('the schema that SARIF files are checked against refuses an unknown level', () => {
  const log = JSON.parse(renderSarif(divergentRun()));
  log.runs[0].results[0].level = 'fatal';
  expect(schema.safeParse(log).success).toBe(false);
});

test('a finding is a result of its drift class, at the line of its example case, with its fingerprint', () => {
  const { results, tool, invocations } = runOf(renderSarif(divergentRun()));
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({
    ruleId: 'enum-external-vs-flat',
    level: 'error',
    baselineState: 'new',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'cases/validate.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 12 },
        },
      },
    ],
    partialFingerprints: { 'parityFinding/v1': enumFinding().fingerprint },
  });
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['enum-external-vs-flat']);
  expect(invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 });
});

test('an accepted finding is suppressed with the decision as its reason', () => {
  const [result] = runOf(renderSarif(acceptedRun())).results;
  expect(result.suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: 'clients use the v2 envelope; see ADR 12' },
  ]);
});

test('a path of a case file is written as a URI, whatever is in its name', () => {
  const run = divergentRun();
  const cases = run.cases.map((one) => ({ ...one, source: 'cases/a b/ü#1?.yaml:7' }));
  const [result] = runOf(renderSarif({ ...run, cases, footer: footer({ findings: [enumFinding()] }) })).results;
  expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('cases/a%20b/%C3%BC%231%3F.yaml');
});
