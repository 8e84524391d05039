import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

const openapi = `openapi: 3.0.3
info: { title: pets, version: "1" }
servers: [{ url: https://pets.example/v1 }]
paths:
  /pets:
    get: { responses: { "200": { description: ok }, default: { description: error } } }
    post: { responses: { "201": { description: made } } }
  /pets/{id}:
    get: { responses: { "200": { description: ok }, "404": { description: none } } }
`;

async function setUp(files: Readonly<Record<string, string>>) {
  const answer = ({ path }: { path: string }): Reply =>
    path.endsWith('/9') ? [404, '{"error":"none"}'] : [200, '{"a":1}'];
  const [a, b] = [await serving(answer), await serving(answer)];
  return folder({
    'parity.yaml': `targets: { a: "${a.url}", b: "${b.url}" }\nopenapi: openapi.yaml\n`,
    'cases/s.yaml': JSON.stringify({
      cases: ['/v1/pets', '/v1/pets/9', '/other'].map((path, at) => ({
        id: `c${at}`,
        request: { path },
        expect: { status: at === 1 ? 404 : 200 },
      })),
    }),
    ...files,
  });
}

it('says how much of the OpenAPI description was exercised, the largest gaps first, in every report', async () => {
  const cwd = await setUp({ 'openapi.yaml': openapi });
  const { exitCode, stdout } = await parity(['run'], { cwd });
  expect([exitCode, stdout.replace(/\s+/g, ' ')]).toEqual([
    0,
    expect.stringContaining(
      'OpenAPI: 2 of 3 operations and 2 of 5 documented answers were exercised on both sides; largest gaps: POST /v1/pets, GET /v1/pets (default), GET /v1/pets/{id} (200)',
    ),
  ]);
  expect(newestReport(cwd).evidence?.coverage.documented).toMatchObject({
    operations: 3,
    exercised: 2,
    beyond: ['GET /other'],
  });
  expect((await parity(['doctor'], { cwd })).stdout).toMatch(/openapi: 3 operations/);
  const page = readFileSync(join(cwd, 'reports/latest/report.html'), 'utf8');
  expect(page).toContain('Against the OpenAPI description');
  expect(page).toContain('<th scope="row">POST /v1/pets</th><td>no</td><td>201</td>');
  expect((await parity(['report', 'latest'], { cwd })).stdout).toContain('OpenAPI: 2 of 3 operations');
});

it.each([
  ['that is not there', {}, 'PX2911', 'openapi.yaml'],
  ['that is not a description', { 'openapi.yaml': 'a: 1\n' }, 'PX2910', 'openapi.yaml:1:1'],
  ['that is not YAML', { 'openapi.yaml': 'openapi: 3.0.0\npaths: {a: [}\n' }, 'PX2910', 'openapi.yaml:2:'],
])('ends with exit code 2 for a file %s, before anything is sent', async (_, files, code, place) => {
  const cwd = await setUp(files as Record<string, string>);
  const { exitCode, stderr } = await parity(['run'], { cwd });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(code)]);
  expect(stderr).toContain(place);
  expect(stderr).toContain('leave `openapi` out');
  const doctor = await parity(['doctor'], { cwd });
  expect(doctor.exitCode).toBe(2);
  expect(doctor.stdout).toContain('leave `openapi` out');
});
