import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Asked, started } from './service.ts';

/** What a server answers to a request, by how often it was asked that. */
type Answer = (n: number) => unknown;

const times = (asked: readonly Asked[], path: string) => asked.filter((one) => one.path === path).length;
const answering = (answer: Answer) => started(({ path }, all) => [200, JSON.stringify(answer(times(all, path) - 1))]);

async function compare(
  [a, b]: readonly [Answer, Answer],
  paths: readonly string[] = ['/x'],
  { args = [], method = 'GET' }: { readonly args?: readonly string[]; readonly method?: string } = {},
) {
  const cases = paths.map((path, n) => ({ id: `x${n}`, safe: true, request: { method, path } }));
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases }) });
  const [one, two] = [await answering(a), await answering(b)];
  const targets = ['--target', `a=${one.url}`, '--target', `b=${two.url}`];
  const { exitCode, stderr } = await parity(['run', ...targets, '--concurrency', '1', ...args], { cwd });
  one.close();
  two.close();
  const { findings, notes } = newestReport(cwd);
  const shared = notes.filter((note: string) => note.includes('share their state'));
  expect(stderr).toBe('');
  return { exitCode, findings, shared, asked: [one, two].map(({ asked }) => paths.map((path) => times(asked, path))) };
}

const at = (second: number) => ({ time: new Date(1_790_000_000_000 + second * 1000).toISOString(), n: 1 });
const ticking =
  (...seconds: number[]): Answer =>
  (n) =>
    at(seconds[n] ?? seconds.at(-1)!);
const orders = [
  ['a', 'b', 'c'],
  ['c', 'a', 'b'],
  ['b', 'c', 'a'],
];
const shuffling =
  (...picks: number[]): Answer =>
  (n) =>
    orders[picks[n] ?? picks.at(-1)!];

/** Items with a pair each, turned round by so much with every answer. */
const pairs =
  (start: number, ...turns: number[]): Answer =>
  (n) =>
    [1, ...turns].map((by, id) => {
      const live = ((n + start) * by) % 2 === 0;
      return { id, tags: live ? ['a', 'b'] : ['b', 'a'], live };
    });

it.concurrent.each<readonly [string, Answer, Answer, number]>([
  ['a clock that one side read a second later', ticking(0, 1, 1, 1, 2), ticking(1, 1, 1, 1, 2), 5],
  ['and the other way round', ticking(1, 1, 1, 2), ticking(0, 1, 1, 2), 4],
  ['a clock that stood still in both answers of each', ticking(0, 0, 0, 1), ticking(1, 1, 1, 2), 4],
  ['a set that came in one order twice', shuffling(0, 1, 2), shuffling(2, 2, 1), 3],
  ['a set that came in one order twice on either side', shuffling(0, 0, 1), shuffling(2, 2, 1), 3],
  [
    'two numbers that were the same by chance',
    (n) => ({ s: `x ${n < 2 ? 1 : n} y ${n}` }),
    (n) => ({ s: `x ${n} y ${n + 9}` }),
    6,
  ],
  ['a value that both sides drew again from a few', (n) => ({ by: 'aabc'[n] }), (n) => ({ by: 'ccda'[n] }), 4],
  ['and once more', (n) => ({ cached: n > 4 }), (n) => ({ cached: n < 4 }), 6],
  ['a value that one side drew six times', (n) => ({ by: n < 9 ? 'a' : 'c' }), (n) => ({ by: 'cd'[n % 2] }), 10],
  ['a pair in an item that came in one order, beside one that did not', pairs(0, 0, 1), pairs(1, 1, 1), 2],
  ['and the other way round', pairs(1, 1, 1), pairs(0, 0, 1), 2],
])('what a few answers show by chance is asked again until it falls: %s', async (_, a, b, often) => {
  expect(await compare([a, b])).toEqual({ exitCode: 0, findings: [], shared: [], asked: [[often], [often]] });
});

