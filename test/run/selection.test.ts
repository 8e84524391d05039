import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openCases } from '../../src/cases/read/load.ts';
import { selectFrom } from '../../src/cases/select.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ParityError } from '../../src/errors.ts';
import { type RunResult, run } from '../../src/run.ts';
import { startTwin } from '../../src/twins/twin.ts';
import { type Service, started } from '../cli/service.ts';

const home = join(import.meta.dirname, '..', '..');
/** Random selections for each pair of targets, and shards of up to so many. */
const [selections, shards] = [Number(process.env.PARITY_SELECTIONS ?? 25), 12];

interface Pair {
  readonly urls: readonly [reference: string, candidate: string];
  readonly close: () => Promise<void>;
}

/** Targets that are started for each run, and their cases. */
interface Subject {
  readonly name: string;
  readonly start: () => Promise<Pair>;
  readonly cases: (root: string) => readonly string[] | Promise<readonly string[]>;
}

interface Part {
  readonly selectors?: readonly string[];
  readonly shard?: { readonly index: number; readonly total: number };
}

/** A pair of targets, its library, and runs of parts of it that write a tracker. */
async function subject({ start, cases }: Subject) {
  const root = await mkdtemp(join(tmpdir(), 'parity-selection-'));
  const tracker = join(root, 'T.md');
  const setting = { cwd: root, env: {}, secrets: new Set<string>(), short: new Set<string>() };
  let count = 0;
  const library = async () => {
    const paths = await cases(root);
    const flags = { config: false as const, target: ['a=http://127.0.0.1:1', 'b=http://127.0.0.1:2'], cases: paths };
    const config = await loadConfig(flags, setting);
    return (await openCases(config.cases, { root, ...setting, targets: ['a', 'b'] })).cases;
  };
  const runPart = async ({ selectors = [], shard }: Part, file: string): Promise<RunResult> => {
    const { urls, close } = await start();
    try {
      const target = [`a=${urls[0]}`, `b=${urls[1]}`];
      const out = join(root, 'reports');
      const config = await loadConfig({ config: false, target, cases: await cases(root), tracker: file, out }, setting);
      const all = (await openCases(config.cases, { root, ...setting, targets: ['a', 'b'] })).cases;
      const selected = selectFrom(all, { selectors, tags: [], ...(shard === undefined ? {} : { shard }) });
      const { signal } = new AbortController();
      count += 1;
      return await run({
        ...{ config, library: all, selected, id: `run-${count}`, seed: 1, version: '0', failOn: 'new', noise: 1 },
        ...{ strict: false, writeTracker: true, trackerNamed: false, formats: [], secrets: [], signal },
        now: () => new Date('2026-11-25T00:00:00Z'),
        ...(shard === undefined ? {} : { shard }),
      });
    } finally {
      await close();
    }
  };
  return {
    ids: async () => Array.from(await library(), ({ id }) => id).sort(),
    full: () => runPart({}, tracker),
    text: () => readFileSync(tracker, 'utf8'),
    /** What a run of a part says beside the tracker as it is: exit code, findings that are not open, rows that come or go. */
    async part(one: Part) {
      const file = join(root, 'part.md');
      await copyFile(tracker, file);
      await copyFile(`${tracker}.state`, `${file}.state`);
      const { exitCode, record } = await runPart(one, file);
      const [before, after] = [tracker, file].map((path) => rowStates(readFileSync(path, 'utf8')));
      const { findings = [] } = record.footer ?? {};
      return {
        exitCode,
        others: findings
          .filter(({ state }) => state !== 'open')
          .map((found) => `${found.id} ${found.class} ${found.state}`),
        rows: after!.filter((row) => !before!.includes(row)),
      };
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}

const nothing = { exitCode: 0, others: [], rows: [] };

function rowStates(text: string): string[] {
  return text.split('\n').flatMap((line) => /^\| (P-\w+ \| \S+)/.exec(line)?.[1] ?? []);
}

/** Numbers from 0 to below 1, the same in each run of the tests. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const twins: Subject = {
  name: 'the embedded twins',
  async start() {
    const [rust, go] = await Promise.all([startTwin('rust'), startTwin('go')]);
    return { urls: [rust.url, go.url], close: async () => void (await Promise.all([rust.close(), go.close()])) };
  },
  cases: () => ['validate', 'storage/keys.yaml', 'storage/routing.yaml'].map((path) => join(home, 'cases', path)),
};

const instant = () => new Date(Date.UTC(2026, 0, 1) + Math.floor(Math.random() * 1e10)).toISOString();

/** What the two services answer, by the first segment of the path and the number behind it. */
const answers: Readonly<Record<string, (at: number) => readonly [reference: unknown, candidate: unknown]>> = {
  // One answer alone has one member and may be a key that was renamed; three of them are a change of casing.
  users: (at) => {
    const members = ['user_id', 'full_name', 'last_seen_at']
      .slice(0, 1 + (at % 3))
      .map((key) => [key, `v${at}`] as const);
    const camel = (key: string) => key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    return [Object.fromEntries(members), Object.fromEntries(members.map(([key, value]) => [camel(key), value]))];
  },
  // Lists of one item, and one answer without any.
  args: (at) =>
    at === 4 ? [{ args: { q: 'x' } }, { args: {} }] : [{ args: { q: `x${at}` } }, { args: { q: [`x${at}`] } }],
  // An envelope around an error, which alone looks like a member with another name.
  errors: (at) => {
    const words = `no such thing: ${'abcdef'[at]}`;
    return [{ message: words }, at % 2 === 0 ? { error: { message: words } } : { error: words }];
  },
  // Enums whose casing shows where a word has more than one letter.
  states: (at) =>
    (['A', 'OPEN', 'SHUT', 'B'] as const).map((word) => word)[at % 4]!.length > 1
      ? [{ state: ['A', 'OPEN', 'SHUT', 'B'][at % 4] }, { state: ['a', 'open', 'shut', 'b'][at % 4] }]
      : [{ state: ['A', 'OPEN', 'SHUT', 'B'][at % 4] }, { state: { code: at } }],
  // Times that are other ones in each answer, of which some end in zeros.
  times: () => {
    const [a, b] = [instant(), instant()];
    return [
      { created_at: Math.random() < 0.5 ? a : a.replace(/\d{3}Z$/, '000Z') },
      { created_at: b.replace(/\.\d+Z$/, 'Z') },
    ];
  },
};

const small: Subject = {
  name: 'two small services',
  async start() {
    const sides: Service[] = [];
    for (const side of [0, 1] as const)
      sides.push(
        await started(({ path }) => {
          const [, name = '', at = ''] = path.split('/');
          const answer = answers[name]!('abcdefgh'.indexOf(at))[side];
          return [name === 'errors' ? 404 : 200, JSON.stringify(answer)];
        }),
      );
    const [a, b] = sides as [Service, Service];
    return {
      urls: [a.url, b.url],
      close: async () => {
        for (const one of sides) one.close();
      },
    };
  },
  async cases(root) {
    const paths = Object.keys(answers).flatMap((name) => ['a', 'b', 'c', 'd', 'e', 'f'].map((at) => `${name}/${at}`));
    const lines = paths.map((path) => {
      const method = path.startsWith('times') ? 'POST' : 'GET';
      return `  - { id: ${path.replace('/', '-')}, request: { method: ${method}, path: /${path} } }`;
    });
    const routes = Object.keys(answers).map((name) => `"/${name}/{id}"`);
    await writeFile(
      join(root, 'small.yaml'),
      `suite: s\nroutes: [${routes.join(', ')}]\ncases:\n${lines.join('\n')}\n`,
    );
    return [join(root, 'small.yaml')];
  },
};

const isNoSubset = (ids: readonly string[], all: readonly string[]) => ids.length === 0 || ids.length === all.length;

describe.each([twins, small])('A tracker of $name', (one) => {
  let pair: Awaited<ReturnType<typeof subject>>;
  beforeAll(async () => {
    pair = await subject(one);
    for (let more = true; more; ) {
      const before = (await pair.full()).record.footer?.tracker?.added ?? [];
      more = before.length > 0;
    }
  }, 120_000);
  afterAll(() => pair.close());

  it('knows each finding of every selection of cases', { timeout: 300_000 }, async () => {
    const [ids, random] = [await pair.ids(), randomFrom(7)];
    for (let at = 0; at < selections; at += 1) {
      const share = at % 3 === 0 ? 1.5 / ids.length : random();
      const selectors = ids.filter(() => random() < share);
      if (isNoSubset(selectors, ids)) continue;
      expect([selectors, await pair.part({ selectors })]).toEqual([selectors, nothing]);
    }
  });

  it('is the same after five more runs of all cases', { timeout: 300_000 }, async () => {
    const before = pair.text();
    for (let at = 0; at < 5; at += 1) {
      await pair.full();
      expect(pair.text()).toBe(before);
    }
  });

  it('knows each finding of every shard', { timeout: 300_000 }, async () => {
    for (let total = 2; total <= shards; total += 1)
      for (let index = 1; index <= total; index += 1) {
        const came = await pair.part({ shard: { index, total } }).catch(orEmpty);
        expect([`${index}/${total}`, came]).toEqual([`${index}/${total}`, nothing]);
      }
  });
});

/** A shard into which no case falls sends nothing. */
function orEmpty(error: unknown): typeof nothing {
  if (error instanceof ParityError && error.code === 'PX3101') return nothing;
  throw error;
}

describe('A run of one case, beside a tracker that knows the divergence of its route', () => {
  const known = [
    { id: 1, name: 'a', tags: ['x'] },
    { id: 1, name: 'b', tags: ['x'] },
  ] as const;
  it.each<readonly [what: string, path: string, sides: readonly [unknown, unknown]]>([
    ['another place', 'a', [{ ...known[0] }, { ...known[0], id: 2 }]],
    ['a place beside the known one', 'a', [{ ...known[0] }, { ...known[1], id: 2 }]],
    ['another kind of divergence at the known place', 'a', [{ ...known[0] }, { id: 1, tags: ['x'] }]],
    ['another kind of value at the known place', 'a', [{ ...known[0] }, { ...known[0], name: 7 }]],
    ['another class of status', 'a', [{ ...known[0] }, null]],
    ['another route', 'c', [...known]],
  ])('takes %s for new', async (_what, path, sides) => {
    const said: Record<string, readonly [unknown, unknown]> = { a: known, b: known, c: [{}, {}] };
    const pair = await subject({
      name: '',
      async start() {
        const [a, b] = await Promise.all(
          ([0, 1] as const).map((side) =>
            started((asked) => {
              const body = said[asked.path.slice(1)]![side];
              return body === null ? [500, '{}'] : [200, JSON.stringify(body)];
            }),
          ),
        );
        return { urls: [a!.url, b!.url], close: async () => void [a!, b!].map((one) => one.close()) };
      },
      async cases(root) {
        const lines = ['a', 'b', 'c'].map((at) => `  - { id: ${at}, request: { path: /${at} } }`);
        await writeFile(join(root, 'c.yaml'), `suite: s\ncases:\n${lines.join('\n')}\n`);
        return [join(root, 'c.yaml')];
      },
    });
    onTestFinished(pair.close);
    await pair.full();
    expect(await pair.part({ selectors: ['s/a', 's/b'] })).toEqual(nothing);
    said[path] = sides;
    const came = await pair.part({ selectors: [`s/${path}`] });
    expect([came.exitCode, came.others.length]).toEqual([1, 1]);
  });
});
