import { createHash } from 'node:crypto';
import type { BodyTemplate, TestCase } from '../cases/case.ts';
import { templateOf } from '../cases/placeholder.ts';
import type { FilledRequest } from '../cases/variables.ts';
import { probeGroups } from './groups.ts';
import { mayChange } from './model/change.ts';
import type { Draft, Probe, ProbeOptions } from './model/probe.ts';
import { readSeed, type Seed } from './model/seed.ts';

/** What one valid case gives. */
export interface Derived {
  /** In the order of the groups, but that those come last which may change what the case is about; ids and bytes are the same for the same case. At most 700. */
  readonly probes: readonly Probe[];
  /** Plain sentences on what nothing was derived from. */
  readonly notes: readonly string[];
}

/** Takes a valid case; returns the requests that make runtimes disagree, each changed in one way, all other bytes as they were. Pure. Throws PX2604 for a case that nothing can be derived from. */
export function deriveProbes(testCase: TestCase, options: ProbeOptions): Derived {
  const seed = readSeed(testCase, options);
  const taken = new Set<string>();
  const sent = new Set<string>();
  const probes = Object.entries(probeGroups).flatMap(([group, derive]) =>
    derive(seed)
      .filter((draft) => isNew({ ...seed.request, ...draft.change }, sent))
      .map((draft) => probeOf(draft, { seed, group, taken })),
  );
  const changing = probes.filter((probe) => mayChange(probe.testCase, testCase));
  const harmless = probes.filter((probe) => !changing.includes(probe));
  return { probes: [...harmless, ...changing], notes: notesOn(seed) };
}

/** Two groups come to the same request at times; the first one has it. */
function isNew({ method, path, headers, body }: FilledRequest, sent: Set<string>): boolean {
  const hash = createHash('sha256').update(JSON.stringify([method, path, headers, body === null]));
  const digest = hash.update(body ?? '').digest('base64');
  if (sent.has(digest)) return false;
  sent.add(digest);
  return true;
}

interface Setting {
  readonly seed: Seed;
  readonly group: string;
  readonly taken: Set<string>;
}

function probeOf(draft: Draft, { seed, group, taken }: Setting): Probe {
  const id = freeId(`${group}.${draft.name}`, taken);
  const request = { ...seed.request, ...draft.change };
  const { title, aims } = draft;
  return {
    id,
    group,
    title,
    aims,
    testCase: caseOf({ id, group, title, request }, seed),
    unsendable: unsendableBecause(request),
  };
}

/** Ids that differ in case alone are one id to case files. */
function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id.toLowerCase()); count += 1) id = `${wanted}-${count}`;
  taken.add(id.toLowerCase());
  return id;
}

interface CasePart {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly request: FilledRequest;
}

/** A case that may be repeated stays so as long as its method stays: another one was never promised to be harmless. */
function caseOf({ id, group, title, request }: CasePart, { testCase, template, request: valid }: Seed): TestCase {
  const body: BodyTemplate | null =
    request.body === null ? null : { kind: 'bytes', bytes: request.body, mediaType: null };
  const suite = `probe.${testCase.id.replace('/', '.')}`;
  const expect = group === 'valid' ? (testCase.steps[0]?.expect ?? null) : null;
  const path = templateOf(request.path);
  const headers = request.headers.map(([name, value]) => [name, templateOf(value)] as const);
  return {
    ...testCase,
    id: `${suite}/${id}`,
    suite,
    title,
    tags: ['probe', group],
    safe: testCase.safe && request.method === valid.method,
    steps: [
      { request: { ...request, path, headers, body, holdMs: 0, chunkBytes: null }, capture: {}, parallel: 1, expect },
    ],
    routes: template === null ? testCase.routes : [template, ...testCase.routes],
  };
}

function notesOn({ request, json }: Seed): string[] {
  if (request.body === null) return ['the request has no body: nothing is derived from one'];
  if (json === null) return ['the body is not JSON: only what holds for every body is derived from it'];
  return json.left === 0 ? [] : [`at least ${json.left} further members are left as they are`];
}

const refused: Readonly<Record<string, string>> = {
  expect: 'the HTTP client does not send Expect',
  'transfer-encoding': 'the HTTP client frames the body itself',
  'content-length': 'the HTTP client counts the body itself',
};

/** Why the HTTP client cannot send a request as it is, or null: it must never send another one in silence. */
function unsendableBecause({ path, headers }: FilledRequest): string | null {
  if (!path.startsWith('/')) return 'a path begins with a slash';
  if (/[^!-~]/.test(path)) return 'the HTTP client sends only visible ASCII in a path';
  const name = headers.map(([one]) => one.toLowerCase()).find((one) => Object.hasOwn(refused, one));
  return name === undefined ? null : refused[name]!;
}