it.concurrent('what only one side shows in all answers is a finding, and says how many they were', async () => {
  const { exitCode, findings, asked } = await compare([ticking(0), (n) => at(n + 1)]);
  expect([exitCode, asked]).toEqual([1, [[6], [6]]]);
  expect(findings.map(({ class: name, title, verified }) => [name, title, verified])).toEqual([
    ['nondeterministic', 'b gives varying answers, a always the same (6 samples each)', false],
  ]);
});

it.concurrent('a side that varies, and says but a few things, is asked for longer', async () => {
  const { findings, asked } = await compare([() => ({ up: true }), (n) => ({ up: n % 2 === 1 })]);
  expect(asked).toEqual([[14], [14]]);
  expect(findings.map(({ title }) => title)).toEqual(['b gives varying answers, a always the same (14 samples each)']);
  const posted = await compare([() => ({ up: true }), (n) => ({ up: n % 2 === 1 })], ['/x'], { method: 'POST' });
  expect(posted.asked).toEqual([[6], [6]]);
});

it.concurrent.each<readonly [string, Answer, Answer]>([
  ['b sometimes sends it, a never does', () => ({}), (n) => (n % 2 === 0 ? { warn: 1 } : {})],
  ['b sometimes leaves it out, a never does', () => ({ warn: 1 }), (n) => (n % 2 === 0 ? {} : { warn: 1 })],
  ['a sometimes sends it, b never does', (n) => (n % 2 === 0 ? { warn: 1 } : {}), () => ({})],
  ['a sometimes leaves it out, b never does', (n) => (n % 2 === 0 ? {} : { warn: 1 }), () => ({ warn: 1 })],
])('a member that is there at times on one side: %s', async (title, a, b) => {
  const { findings, asked } = await compare([a, b]);
  expect([findings.map((one) => one.title), ...asked]).toEqual([[`${title} (14 samples each)`], [14], [14]]);
});

it.concurrent('what three cases of a route have upheld is not asked again', async () => {
  const paths = ['/x?1', '/x?2', '/x?3', '/x?4', '/y'];
  const { asked } = await compare([ticking(0), (n) => at(n + 1)], paths);
  expect(asked).toEqual([
    [6, 6, 6, 2, 6],
    [6, 6, 6, 2, 6],
  ]);
});

it.concurrent('what is not asked again where three cases have upheld it is a value, too', async () => {
  const paths = ['/x?1', '/x?2', '/x?3', '/x?4', '/y'];
  const { exitCode, asked } = await compare([ticking(0), ticking(900)], paths);
  expect([exitCode, ...asked]).toEqual([1, [6, 6, 6, 2, 6], [6, 6, 6, 2, 6]]);
});

it.concurrent('nothing else is asked more often than before', async () => {
  expect((await compare([ticking(0), ticking(0)])).asked).toEqual([[1], [1]]);
  expect((await compare([() => ({ n: 1 }), () => ({ n: '1' })])).asked).toEqual([[2], [2]]);
  expect((await compare([() => ({ n: 1 }), () => ({ m: 1 })])).asked).toEqual([[2], [2]]);
  expect((await compare([ticking(0), ticking(900)], ['/x'], { method: 'POST' })).asked).toEqual([[2], [2]]);
  expect((await compare([ticking(0), (n) => at(n + 1)], ['/x'], { args: ['--noise', '0'] })).asked).toEqual([[1], [1]]);
  expect((await compare([(n) => at(n), (n) => at(n + 30)])).asked).toEqual([[2], [2]]);
});

it.concurrent('many cases wait at once to be asked again, or for their turn, and Node warns of none', async () => {
  const paths = Array.from({ length: 14 }, (_, n) => `/x${n}`);
  const { asked } = await compare([ticking(0), (n) => at(n + 1)], paths, {
    args: ['--concurrency', '14', '--rate', '400/s'],
  });
  expect(asked).toEqual([paths.map(() => 6), paths.map(() => 6)]);
});
